import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Cannot } from '../runtime/cannot.mjs';
import { withLock } from '../runtime/lock.mjs';
import { lastLines } from '../runtime/npm.mjs';
import { OUT, ROOT } from '../runtime/places.mjs';
import { capture } from '../runtime/processes.mjs';
import { sayWhile } from '../runtime/say.mjs';
import { buildApp } from './build-app.mjs';
import { hashPackageInputs } from './inputs.mjs';

const FOLDER = path.join(OUT, 'package');
const LOCK = path.join(OUT, 'package.lock');
/** Written last, so that an interrupted packaging is never taken for a whole one. */
const STAMP = path.join(FOLDER, 'demarc.json');

/**
 * Makes the package: a folder that runs on a machine without this checkout.
 *
 * @param {{ ifChanged: boolean }} options whether a package of these very sources is enough
 * @param {import('../runtime/electron.mjs').Electron} electron the one that goes in
 * @param {import('../runtime/say.mjs').Say} say
 * @returns {Promise<string>} the packaged program
 */
export async function packageApp({ ifChanged }, electron, say) {
  const inputs = `${hashPackageInputs()} ${electron.version}`;
  if (!(ifChanged && isFresh(inputs))) {
    await buildApp({ ifChanged: true }, say);
    await withLock(LOCK, say, async () => {
      if (ifChanged && isFresh(inputs)) return; // another process made it meanwhile
      await sayWhile(say, 'Packaging the app', () => makePackage(electron));
      writeFileSync(STAMP, JSON.stringify({ inputs }));
    });
  }
  return packagedProgram();
}

/** @param {string} inputs */
function isFresh(inputs) {
  return existsSync(STAMP) && JSON.parse(readFileSync(STAMP, 'utf8')).inputs === inputs;
}

/** Needs no network: Electron is on the disk, and the `dir` target needs no tools. @param {import('../runtime/electron.mjs').Electron} electron */
async function makePackage(electron) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const { status, output } = await capture(
    process.execPath,
    [
      path.join(ROOT, 'node_modules/electron-builder/cli.js'),
      '--dir',
      '--config=electron-builder.yml',
      `--config.electronDist=${electron.dist}`,
      `--config.electronVersion=${electron.version}`,
    ],
    { cwd: ROOT },
  );
  if (status !== 0) {
    throw new Cannot(
      `The app could not be packaged; the last lines of electron-builder:\n${lastLines(output, 20)}`,
    );
  }
}

/** Where electron-builder leaves the program of this machine's kind. */
function packagedProgram() {
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`;
  if (process.platform === 'darwin') return path.join(FOLDER, `mac${arch}/Demarc.app/Contents/MacOS/Demarc`);
  if (process.platform === 'win32') return path.join(FOLDER, `win${arch}-unpacked/Demarc.exe`);
  return path.join(FOLDER, `linux${arch}-unpacked/demarc`);
}
