import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './places.mjs';
import { start } from './processes.mjs';
import { sayWhile } from './say.mjs';

const STALLED_MS = 20_000;
const POLL_MS = 1_000;
const LIMIT_MS = 15 * 60_000;
/** A connection that brings less than this in the time above will not bring an Electron today. */
const LEAST_BYTES = 256 * 1024;

/**
 * Lets the `electron` package fetch its own distribution, as long as bytes keep coming.
 *
 * @param {import('./say.mjs').Say} say
 * @returns {Promise<string | null>} null when it did, else why it could not
 */
export function fetchOwnElectron(say) {
  return sayWhile(
    say,
    'Asking the electron package to fetch its own Electron',
    fetchWithinLimits,
    (failure) => (failure === null ? 'done' : 'no success'),
  );
}

/** @returns {Promise<string | null>} */
function fetchWithinLimits() {
  return new Promise((resolve) => {
    const child = start(process.execPath, [path.join(ROOT, 'node_modules/electron/install.js')], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    /** @type {string | undefined} */
    let stopped;
    const stop = (/** @type {string} */ why) => {
      stopped = why;
      child.kill('SIGKILL');
    };
    const begun = Date.now();
    let movedAt = begun;
    let movedBytes = 0;
    const watch = setInterval(() => {
      const bytes = bytesRead(child.pid);
      if (bytes - movedBytes >= LEAST_BYTES) {
        movedBytes = bytes;
        movedAt = Date.now();
      }
      if (Date.now() - movedAt > STALLED_MS) stop(`nothing came for ${STALLED_MS / 1000} seconds`);
      else if (Date.now() - begun > LIMIT_MS) stop(`it took more than ${LIMIT_MS / 60_000} minutes`);
    }, POLL_MS);
    const end = (/** @type {number | null} */ status) => {
      clearInterval(watch);
      resolve(status === 0 ? null : (stopped ?? reasonIn(errors)));
    };
    child.stderr?.on('data', (chunk) => (errors += chunk));
    child.once('error', (error) => {
      errors += error.message;
      end(null);
    });
    child.once('close', end);
  });
}

/**
 * How much a process has read so far, which for a download is how much came. Only Linux tells; elsewhere
 * every look counts as progress, and the limit on the whole stands alone.
 *
 * @param {number | undefined} pid
 */
function bytesRead(pid) {
  if (process.platform !== 'linux') return Date.now() * LEAST_BYTES;
  try {
    return Number(/^rchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // it has just ended
  }
}

/** One line out of a stack trace. @param {string} errors */
function reasonIn(errors) {
  const code = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOSPC|EACCES)\b/.exec(
    errors,
  );
  if (code) return code[0];
  if (errors.includes('fetch failed')) return 'no connection to where it is kept';
  const first = errors.split('\n').find((line) => line.trim() !== '');
  return (first ?? 'it said nothing').trim();
}
