import fs from 'node:fs';
import path from 'node:path';

/** Writes `content` durably to a new file of mode 0600. False, and nothing changed, when there is one already. */
export function placeNewFile(file: string, content: string): boolean {
  return placeFile(writeTemporary(file, content), file);
}

/** Gives a finished file its name, durably. False, and the file gone, when another has that name already. */
export function placeFile(temporary: string, file: string): boolean {
  try {
    // A link fails when the name is taken; a rename would replace what has it.
    fs.linkSync(temporary, file);
  } catch (thrown) {
    if (errorCode(thrown) === 'EEXIST') return false;
    // A file system without links (exFAT).
    if (fs.existsSync(file)) return false;
    fs.renameSync(temporary, file);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
  syncFolder(path.dirname(file));
  return true;
}

/** Waits until a file's content is on the disk. */
export function syncFile(file: string): void {
  const handle = fs.openSync(file, 'r+');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
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
