import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Cannot } from './cannot.mjs';
import { OUT, RECORDINGS, RESULTS, ROOT } from './places.mjs';
import { capture } from './processes.mjs';

/**
 * @typedef {object} Copy
 * @property {string} root
 * @property {string} dist of Electron
 * @property {string} node the Node program
 * @property {string | null} recordings
 */

/**
 * Does `work` with a copy of the checkout, of Electron and of Node in a folder that a user can read who cannot read
 * the originals (a clone in root's home, say), and brings the tests' results back.
 *
 * @template T
 * @param {import('./electron.mjs').Electron} electron
 * @param {import('./ordinary-user.mjs').User} user
 * @param {import('./say.mjs').Say} say
 * @param {(copy: Copy) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withReadableCopy(electron, user, say, work) {
  say('That user cannot read this checkout: the tests run on a copy of it.');
  const base = mkdtempSync(path.join(tmpdir(), 'demarc-e2e-'));
  try {
    chmodSync(base, 0o755);
    const root = path.join(base, 'checkout');
    await copyCheckout(root, user);
    const dist = path.join(base, 'electron');
    await bring(electron.dist, dist);
    const node = path.join(base, 'node');
    await bring(process.execPath, node);
    const recordings = existsSync(RECORDINGS) ? path.join(base, 'shared') : null;
    if (recordings) await bring(RECORDINGS, recordings);
    try {
      return await work({ root, dist, node, recordings });
    } finally {
      // `/.`: what is in the folder, not the folder
      await capture('cp', ['-r', `${path.join(root, path.relative(ROOT, RESULTS))}/.`, RESULTS]);
    }
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {import('./ordinary-user.mjs').User} user
 */
async function copyCheckout(root, user) {
  mkdirSync(root);
  for (const name of readdirSync(ROOT)) {
    if (name !== '.git' && name !== path.basename(OUT))
      await bring(path.join(ROOT, name), path.join(root, name));
  }
  const out = path.join(root, path.relative(ROOT, OUT));
  mkdirSync(out);
  for (const name of readdirSync(OUT)) {
    if (name !== path.basename(RESULTS)) await bring(path.join(OUT, name), path.join(out, name));
  }
  const results = path.join(out, path.basename(RESULTS));
  mkdirSync(results);
  for (const own of [out, results]) chownSync(own, user.uid, user.gid);
}

/**
 * By hard links where others may read the files and they lie on the same disk, which takes a moment; else by copying.
 *
 * @param {string} from
 * @param {string} to
 */
async function bring(from, to) {
  if (statSync(from).mode & 0o004) {
    const linked = await capture('cp', ['-al', from, to]);
    if (linked.status === 0) return;
    rmSync(to, { recursive: true, force: true });
  }
  const copied = await capture('cp', ['-a', from, to]);
  if (copied.status !== 0) throw new Cannot(`The tests need a copy of ${from}: ${copied.output.trim()}`);
  await capture('chmod', ['-R', 'go+rX', to]);
}
