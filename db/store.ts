import fs from 'node:fs';
import path from 'node:path';
import type { Result } from '../main/core/result.ts';
import { err, ok } from '../main/core/result.ts';
import type { Instant } from '../main/core/time.ts';
import { backUp, listBackups } from './backup.ts';
import type { WritableDb } from './database.ts';
import { inspectFile } from './inspect-file.ts';
import type { Migration } from './migrations/migration.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { createDatabase, migrate, newestVersion, schemaVersion } from './migrate.ts';
import type { OpenFailure } from './open-result.ts';
import { failToOpen } from './open-result.ts';
import { openDatabase, openFailureOf } from './open.ts';
import { discardUnfinishedImports } from './queries/evidence-files.ts';
import { putWriter } from './queries/writers.ts';
import type { HighWaterMarks } from './trail/heads.ts';
import { highWaterMarks } from './trail/heads.ts';
import type { Writer } from './trail/keys.ts';
import { loadWriter } from './trail/keys.ts';

/** A data folder that is open: its database, and who writes to it. */
export interface Store {
  readonly db: WritableDb;
  readonly dataDir: string;
  readonly file: string;
  readonly writer: Writer;
  readonly marks: HighWaterMarks;
  /** True when there was no database before. */
  readonly created: boolean;
}

/** Writes what is still to be written, and closes. */
export function closeStore({ db, marks }: Store): void {
  marks.flush();
  db.close();
}

/** Where the database of a data folder is. */
export function databaseFile(dataDir: string): string {
  return path.join(dataDir, 'demarc.db');
}

/**
 * Opens the database of a data folder, making folder, database and key where there are none, and bringing an older schema up
 * to date after a verified backup. On failure the database file is as it was.
 */
export async function openStore(
  dataDir: string,
  { now, migrations = MIGRATIONS }: { readonly now: Instant; readonly migrations?: readonly Migration[] },
): Promise<Result<Store, OpenFailure>> {
  const file = databaseFile(dataDir);
  try {
    const missing = inspectFile(file).kind === 'missing';
    if (missing && hasRemains(dataDir)) return err(goneFailure(file));
    const created = missing && createDatabase(file, migrations);
    const opened = openDatabase(file, newestVersion(migrations));
    if (!opened.ok) return opened;
    return await prepared({ db: opened.value, dataDir, file, created }, now, migrations);
  } catch (thrown) {
    return err(openFailureOf(thrown, file));
  }
}

async function prepared(
  base: Omit<Store, 'writer' | 'marks'>,
  now: Instant,
  migrations: readonly Migration[],
): Promise<Result<Store, OpenFailure>> {
  const { db, dataDir, file } = base;
  try {
    if (schemaVersion(db) < newestVersion(migrations)) {
      const backup = await backUp(db, dataDir, { at: now, reason: 'before_migration' });
      if (!backup.ok) {
        db.close();
        return err(failToOpen('damaged', file, `${backup.error.message} The database was not changed.`));
      }
      migrate(db, migrations);
    }
    discardUnfinishedImports(db);
    const writer = loadWriter(dataDir);
    if (!writer.ok) {
      db.close();
      return err(failToOpen('unavailable', file, writer.error.message));
    }
    putWriter(db, writer.value);
    return ok({ ...base, writer: writer.value, marks: highWaterMarks(dataDir) });
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/** Whether something beside the missing database shows that there was one: making an empty one would hide the loss. */
function hasRemains(dataDir: string): boolean {
  if (!fs.existsSync(dataDir)) return false;
  const aside = fs.readdirSync(dataDir).some((name) => name.startsWith('demarc.db.aside-'));
  return aside || listBackups(dataDir).length > 0;
}

function goneFailure(file: string): OpenFailure {
  const message =
    'The database is not where it was, but its backups are. Put the file back, restore a backup, or start anew.';
  return failToOpen('empty', file, message);
}
