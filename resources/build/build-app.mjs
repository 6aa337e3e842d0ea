import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Cannot } from '../runtime/cannot.mjs';
import { withLock } from '../runtime/lock.mjs';
import { OUT } from '../runtime/places.mjs';
import { sayWhile } from '../runtime/say.mjs';
import { hashBuildInputs } from './inputs.mjs';

const LOCK = path.join(OUT, 'build.lock');
/** Written last, so that an interrupted build is never taken for a whole one. */
const STAMP = path.join(OUT, 'build.json');

/**
 * Builds the app into `.out`.
 *
 * @param {{ ifChanged: boolean }} options whether a build of these very sources is enough
 * @param {import('../runtime/say.mjs').Say} say
 */
export async function buildApp({ ifChanged }, say) {
  if (ifChanged && isFresh()) return;
  await withLock(LOCK, say, async () => {
    if (ifChanged && isFresh()) return; // another process built it meanwhile
    await sayWhile(say, 'Building the app', buildAll);
  });
}

/** Whether `.out` was built from the sources as they are now. */
function isFresh() {
  if (!existsSync(STAMP)) return false;
  return JSON.parse(readFileSync(STAMP, 'utf8')).inputs === hashBuildInputs();
}

async function buildAll() {
  const inputs = hashBuildInputs();
  rmSync(STAMP, { force: true });
  // the compiler takes a third of a second to load, which a start without changes need not wait for
  const { buildWindow, buildPreload, buildNodePrograms } = await import('./compile.mjs');
  try {
    await buildWindow();
    await buildPreload();
    await buildNodePrograms();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Cannot(`The app could not be built: ${message.split('\nStack backtrace')[0]}`);
  }
  mkdirSync(OUT, { recursive: true });
  writeFileSync(STAMP, JSON.stringify({ inputs }));
}
