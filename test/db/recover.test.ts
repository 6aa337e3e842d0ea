import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { backUp, listBackups } from '../../db/backup.ts';
import { createInProcessClient } from '../../db/in-process.ts';
import { newestVersion } from '../../db/migrate.ts';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import { recoveryChoices, restoreBackup, startAnew } from '../../db/recover.ts';
import { databaseFile, openStore } from '../../db/store.ts';
import type { Instant } from '../../main/core/time.ts';
import {
  INCIDENT,
  appendNotes,
  minute,
  temporaryFolder,
  testClient,
  testStore,
  value,
} from '../support/database.ts';

const DAY = 24 * 60;

/** A folder with six entries, a backup at each given minute, then two more entries. */
async function folderWithBackups(...minutes: number[]): Promise<string> {
  const dataDir = temporaryFolder();
  const client = createInProcessClient({ dataDir });
  await appendNotes(client, 6);
  for (const at of minutes) value(await client.call('backUpDaily', { at: minute(at) }));
  await appendNotes(client, 2, 6);
  await client.close();
  return dataDir;
}

async function verdict(dataDir: string) {
  const client = createInProcessClient({ dataDir });
  const { state, entries } = value(await client.call('verifyIncident', { incidentId: INCIDENT }));
  await client.close();
  return { state, entries };
}

function aside(dataDir: string): string[] {
  return fs.readdirSync(dataDir).filter((name) => name.includes('.aside-'));
}

test('one backup is made a day, verified, and seven are kept', async () => {
  const store = await testStore();
  const times = Array.from({ length: 9 }, (_, day) => minute(day * DAY));
  for (const at of times) {
    expect(value(await backUp(store.db, store.dataDir, { at, reason: 'daily' }))).toMatchObject({ at });
  }
  expect(listBackups(store.dataDir).map(({ at }) => at)).toEqual(times.slice(2).reverse());
  const client = testClient();
  expect(value(await client.call('backUpDaily', { at: minute(0) }))).toMatchObject({ reason: 'daily' });
  expect(value(await client.call('backUpDaily', { at: minute(60) }))).toBeNull();
  expect(value(await client.call('backUpDaily', { at: minute(DAY) }))).toMatchObject({ at: minute(DAY) });
});

test('a backup is one file that also opens where nothing can be written, and holds everything', async () => {
  const dataDir = await folderWithBackups(0);
  const [backup] = recoveryChoices(dataDir);
  expect(backup).toMatchObject({ fault: null, at: minute(0) });
  expect(fs.readFileSync(backup?.file ?? '').subarray(18, 20)).toEqual(Buffer.from([1, 1])); // not WAL: sqlite.org/fileformat2.html
  expect(fs.readdirSync(path.join(dataDir, 'backups'))).toHaveLength(1);
});

test('a trail that does not hold is not backed up, so that good backups stay', async () => {
  const store = await testStore();
  const client = createInProcessClient({ dataDir: store.dataDir });
  await appendNotes(client, 3);
  await client.close();
  store.db.exec(`DROP TRIGGER entry_no_update; UPDATE entry SET actor = 'forger' WHERE seq = 2`);
  const answer = await backUp(store.db, store.dataDir, { at: minute(0), reason: 'daily' });
  expect(answer).toMatchObject({
    error: { code: 'unreadable', message: expect.stringContaining('DM-1') as string },
  });
  expect(listBackups(store.dataDir)).toEqual([]);
  expect(fs.readdirSync(path.join(store.dataDir, 'backups'))).toEqual([]);
});

test('the newest sound backup takes the place of a damaged database, which is laid aside', async () => {
  const dataDir = await folderWithBackups(0, DAY);
  const file = databaseFile(dataDir);
  const damaged = Buffer.alloc(9000, 7);
  fs.writeFileSync(file, damaged);
  const [newest, older] = listBackups(dataDir);
  fs.truncateSync(newest?.file ?? '', 8192);
  const choices = recoveryChoices(dataDir);
  expect(choices.map(({ at, fault }) => [at, fault === null])).toEqual([
    [minute(DAY), false],
    [minute(0), true],
  ]);
  const now = minute(2 * DAY);
  expect(restoreBackup(dataDir, { backup: newest?.file ?? '', now })).toMatchObject({
    error: { code: 'unreadable' },
  });
  expect(restoreBackup(dataDir, { backup: file, now })).toMatchObject({ error: { code: 'not_found' } });
  expect(fs.readFileSync(file)).toEqual(damaged);

  const restored = value(restoreBackup(dataDir, { backup: older?.file ?? '', now }));
  expect(restored.file).toBe(file);
  expect(restored.laidAside.map((name) => fs.readFileSync(name))).toEqual([damaged]);
  expect(fs.existsSync(older?.file ?? '')).toBe(true);
  // The mark outside the database knows of the two entries after the backup, and says so.
  expect(await verdict(dataDir)).toEqual({ state: 'truncated', entries: 6 });
});

test('after a restore, entries go on in a chain of their own', async () => {
  const dataDir = await folderWithBackups(0);
  const backup = listBackups(dataDir)[0]?.file ?? '';
  value(restoreBackup(dataDir, { backup, now: minute(9) }));
  const client = createInProcessClient({ dataDir });
  await appendNotes(client, 1, 6);
  const chains = value(await client.call('verifyIncident', { incidentId: INCIDENT })).chains;
  await client.close();
  expect(chains.map(({ entries, state }) => [entries, state])).toEqual(
    expect.arrayContaining([
      [6, 'truncated'],
      [1, 'valid_no_anchor'],
    ]),
  );
});

test('starting anew lays the damaged database and its log aside and deletes nothing', async () => {
  const dataDir = await folderWithBackups(0);
  const file = databaseFile(dataDir);
  fs.truncateSync(file);
  fs.writeFileSync(`${file}-wal`, 'log');
  value(startAnew(dataDir, { now: minute(0) }));
  const stamp = 'demarc.db.aside-2025-06-12T180000000Z';
  expect(aside(dataDir)).toEqual([stamp, `${stamp}-wal`]);
  const client = createInProcessClient({ dataDir });
  expect(value(await client.call('listIncidents', {}))).toEqual([]);
  expect(value(await client.call('databaseHealth', {})).backups).toHaveLength(1);
  await client.close();
});

test('a database that is gone while its backups are there is not replaced by an empty one', async () => {
  const dataDir = await folderWithBackups(0);
  fs.rmSync(databaseFile(dataDir));
  expect(await openStore(dataDir, { now: minute(0) })).toMatchObject({ ok: false, error: { kind: 'empty' } });
  expect(fs.existsSync(databaseFile(dataDir))).toBe(false);
});

test('health tells where the database is, what it is, and that it is sound', async () => {
  const dataDir = await folderWithBackups(0);
  const client = testClient(dataDir);
  const opened = value(await client.opened);
  const health = value(await client.call('databaseHealth', {}));
  expect({ ...health, backups: health.backups.length }).toEqual({
    file: databaseFile(dataDir),
    sqliteVersion: expect.stringMatching(/^3\./) as string,
    schemaVersion: newestVersion(MIGRATIONS),
    writer: opened.writer,
    size: fs.statSync(databaseFile(dataDir)).size,
    walSize: expect.any(Number) as number,
    faults: [],
    backups: 1,
  });
  const later: Instant = minute(60);
  expect(value(await client.call('backUpDaily', { at: later }))).toBeNull();
});
