import fs from 'node:fs';
import path from 'node:path';
import { ok } from '../main/core/result.ts';
import type { WritableDb } from './database.ts';
import { writeTransaction } from './database.ts';
import { placeFile, syncFile } from './files.ts';
import { APPLICATION_ID } from './inspect-file.ts';
import type { Migration } from './migrations/migration.ts';
import { openDetached } from './open.ts';

/** The highest schema of these migrations. Throws when they are not in rising order: that is a bug. */
export function newestVersion(migrations: readonly Migration[]): number {
  return migrations.reduce((last, { version }) => {
    if (version <= last) throw new Error(`Migration ${version} comes after ${last}`);
    return version;
  }, 0);
}

/** The schema of an open database. */
export function schemaVersion(db: WritableDb): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * Brings the schema up to date in one transaction: afterwards it is the old one or the newest, never one between.
 * Then the log is written back, so that an older Demarc sees the new version in the file itself.
 */
export function migrate(db: WritableDb, migrations: readonly Migration[]): void {
  const newest = newestVersion(migrations);
  writeTransaction(db, () => {
    const from = schemaVersion(db);
    for (const { version, statements, convert } of migrations) {
      if (version <= from) continue;
      statements.forEach((statement) => db.exec(statement));
      convert?.(db);
    }
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${newest}`);
    const broken = db.pragma('foreign_key_check') as unknown[]; // rows, typed unknown
    if (broken.length > 0) throw new Error(`A migration leaves ${broken.length} broken references`);
    return ok(null);
  });
  db.pragma('wal_checkpoint(TRUNCATE)');
}

/**
 * Makes an empty database at `file`, unless one is there. It is built under another name and put in its place when
 * it is whole, so that a process killed here never leaves half a database.
 */
export function createDatabase(file: string, migrations: readonly Migration[]): boolean {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.new-${process.pid}`;
  fs.rmSync(temporary, { force: true });
  fs.closeSync(fs.openSync(temporary, 'wx', 0o600));
  try {
    const db = openDetached(temporary);
    try {
      migrate(db, migrations);
    } finally {
      db.close();
    }
    syncFile(temporary);
    return placeFile(temporary, file);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}
