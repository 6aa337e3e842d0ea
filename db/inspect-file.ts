import fs from 'node:fs';

/** "DMRC" as a 32-bit number: what says that a SQLite file is Demarc's (https://www.sqlite.org/fileformat2.html, offset 68). */
export const APPLICATION_ID = 0x444d5243;

export type FileInspection =
  | { readonly kind: 'missing' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not_a_database' }
  /** Shorter than its own header says, or a log without its database. */
  | { readonly kind: 'cut_off'; readonly reason: string }
  | { readonly kind: 'database'; readonly applicationId: number; readonly schemaVersion: number };

const HEADER_BYTES = 100;
const MAGIC = 'SQLite format 3\0';

/**
 * Looks at a database file without SQLite and without changing a byte: what it is, whose, and of which schema. What stands in the
 * write-ahead log counts, as it would when opened.
 */
export function inspectFile(file: string): FileInspection {
  const log = `${file}-wal`;
  const logBytes = sizeOf(log) ?? 0;
  const size = sizeOf(file);
  if (size === null && logBytes > 0) {
    return { kind: 'cut_off', reason: 'The database file is missing, but its write-ahead log is there.' };
  }
  if (size === null) return { kind: 'missing' };
  if (size === 0) return { kind: 'empty' };
  const main = readStart(file, HEADER_BYTES);
  if (main.length < HEADER_BYTES || main.toString('latin1', 0, 16) !== MAGIC)
    return { kind: 'not_a_database' };
  const pages = main.readUInt32BE(28);
  const pageBytes = pageSize(main);
  if (logBytes === 0 && pages * pageBytes > size) {
    const reason = `The file ends after ${size} bytes; its header says ${pages * pageBytes}.`;
    return { kind: 'cut_off', reason };
  }
  const header = (logBytes > 0 && firstPageInLog(log, pageBytes)) || main;
  return { kind: 'database', applicationId: header.readUInt32BE(68), schemaVersion: header.readUInt32BE(60) };
}

function sizeOf(file: string): number | null {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? null;
}

/** https://www.sqlite.org/fileformat2.html, offset 16: the value 1 stands for 65536. */
function pageSize(header: Buffer): number {
  const stated = header.readUInt16BE(16);
  return stated === 1 ? 65_536 : stated;
}

function readStart(file: string, bytes: number): Buffer {
  const handle = fs.openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(bytes);
    return buffer.subarray(0, fs.readSync(handle, buffer, 0, bytes, 0));
  } finally {
    fs.closeSync(handle);
  }
}

const LOG_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/**
 * The newest committed first page in a write-ahead log, or null. Frames belong to the log's present run when their salt
 * is the header's; those after the last commit do not count (https://www.sqlite.org/fileformat2.html#walformat).
 */
function firstPageInLog(log: string, pageBytes: number): Buffer | null {
  const handle = fs.openSync(log, 'r');
  try {
    const header = readAt(handle, 0, LOG_HEADER_BYTES);
    if (header.length < LOG_HEADER_BYTES) return null;
    const salt = header.subarray(16, 24);
    let pending: number | null = null;
    let committed: number | null = null;
    for (let at = LOG_HEADER_BYTES; ; at += FRAME_HEADER_BYTES + pageBytes) {
      const frame = readAt(handle, at, FRAME_HEADER_BYTES);
      if (frame.length < FRAME_HEADER_BYTES || !frame.subarray(8, 16).equals(salt)) break;
      if (frame.readUInt32BE(0) === 1) pending = at + FRAME_HEADER_BYTES;
      if (frame.readUInt32BE(4) !== 0) committed = pending;
    }
    const page = committed === null ? null : readAt(handle, committed, HEADER_BYTES);
    return page?.length === HEADER_BYTES ? page : null;
  } finally {
    fs.closeSync(handle);
  }
}

function readAt(handle: number, position: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  return buffer.subarray(0, fs.readSync(handle, buffer, 0, bytes, position));
}
