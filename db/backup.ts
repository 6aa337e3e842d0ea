import fs from 'node:fs';
import path from 'node:path';
import type { Result } from '../main/core/result.ts';
import { fail, ok } from '../main/core/result.ts';
import { Instant } from '../main/core/time.ts';
import type { BackupFile } from './api.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import { saysDamaged } from './errors.ts';
import { placeFile, syncFile } from './files.ts';
import { listIncidents } from './queries/incidents.ts';
import { openDetached, openReadOnly } from './open.ts';
import { verifyStored } from './trail/verify-incident.ts';

/** How many backups of each kind are kept. */
const KEPT = 7;

/** Pages copied between two chances for other work: about 8 MB. */
const PAGES_AT_ONCE = 2000;

const NAME =
  /^demarc-(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z-(daily|before_migration|on_request)\.db$/;

/**
 * Copies the database into `<dataDir>/backups` while it is in use, and verifies the copy before it gets its name. A copy with
 * damage in it is not kept, so that it never pushes out a good one: `unreadable`.
 */
export async function backUp(
  db: WritableDb,
  dataDir: string,
  { at, reason }: { readonly at: Instant; readonly reason: BackupFile['reason'] },
): Promise<Result<BackupFile>> {
  const folder = backupFolder(dataDir);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `demarc-${at.replace(/[:.]/g, '')}-${reason}.db`);
  const partial = `${file}.partial`;
  try {
    fs.rmSync(partial, { force: true });
    fs.closeSync(fs.openSync(partial, 'wx', 0o600));
    await db.backup(partial, { progress: () => PAGES_AT_ONCE });
    const fault = freshCopyFault(partial, reason !== 'before_migration');
    if (fault !== null) return fail('unreadable', `No backup was made: ${fault}`);
    syncFile(partial);
    if (!placeFile(partial, file))
      return fail('conflict', `There is a backup ${path.basename(file)} already.`);
  } finally {
    fs.rmSync(partial, { force: true });
  }
  rotate(dataDir, reason);
  return ok({ file, at, reason, size: fs.statSync(file).size });
}

/** Makes the backup of the day (UTC) of `at`, unless there is one of that day: null then. */
export async function backUpDaily(
  db: WritableDb,
  dataDir: string,
  at: Instant,
): Promise<Result<BackupFile | null>> {
  const day = at.slice(0, 10);
  const made = listBackups(dataDir).some((one) => one.reason === 'daily' && one.at.startsWith(day));
  return made ? ok(null) : backUp(db, dataDir, { at, reason: 'daily' });
}

/** The backups of a data folder, newest first. */
export function listBackups(dataDir: string): BackupFile[] {
  const folder = backupFolder(dataDir);
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .flatMap((name) => {
      const [, day, hours, minutes, seconds, ms, reason] = NAME.exec(name) ?? [];
      if (day === undefined) return [];
      const file = path.join(folder, name);
      const at = Instant.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`);
      return [{ file, at, reason: reason as BackupFile['reason'], size: fs.statSync(file).size }]; // by NAME
    })
    .sort((one, other) => other.at.localeCompare(one.at));
}

/** What is wrong with a backup file, as a sentence; null when SQLite's full check and every trail in it hold. */
export function backupFault(file: string): string | null {
  try {
    return closing(openReadOnly(file), (copy) => integrityFault(copy) ?? trailFault(copy));
  } catch (thrown) {
    if (saysDamaged(thrown)) return `it is damaged (${String(thrown)}).`;
    throw thrown;
  }
}

/** Checks a fresh copy, and makes it one plain file that also opens on read-only media. */
function freshCopyFault(file: string, withTrails: boolean): string | null {
  return closing(
    openDetached(file),
    (copy) => integrityFault(copy) ?? (withTrails ? trailFault(copy) : null),
  );
}

function closing<T>(db: ReadableDb, work: (db: ReadableDb) => T): T {
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function integrityFault(db: ReadableDb): string | null {
  const answer = String(db.pragma('integrity_check(1)', { simple: true }));
  return answer === 'ok' ? null : `the database is damaged (${answer.replaceAll('\n', ' ')}).`;
}

function trailFault(db: ReadableDb): string | null {
  const broken = listIncidents(db).find(({ id }) =>
    verifyStored(db, id).some(({ state }) => state === 'altered'),
  );
  return broken === undefined ? null : `the trail of DM-${broken.number} does not hold.`;
}

function rotate(dataDir: string, reason: BackupFile['reason']): void {
  const ofKind = listBackups(dataDir).filter((one) => one.reason === reason);
  for (const old of ofKind.slice(KEPT)) fs.rmSync(old.file, { force: true });
}

function backupFolder(dataDir: string): string {
  return path.join(dataDir, 'backups');
}
