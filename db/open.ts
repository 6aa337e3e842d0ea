import Database from 'better-sqlite3';
import fs from 'node:fs';
import type { Result } from '../main/core/result.ts';
import { err, ok } from '../main/core/result.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import { saysDamaged, storageFailure } from './errors.ts';
import { APPLICATION_ID, inspectFile } from './inspect-file.ts';
import type { OpenFailure } from './open-result.ts';
import { failToOpen } from './open-result.ts';

/*
 * The only file that makes a connection, so that no connection anywhere lacks what is set here.
 *
 * `synchronous` is set after `journal_mode`: better-sqlite3 is built with SQLITE_DEFAULT_WAL_SYNCHRONOUS=1, so a database
 * that is in WAL already comes up as NORMAL, and a committed transaction could be lost with the power
 * (better-sqlite3, docs/compilation.md; https://www.sqlite.org/pragma.html#pragma_synchronous).
 */
const MAC = process.platform === 'darwin';
const FULL = 2;

/** Settings of every connection, in order. Each is read back. */
const COMMON: readonly Setting[] = [
  ['trusted_schema', 0],
  ['cell_size_check', 1],
  ['mmap_size', 0],
  ['foreign_keys', 1],
];

const WRITING: readonly Setting[] = [
  ...COMMON,
  ['synchronous', FULL],
  // Elsewhere fsync reaches the disk; on macOS it only reaches the drive's cache.
  ...(MAC ? [['checkpoint_fullfsync', 1] as const] : []),
  ['journal_size_limit', 16 * 1024 * 1024],
  // Negative: kibibytes. An import writes at the ends of its tables only, so more than the pages of a batch are not needed.
  ['cache_size', -16 * 1024],
];

type Setting = readonly [name: string, value: number];

const BUSY_TIMEOUT_MS = 5000;

/**
 * Opens an existing database for reading and writing. Whatever is wrong with the file is found before anything that writes has it
 * open: it is then as it was, byte for byte. `newest` is the highest schema this version knows.
 */
