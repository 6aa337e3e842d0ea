import Database from 'better-sqlite3';
import type { AppError } from '../main/core/result.ts';
import { errorCode } from './files.ts';

const FULL = 'Not saved: the disk is full. Nothing was changed; free some space and try again.';
const READ_ONLY = 'Not saved: the data folder cannot be written to. Nothing was changed.';
const BUSY = 'Not saved: another program is holding the database. Nothing was changed; try again.';
const IO = 'Not saved: the disk reported an error. Nothing was changed; check the disk and try again.';
const DAMAGED =
  'The database is damaged and this part of it cannot be read. Its file is left as it is; a backup can be restored.';

/** Beginnings of SQLite's and the system's codes, and what they mean to a person. */
const FAILURES: readonly (readonly [start: string, code: AppError['code'], message: string])[] = [
  ['SQLITE_FULL', 'not_saved', FULL],
  ['ENOSPC', 'not_saved', FULL],
  ['EDQUOT', 'not_saved', FULL],
  // A file-size limit arrives as a failed write (RLIMIT_FSIZE), as does a full disk on some systems.
  ['SQLITE_IOERR_WRITE', 'not_saved', FULL],
  ['EFBIG', 'not_saved', FULL],
  ['SQLITE_IOERR', 'not_saved', IO],
  ['EIO', 'not_saved', IO],
  ['SQLITE_READONLY', 'not_saved', READ_ONLY],
  ['SQLITE_CANTOPEN', 'not_saved', READ_ONLY],
  ['SQLITE_PERM', 'not_saved', READ_ONLY],
  ['EROFS', 'not_saved', READ_ONLY],
  ['EACCES', 'not_saved', READ_ONLY],
  ['EPERM', 'not_saved', READ_ONLY],
  ['SQLITE_BUSY', 'not_saved', BUSY],
  ['SQLITE_CORRUPT', 'unreadable', DAMAGED],
  ['SQLITE_NOTADB', 'unreadable', DAMAGED],
];

/** The failure that a thrown error stands for, or null when it is a bug. */
export function storageFailure(thrown: unknown): AppError | null {
  const code = errorCode(thrown);
  const known = code === undefined ? undefined : FAILURES.find(([start]) => code.startsWith(start));
  if (known === undefined) return null;
  return { code: known[1], message: known[2] };
}

/** Whether SQLite itself says that the file is damaged. */
export function saysDamaged(thrown: unknown): boolean {
  return thrown instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(thrown.code);
}
