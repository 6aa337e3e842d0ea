import fs from 'node:fs';
import path from 'node:path';
import type { Result } from '../main/core/result.ts';
import { err, fail, ok } from '../main/core/result.ts';
import type { Instant } from '../main/core/time.ts';
import type { BackupFile } from './api.ts';
import { backupFault, listBackups } from './backup.ts';
import { storageFailure } from './errors.ts';
import { placeFile, syncFile, syncFolder } from './files.ts';
import { createDatabase } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { databaseFile } from './store.ts';
import { retireWriter } from './trail/keys.ts';

/** A backup with what a full check of it says now: null is sound. */
export interface CheckedBackup extends BackupFile {
  readonly fault: string | null;
}

/** What recovery did: the file now in use, and where the earlier ones lie. Nothing is ever deleted. */
export interface Recovered {
  readonly file: string;
  readonly laidAside: readonly string[];
}

/**
 * The backups that could take the place of a database that does not open, newest first, up to and including the first sound
 * one. Call with the database closed.
 */
export function recoveryChoices(dataDir: string): CheckedBackup[] {
  const choices: CheckedBackup[] = [];
  for (const backup of listBackups(dataDir)) {
    const choice = { ...backup, fault: backupFault(backup.file) };
    choices.push(choice);
    if (choice.fault === null) break;
  }
  return choices;
}

/**
 * Puts a copy of a backup in the place of the database, which is laid aside under another name. The writer's key is laid aside
 * too: entries from now on are a new chain, because the old one may have gone further than the backup knows, and
 * verification says so. Call with the database closed.
 */
export function restoreBackup(
  dataDir: string,
  { backup, now }: { readonly backup: string; readonly now: Instant },
): Result<Recovered> {
  return guarded(() => {
    if (!listBackups(dataDir).some(({ file }) => file === backup)) {
      return fail('not_found', `${backup} is not a backup of this data folder.`);
    }
    const fault = backupFault(backup);
    if (fault !== null) return fail('unreadable', `This backup cannot be used: ${fault}`);
    const file = databaseFile(dataDir);
    const copy = `${file}.restored-${process.pid}`;
    fs.copyFileSync(backup, copy);
    fs.chmodSync(copy, 0o600);
    syncFile(copy);
    retireWriter(dataDir);
    const laidAside = layAside(dataDir, now);
    return placeFile(copy, file) ? ok({ file, laidAside }) : fail('conflict', `${file} is there again.`);
  });
}

/** Lays the database aside and makes an empty one in its place. Call with the database closed. */
export function startAnew(dataDir: string, { now }: { readonly now: Instant }): Result<Recovered> {
  return guarded(() => {
    const laidAside = layAside(dataDir, now);
    const file = databaseFile(dataDir);
    return createDatabase(file, MIGRATIONS)
      ? ok({ file, laidAside })
      : fail('conflict', `${file} is there again.`);
  });
}

/**
 * Renames the database and its log. The database goes first: a log without its database is recognised at the next start,
 * while a database without its log would look whole and lack its last entries.
 */
function layAside(dataDir: string, now: Instant): string[] {
  const file = databaseFile(dataDir);
  const base = `${file}.aside-${now.replace(/[:.]/g, '')}`;
  const moves = ['', '-wal', '-shm'].filter((suffix) => fs.existsSync(`${file}${suffix}`));
  if (moves.some((suffix) => fs.existsSync(`${base}${suffix}`))) throw new Error(`${base} is there already`);
  for (const suffix of moves) fs.renameSync(`${file}${suffix}`, `${base}${suffix}`);
  syncFolder(path.dirname(file));
  return moves.map((suffix) => `${base}${suffix}`);
}

function guarded(work: () => Result<Recovered>): Result<Recovered> {
  try {
    return work();
  } catch (thrown) {
    const failure = storageFailure(thrown);
    if (failure === null) throw thrown;
    return err(failure);
  }
}
