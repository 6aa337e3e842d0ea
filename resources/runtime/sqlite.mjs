import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Cannot } from './cannot.mjs';
import { withLock } from './lock.mjs';
import { ROOT, SETUP_LOCK, cacheFolder } from './places.mjs';
import { capture } from './processes.mjs';
import { sayWhile } from './say.mjs';
import { COMPILER_FLAGS, HEADER, buildSqlite } from './sqlite-build.mjs';
import { installBuildTools } from './system-packages.mjs';

/** The prebuilt binary of better-sqlite3 13 needs this Node-API, and crashes the process on an older one. */
const PREBUILD_NODE_API = 10;

const PACKAGE = path.join(ROOT, 'node_modules/better-sqlite3');
/** Where better-sqlite3 looks before it takes its prebuilt binary (its lib/binding.js). */
const BUILT = path.join(PACKAGE, 'build/Release/better_sqlite3.node');
/** Says what the binary above is, so that a copied or half-written one is not taken for ours. */
const STAMP = path.join(PACKAGE, 'build/Release/demarc.json');

/**
 * Sees to it that better-sqlite3 loads where it will be used: by its prebuilt binary, or by one built here for
 * an older Node-API and kept in the cache.
 *
 * @param {readonly number[]} nodeApis the Node-API version of every runtime that will load it
 * @param {import('./say.mjs').Say} say
 */
export async function prepareSqlite(nodeApis, say) {
  if (Math.min(...nodeApis) >= PREBUILD_NODE_API || isPlaced()) return;
  await withLock(SETUP_LOCK, say, async () => {
    if (!isPlaced()) await placeBuilt(say);
  });
}

/** @param {import('./say.mjs').Say} say */
async function placeBuilt(say) {
  const kept = path.join(cacheFolder(), `better-sqlite3-${buildKey()}.node`);
  if (!existsSync(kept)) {
    await installBuildTools(say);
    await sayWhile(say, 'Building better-sqlite3 for this Node-API (about two minutes, once)', () =>
      buildSqlite(PACKAGE, kept),
    );
  }
  await place(kept);
}

/** Whether the binary in place is one that was built and tried here, for this package and these flags. */
function isPlaced() {
  try {
    const stamp = JSON.parse(readFileSync(STAMP, 'utf8'));
    return stamp.key === buildKey() && stamp.sha256 === sha256(readFileSync(BUILT));
  } catch {
    return false;
  }
}

/** Everything that the built binary depends on. */
function buildKey() {
  const { version } = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8'));
  const recipe = sha256(Buffer.concat([readFileSync(HEADER), Buffer.from(COMPILER_FLAGS)])).slice(0, 12);
  return `${version}-napi9-${process.platform}-${process.arch}-${recipe}`;
}

/** Copies beside and renames, then tries it in a process of its own, where a crash harms nobody. @param {string} kept */
async function place(kept) {
  mkdirSync(path.dirname(BUILT), { recursive: true });
  const beside = `${BUILT}.${process.pid}`;
  copyFileSync(kept, beside);
  renameSync(beside, BUILT);
  const query = "new (require('better-sqlite3'))(':memory:').prepare('select sqlite_version()').get()";
  const tried = await capture(process.execPath, ['-e', query], { cwd: ROOT });
  if (tried.status !== 0) {
    rmSync(path.dirname(BUILT), { recursive: true, force: true });
    rmSync(kept, { force: true });
    throw new Cannot(
      `The better-sqlite3 built for this machine does not work and was removed: ${tried.output.trim()}`,
    );
  }
  writeFileSync(STAMP, JSON.stringify({ key: buildKey(), sha256: sha256(readFileSync(BUILT)) }));
}

/** @param {Buffer} bytes */
function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
