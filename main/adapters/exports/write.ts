import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../core/result.ts';

/**
 * Writes a file whole or not at all: into a temporary one beside it (mode 0600), synced, then renamed into its place,
 * and the folder synced. Missing folders are made, open to this user only. A file that stood there is replaced in one step. Fails
 * with `not_saved`; what stood there is untouched then, and nothing else is left behind.
 */
export async function writeFileAtomically(file: string, bytes: Uint8Array): Promise<Result<null>> {
  const folder = path.dirname(file);
  const temporary = path.join(folder, `.demarc-${randomBytes(8).toString('hex')}.tmp`);
  try {
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
    await writeSynced(temporary, bytes);
    await fs.rename(temporary, file);
    await syncFolder(folder);
    return ok(null);
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    return fail('not_saved', `Not saved: ${reasonOf(error)}.`, file);
  }
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await fs.open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // Windows cannot open a folder for syncing, and needs none.
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: "this user's share of the disk is used up",
  EROFS: 'the disk is read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a file stands where the folder should be',
  EISDIR: 'a folder stands in its place',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
