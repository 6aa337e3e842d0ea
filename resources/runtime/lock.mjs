import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 200;
/** A lock without a process id is one that is just being made, or was left by a crash at that very moment. */
const NAMELESS_MS = 5_000;

/**
 * Does `work` while no other process does so for the same folder. A lock left by a dead process is taken over.
 *
 * @template T
 * @param {string} folder the lock, made and removed here
 * @param {import('./say.mjs').Say} say
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, say, work) {
  mkdirSync(path.dirname(folder), { recursive: true });
  let waitedMs = 0;
  while (!take(folder)) {
    const owner = ownerOf(folder);
    if (owner === null ? waitedMs > NAMELESS_MS : !isAlive(owner)) {
      discard(folder);
      continue;
    }
    if (waitedMs === 0) say('Another Demarc command is at the same work here; waiting for it to finish.');
    await wait(POLL_MS);
    waitedMs += POLL_MS;
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function take(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(path.join(folder, 'pid'), String(process.pid));
  return true;
}

/** @param {string} folder */
function ownerOf(folder) {
  try {
    const pid = Number(readFileSync(path.join(folder, 'pid'), 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** Renames before removing, so that of several waiting processes only one takes a dead lock away. @param {string} folder */
function discard(folder) {
  const aside = `${folder}.${process.pid}`;
  try {
    renameSync(folder, aside);
  } catch {
    return; // another process was quicker
  }
  rmSync(aside, { recursive: true, force: true });
}
