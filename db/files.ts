import fs from 'node:fs';
import path from 'node:path';

/** Writes `content` durably to a new file of mode 0600. False, and nothing changed, when there is one already. */
export function placeNewFile(file: string, content: string): boolean {
  const temporary = writeTemporary(file, content);
  try {
    fs.linkSync(temporary, file);
    syncFolder(path.dirname(file));
    return true;
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST') return false;
    throw thrown;
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

/** Replaces a file as a whole (mode 0600): readers see the old content or the new, never a part. */
export function replaceFile(file: string, content: string): void {
  fs.renameSync(writeTemporary(file, content), file);
}

/** Makes a folder's own entries durable: a rename is not, until its folder is synced. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // Windows cannot open a folder for syncing, and needs none.
  const handle = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** The `code` of a Node or SQLite error, such as `ENOENT`. */
export function errorCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

let temporaries = 0;

function writeTemporary(file: string, content: string): string {
  temporaries += 1;
  const temporary = `${file}.${process.pid}-${temporaries}.tmp`;
  const handle = fs.openSync(temporary, 'w', 0o600);
  try {
    fs.writeFileSync(handle, content);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  return temporary;
}
