/**
 * Tells a person what goes on, one line at a time. Where it goes is the command's choice: `demarc`
 * keeps standard output for its answer alone.
 *
 * @typedef {(line: string) => void} Say
 */

/** @type {Say} */
export const sayOnOutput = (line) => void process.stdout.write(`${line}\n`);

/** @type {Say} */
export const sayOnError = (line) => void process.stderr.write(`${line}\n`);

const REMINDER_MS = 15_000;

/**
 * Announces a slow piece of work, reminds every 15 seconds that it still goes on, and says how it ended.
 *
 * @template T
 * @param {Say} say
 * @param {string} what a phrase such as "Fetching Electron"
 * @param {() => Promise<T>} work
 * @param {(result: T) => string} [outcome] the word for its end, where "done" may not be true
 * @returns {Promise<T>} what `work` returns
 */
export async function sayWhile(say, what, work, outcome = () => 'done') {
  const begun = performance.now();
  say(`${what} ...`);
  const reminder = setInterval(() => say(`${what}: still at it after ${seconds(begun)}`), REMINDER_MS);
  try {
    const result = await work();
    say(`${what}: ${outcome(result)} in ${seconds(begun)}`);
    return result;
  } finally {
    clearInterval(reminder);
  }
}

/**
 * The time since `begun` for a person, such as `4.2 s`.
 *
 * @param {number} begun an earlier `performance.now()`
 */
export function seconds(begun) {
  return `${((performance.now() - begun) / 1000).toFixed(1)} s`;
}
