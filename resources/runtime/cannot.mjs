import { endChildrenOnSignals, killChildren } from './processes.mjs';

/** An expected failure of the machine, not of the code: its message is one sentence for a person. */
export class Cannot extends Error {}

/** The exit status for "could not, and here is why". */
const COULD_NOT = 3;

/**
 * Runs a command's body and ends the process with the status it returns. A {@link Cannot} is printed
 * as its one sentence with exit status 3; any other error is a bug and keeps its stack.
 *
 * @param {() => Promise<number>} body
 */
export async function runCommand(body) {
  endChildrenOnSignals();
  try {
    process.exitCode = await body();
  } catch (error) {
    const sentence = error instanceof Cannot ? error.message : diskTrouble(error);
    if (sentence === null) throw error;
    console.error(sentence);
    process.exitCode = COULD_NOT;
  } finally {
    killChildren();
  }
}

/**
 * A sentence for an error of the file system that only a person can put right, else null.
 *
 * @param {unknown} error
 */
function diskTrouble(error) {
  const { code, path: place } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'The disk is full: make room, then run this again.';
  if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') return null;
  return `${place ?? 'A file'} may not be written (${code}): run this as the owner of that place, or set XDG_CACHE_HOME where it is the cache.`;
}
