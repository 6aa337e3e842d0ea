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
    if (!(error instanceof Cannot)) throw error;
    console.error(error.message);
    process.exitCode = COULD_NOT;
  } finally {
    killChildren();
  }
}
