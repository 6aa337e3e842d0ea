import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { isRoot } from './processes.mjs';

/** The checkout's own folder. */
export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Everything that commands make inside the checkout. */
export const OUT = path.join(ROOT, '.out');

/** Where tests leave what a person looks at afterwards. */
export const RESULTS = path.join(OUT, 'test-results');

/** Real recordings beside the checkout, which the tests use where they are there. */
export const RECORDINGS = path.resolve(ROOT, '../shared');

/** The lock for whatever sets up this checkout: one process at a time. */
export const SETUP_LOCK = path.join(OUT, 'setup.lock');

const SCRATCH_LIFE_MS = 24 * 60 * 60 * 1000;

/**
 * The folder where the runtime is kept between clones. Root's home is mostly closed to others, and the
 * end-to-end tests run as an ordinary user: then the machine's own cache is taken.
 */
export function cacheFolder() {
  const configured = process.env['XDG_CACHE_HOME'];
  const own = configured && path.isAbsolute(configured) ? configured : path.join(homedir(), '.cache');
  const open = !isRoot() || configured || isOpenToAll(own);
  return path.join(open ? own : '/var/cache', 'demarc');
}

/** Whether every existing folder on the way can be entered by everybody. @param {string} folder */
function isOpenToAll(folder) {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const stat = statSync(at, { throwIfNoEntry: false });
    if (stat && (stat.mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/**
 * Does `work` in a new folder inside the cache, on the same disk as what will be kept, and removes it afterwards;
 * removes what a killed process left there more than a day ago, too.
 *
 * @template T
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inScratch(work) {
  const parent = path.join(cacheFolder(), 'scratch');
  mkdirSync(parent, { recursive: true, mode: 0o755 });
  for (const name of readdirSync(parent)) {
    const old = path.join(parent, name);
    const stat = statSync(old, { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > SCRATCH_LIFE_MS) rmSync(old, { recursive: true, force: true });
  }
  const folder = mkdtempSync(path.join(parent, 'work-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
