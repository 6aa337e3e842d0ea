import fs from 'node:fs';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ReadableDb } from '../../db/database.ts';
import { createInProcessClient } from '../../db/in-process.ts';
import { migrate, newestVersion } from '../../db/migrate.ts';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import { openDatabase, openDetached, openReadOnly } from '../../db/open.ts';
import { databaseFile, openStore } from '../../db/store.ts';
import { appendNotes, minute, temporaryFolder, value } from '../support/database.ts';

const NEWEST = newestVersion(MIGRATIONS);

function pragmas(db: ReadableDb) {
  const names = ['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema', 'cell_size_check'];
  return Object.fromEntries(names.map((name) => [name, db.pragma(name, { simple: true })]));
}

const SAFE = { synchronous: 2, foreign_keys: 1, trusted_schema: 0, cell_size_check: 1 };

/** A data folder with a few entries in it, closed. `logged`: the last entries are only in the write-ahead log. */
async function dataFolder({ logged = false } = {}): Promise<string> {
  const dataDir = temporaryFolder();
  const client = createInProcessClient({ dataDir });
  await appendNotes(client, 40);
  if (logged) {
    const copy = temporaryFolder();
    for (const name of ['demarc.db', 'demarc.db-wal'])
      fs.copyFileSync(path.join(dataDir, name), path.join(copy, name));
    await client.close();
    return copy;
  }
  await client.close();
  return dataDir;
}

/** SHA-256 of the database and its log, whichever are there. */
function fingerprints(dataDir: string) {
  return Object.fromEntries(
    ['demarc.db', 'demarc.db-wal']
      .map((name) => path.join(dataDir, name))
      .filter((file) => fs.existsSync(file) && fs.statSync(file).size > 0)
      .map((file) => [path.basename(file), createHash('sha256').update(fs.readFileSync(file)).digest('hex')]),
  );
}

test('every connection is as it must be, on a fresh database and on one opened again', async () => {
  const dataDir = temporaryFolder();
  const file = databaseFile(dataDir);
  for (const created of [true, false, false]) {
    const store = value(await openStore(dataDir, { now: minute(0) }));
    expect(store.created).toBe(created);
    store.db
      .prepare(`INSERT INTO setting VALUES ('k', '1') ON CONFLICT DO UPDATE SET value = value + 1`)
      .run();
    expect(pragmas(store.db)).toEqual({ ...SAFE, journal_mode: 'wal' });
    store.db.close();
  }
  const again = value(openDatabase(file, NEWEST));
  expect(pragmas(again)).toEqual({ ...SAFE, journal_mode: 'wal' });
  const reader = openReadOnly(file);
  expect(pragmas(reader)).toMatchObject({ foreign_keys: 1, trusted_schema: 0, cell_size_check: 1 });
  expect(() => reader.exec('DELETE FROM setting')).toThrow(/readonly/);
  reader.close();
  again.close();
  const copy = path.join(dataDir, 'copy.db');
  fs.copyFileSync(file, copy);
  const detached = openDetached(copy);
  expect(pragmas(detached)).toEqual({ ...SAFE, journal_mode: 'delete' });
  detached.close();
});

test('only one file makes connections', () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const makers = ['db', 'main', 'preload', 'renderer', 'test/support'].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => path.join(folder, name))
      .filter((name) => fs.readFileSync(path.join(root, name), 'utf8').includes('new Database(')),
  );
  expect(makers).toEqual([path.join('db', 'open.ts')]);
});

test('database, log, key and backups are for the owner alone, whatever the umask', async () => {
  const before = process.umask(0);
  try {
    const dataDir = path.join(temporaryFolder(), 'data');
    const client = createInProcessClient({ dataDir });
    await appendNotes(client, 1);
    value(await client.call('backUpDaily', { at: minute(0) }));
    const modes = fs
      .readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
      .map((name) => [name, fs.statSync(path.join(dataDir, name)).mode & 0o777] as const);
    await client.close();
    expect(Object.fromEntries(modes)).toEqual({
      'demarc.db': 0o600,
      'demarc.db-wal': 0o600,
      'demarc.db-shm': 0o600,
      'trail-heads.json': 0o600,
      keys: 0o700,
      [path.join('keys', 'writer.pem')]: 0o600,
      backups: 0o700,
      [path.join('backups', 'demarc-2025-06-12T180000000Z-daily.db')]: 0o600,
    });
    expect(fs.statSync(dataDir).mode & 0o777).toBe(0o700);
  } finally {
    process.umask(before);
  }
});

function overwrite(file: string, position: number, bytes: Uint8Array): void {
  const handle = fs.openSync(file, 'r+');
  fs.writeSync(handle, bytes, 0, bytes.length, position);
  fs.closeSync(handle);
}

const garbage = (length: number) => Buffer.alloc(length, 0xa5);