export function openDatabase(file: string, newest: number): Result<WritableDb, OpenFailure> {
  const fault = fileFault(file, newest) ?? contentFault(file);
  if (fault !== null) return err(fault);
  return guarded(file, () => {
    restrictMode(file);
    const db = connect(file, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    return closingOnError(db, () => {
      const mode = db.pragma('journal_mode = WAL', { simple: true });
      if (mode !== 'wal') throw new Error(`journal_mode is ${String(mode)}, not wal`);
      applySettings(db, WRITING);
      return db as WritableDb; // the brand
    });
  });
}

/** Opens a file that nobody else has open and that is to be one file: a database in the making, a backup. No write-ahead log. */
export function openDetached(file: string): WritableDb {
  const db = connect(file, { timeout: BUSY_TIMEOUT_MS });
  return closingOnError(db, () => {
    const mode = db.pragma('journal_mode = DELETE', { simple: true });
    if (mode !== 'delete') throw new Error(`journal_mode is ${String(mode)}, not delete`);
    applySettings(db, WRITING);
    return db as WritableDb; // the brand
  });
}

/** Opens a database to look at it. It changes nothing in the file, and leaves its write-ahead log where it is. */
export function openReadOnly(file: string): ReadableDb {
  const db = connect(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  return closingOnError(db, () => {
    applySettings(db, COMMON);
    return db as ReadableDb; // the brand
  });
}

function connect(file: string, options: Database.Options): Database.Database {
  return new Database(file, options);
}

function applySettings(db: Database.Database, settings: readonly Setting[]): void {
  for (const [name, value] of settings) {
    db.pragma(`${name} = ${value}`);
    const now = db.pragma(name, { simple: true });
    // Compiled out (mmap_size) reads back as nothing, which is the same as 0.
    if ((now ?? 0) !== value) throw new Error(`${name} is ${String(now)}, not ${value}`);
  }
}

function closingOnError<T>(db: Database.Database, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/** What the bytes of the file tell before SQLite has seen them. */
function fileFault(file: string, newest: number): OpenFailure | null {
  const found = guarded(file, () => inspectFile(file));
  if (!found.ok) return found.error;
  const inspection = found.value;
  switch (inspection.kind) {
    case 'missing':
      return failToOpen('unavailable', file, 'There is no database at this place.');
    case 'empty':
      return failToOpen(
        'empty',
        file,
        'The database file is there but empty (0 bytes). It is left as it is.',
      );
    case 'not_a_database':
      return failToOpen('not_a_database', file, 'The file is not a database. It is left as it is.');
    case 'cut_off':
      return failToOpen(
        'damaged',
        file,
        `The database is damaged. ${inspection.reason} It is left as it is.`,
      );
    case 'database':
      return ownerFault(file, inspection.applicationId, inspection.schemaVersion, newest);
  }
}

function ownerFault(file: string, applicationId: number, schema: number, newest: number): OpenFailure | null {
  if (applicationId !== APPLICATION_ID || schema === 0) {
    return failToOpen('not_ours', file, 'The file is a database of another program. It is left as it is.');
  }
  if (schema <= newest) return null;
  const message =
    `The database was written by a newer Demarc (its schema is ${schema}; this version knows ${newest}). ` +
    'It is left as it is; start the newer version, or choose another data folder.';
  return failToOpen('newer_schema', file, message);
}

/**
 * The tables that a responder cannot do without. Log records and blobs can be gigabytes; they are checked on request
 * and, each by its hash, when read.
 */
const CHECKED = ['writer', 'incident', 'entry', 'evidence_file', 'contact', 'feed', 'setting', 'draft'];

/** What SQLite finds wrong, by a connection that cannot write. */
function contentFault(file: string): OpenFailure | null {
  const checked = guarded(file, () => {
    const db = openReadOnly(file);
    try {
      return CHECKED.map((table) => String(db.pragma(`quick_check(${table})`, { simple: true }))).find(
        (answer) => answer !== 'ok',
      );
    } finally {
      db.close();
    }
  });
  if (!checked.ok) return checked.error;
  if (checked.value === undefined) return null;
  const reason = checked.value.split('\n', 1).join('');
  return failToOpen('damaged', file, `The database is damaged: ${reason}. Its file is left as it is.`);
}

/** Turns what can happen while opening into a failure; anything else is a bug and goes on as one. */
function guarded<T>(file: string, work: () => T): Result<T, OpenFailure> {
  try {
    return ok(work());
  } catch (thrown) {
    return err(openFailureOf(thrown, file));
  }
}

/** The failure to open that a thrown error stands for; throws it again when it is a bug. */
export function openFailureOf(thrown: unknown, file: string): OpenFailure {
  if (saysDamaged(thrown) || isMissingTable(thrown)) {
    return failToOpen(
      'damaged',
      file,
      `The database is damaged: ${String(thrown)}. Its file is left as it is.`,
    );
  }
  const failure = storageFailure(thrown);
  if (failure !== null) {
    const message = failure.message.replace('Not saved', 'The database cannot be opened');
    return failToOpen('unavailable', file, message);
  }
  // The system refused something: a file where a folder should be, a name too long.
  if (thrown instanceof Error && 'syscall' in thrown) {
    return failToOpen('unavailable', file, `The database cannot be opened: ${thrown.message}.`);
  }
  throw thrown;
}

function isMissingTable(thrown: unknown): boolean {
  return (
    thrown instanceof Database.SqliteError &&
    thrown.code === 'SQLITE_ERROR' &&
    /no such table|malformed/.test(thrown.message)
  );
}

/** Owner only; SQLite gives the log and its index the same mode. */
function restrictMode(file: string): void {
  if (process.platform !== 'win32' && (fs.statSync(file).mode & 0o077) !== 0) fs.chmodSync(file, 0o600);
}
