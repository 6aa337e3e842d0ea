import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listBackups } from '../../db/backup.ts';
import { createInProcessClient } from '../../db/in-process.ts';
import { newestVersion, schemaVersion } from '../../db/migrate.ts';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import { runOperation } from '../../db/operations.ts';
import { openReadOnly } from '../../db/open.ts';
import { openStore } from '../../db/store.ts';
import { INCIDENT, appendNotes, minute, temporaryFolder, value } from '../support/database.ts';
import { buildScripts } from '../support/kill-build.ts';
import { upgrade } from '../support/kill-values.ts';

const UPGRADED = [...MIGRATIONS, upgrade];
let scripts: Awaited<ReturnType<typeof buildScripts<'migrate'>>>;

beforeAll(async () => {
  scripts = await buildScripts({ migrate: 'test/support/kill-migrate.ts' });
});
afterAll(() => scripts.remove());

function killedAt(dataDir: string, what: 'create' | 'upgrade', position: number): void {
  const child = spawnSync(process.execPath, [scripts.script('migrate'), dataDir, what, String(position)]);
  expect(child.signal, child.stderr.toString()).toBe('SIGKILL');
}

async function oldFolder(): Promise<string> {
  const dataDir = temporaryFolder();
  const client = createInProcessClient({ dataDir });
  await appendNotes(client, 5);
  value(await client.call('setSetting', { key: 'k', value: 'v' }));
  await client.close();
  return dataDir;
}

test('steps are numbered upwards and make only strict tables', async () => {
  expect(newestVersion(MIGRATIONS)).toBeGreaterThan(0);
  expect(() => newestVersion([upgrade, ...MIGRATIONS])).toThrow(/comes after/);
  const store = value(await openStore(temporaryFolder(), { now: minute(0) }));
  const loose = store.db
    .prepare(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0
       AND name NOT LIKE 'sqlite_%'`,
    )
    .all();
  expect(loose).toEqual([]);
  store.db.close();
});

test('a database killed while it is made is not there yet, and made whole the next time', async () => {
  const count = MIGRATIONS[0]?.statements.length ?? 0;
  for (let position = 0; position < count; position += 4) {
    const dataDir = temporaryFolder();
    killedAt(dataDir, 'create', position);
    const store = value(await openStore(dataDir, { now: minute(0) }));
    expect([store.created, schemaVersion(store.db)]).toEqual([true, newestVersion(MIGRATIONS)]);
    store.db.close();
  }
});

test('an upgrade killed before any of its statements leaves the old schema whole, and succeeds the next time', async () => {
  for (const position of upgrade.statements.keys()) {
    const dataDir = await oldFolder();
    killedAt(dataDir, 'upgrade', position);
    const old = value(await openStore(dataDir, { now: minute(1) }));
    expect(schemaVersion(old.db)).toBe(newestVersion(MIGRATIONS));
    expect(value(await runOperation(old, 'getSetting', { key: 'k' }))).toBe('v');
    old.db.close();

    const upgraded = value(await openStore(dataDir, { now: minute(2), migrations: UPGRADED }));
    expect(schemaVersion(upgraded.db)).toBe(upgrade.version);
    expect(upgraded.db.prepare('SELECT * FROM setting').all()).toEqual([
      { key: 'k', value: '"v"', tried: 1 },
    ]);
    const verdict = value(await runOperation(upgraded, 'verifyIncident', { incidentId: INCIDENT }));
    expect(verdict).toMatchObject({ state: 'valid_no_anchor', entries: 5 });
    upgraded.db.close();
  }
});

test('before an upgrade a backup of the old schema is made, and an older version then refuses the new one', async () => {
  const dataDir = await oldFolder();
  value(await openStore(dataDir, { now: minute(1), migrations: UPGRADED })).db.close();
  const [backup, ...others] = listBackups(dataDir);
  expect(others).toEqual([]);
  expect(backup).toMatchObject({ reason: 'before_migration', at: minute(1) });
  const copy = openReadOnly(backup?.file ?? '');
  expect(copy.pragma('user_version', { simple: true })).toBe(newestVersion(MIGRATIONS));
  expect(copy.prepare('SELECT count(*) AS entries FROM entry').get()).toEqual({ entries: 5 });
  copy.close();
  expect(await openStore(dataDir, { now: minute(2) })).toMatchObject({ error: { kind: 'newer_schema' } });
});

test('without a backup nothing is upgraded', async () => {
  const dataDir = await oldFolder();
  fs.writeFileSync(`${dataDir}/backups`, 'a file where the folder should be');
  const failed = await openStore(dataDir, { now: minute(1), migrations: UPGRADED });
  expect(failed).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  fs.rmSync(`${dataDir}/backups`);
  const store = value(await openStore(dataDir, { now: minute(1) }));
  expect(schemaVersion(store.db)).toBe(newestVersion(MIGRATIONS));
  store.db.close();
});