/** Twelve ways in which a database file can be wrong, and what opening says. */
const DAMAGE: readonly [what: string, harm: (file: string) => void, kind: string, code: string][] = [
  ['zero bytes', (file) => fs.truncateSync(file), 'empty', 'unreadable'],
  [
    'a text file',
    (file) => fs.writeFileSync(file, 'not a database\n'.repeat(500)),
    'not_a_database',
    'unreadable',
  ],
  [
    'a web page',
    (file) => fs.writeFileSync(file, '<!doctype html><title>Sign in</title>'),
    'not_a_database',
    'unreadable',
  ],
  ['its first 50 bytes', (file) => fs.truncateSync(file, 50), 'not_a_database', 'unreadable'],
  ['its first page only', (file) => fs.truncateSync(file, 4096), 'damaged', 'unreadable'],
  [
    'all but its last page',
    (file) => fs.truncateSync(file, fs.statSync(file).size - 4096),
    'damaged',
    'unreadable',
  ],
  ['another magic', (file) => overwrite(file, 0, garbage(16)), 'not_a_database', 'unreadable'],
  ['another program', (file) => overwrite(file, 68, Buffer.from([1, 2, 3, 4])), 'not_ours', 'unreadable'],
  ['no schema', (file) => overwrite(file, 60, Buffer.alloc(4)), 'not_ours', 'unreadable'],
  [
    'a newer schema',
    (file) => overwrite(file, 60, Buffer.from([0, 0, 0xff, 0])),
    'newer_schema',
    'newer_schema',
  ],
  ['a broken schema page', (file) => overwrite(file, 100, garbage(3000)), 'damaged', 'unreadable'],
  [
    'broken table pages',
    (file) => overwrite(file, 4096, garbage(fs.statSync(file).size - 4096)),
    'damaged',
    'unreadable',
  ],
];

test.each(DAMAGE)('a file that is %s is not opened, and left as it is', async (_what, harm, kind, code) => {
  const dataDir = await dataFolder();
  harm(databaseFile(dataDir));
  const before = fingerprints(dataDir);
  const opened = await openStore(dataDir, { now: minute(0) });
  expect(opened).toMatchObject({ ok: false, error: { kind, code } });
  expect(fingerprints(dataDir)).toEqual(before);
});

test('a log without its database is not taken for a new beginning', async () => {
  const dataDir = await dataFolder({ logged: true });
  fs.rmSync(databaseFile(dataDir));
  const before = fingerprints(dataDir);
  const opened = await openStore(dataDir, { now: minute(0) });
  expect(opened).toMatchObject({ ok: false, error: { kind: 'damaged' } });
  expect(fingerprints(dataDir)).toEqual(before);
});

test('a newer schema that is only in the log yet is seen, and both files left as they are', async () => {
  const dataDir = await dataFolder();
  const newer = [...MIGRATIONS, { version: NEWEST + 10, statements: ['CREATE TABLE later (x TEXT) STRICT'] }];
  const store = value(await openStore(dataDir, { now: minute(0) }));
  // A reader keeps the log from being written back, as does a crash at that moment.
  const reader = openReadOnly(databaseFile(dataDir));
  reader.exec('BEGIN; SELECT count(*) FROM entry');
  store.db.pragma('busy_timeout = 0');
  migrate(store.db, newer);
  const copy = temporaryFolder();
  for (const name of ['demarc.db', 'demarc.db-wal'])
    fs.copyFileSync(path.join(dataDir, name), path.join(copy, name));
  reader.close();
  store.db.close();
  const before = fingerprints(copy);
  expect(Object.keys(before)).toEqual(['demarc.db', 'demarc.db-wal']);
  expect(await openStore(copy, { now: minute(0) })).toMatchObject({ error: { kind: 'newer_schema' } });
  expect(fingerprints(copy)).toEqual(before);
});

test('entries that are only in the log yet are there after a crash', async () => {
  const dataDir = await dataFolder({ logged: true });
  const store = value(await openStore(dataDir, { now: minute(0) }));
  expect(store.db.prepare('SELECT count(*) AS entries FROM entry').get()).toEqual({ entries: 40 });
  store.db.close();
});

test('every call on a database that did not open answers with the same reason', async () => {
  const dataDir = await dataFolder();
  fs.truncateSync(databaseFile(dataDir));
  const client = createInProcessClient({ dataDir });
  const opened = await client.opened;
  const message = opened.ok ? '' : opened.error.message;
  expect(message).toContain('empty (0 bytes)');
  expect(await client.call('listIncidents', {})).toEqual({
    ok: false,
    error: { code: 'unreadable', message },
  });
  await client.close();
});

test('a data folder or a key that is none is told, and left as it is', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'file');
  fs.writeFileSync(file, 'x');
  expect(await openStore(file, { now: minute(0) })).toMatchObject({ error: { kind: 'unavailable' } });

  const dataDir = await dataFolder();
  const key = path.join(dataDir, 'keys', 'writer.pem');
  fs.writeFileSync(key, 'not a key');
  expect(await openStore(dataDir, { now: minute(0) })).toMatchObject({
    error: { kind: 'unavailable', message: expect.stringContaining(key) as string },
  });
  expect(fs.readFileSync(key, 'utf8')).toBe('not a key');
});
