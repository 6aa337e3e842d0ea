import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Method } from '../../db/api.ts';
import { newestVersion } from '../../db/migrate.ts';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import type { DbClient } from '../../db/client.ts';
import { createDbClient } from '../../db/client.ts';
import { databaseFile } from '../../db/store.ts';
import { INCIDENT, appendNotes, minute, note, summary, temporaryFolder, value } from '../support/database.ts';
import { buildScripts } from '../support/kill-build.ts';

let scripts: Awaited<ReturnType<typeof buildScripts<'worker'>>>;

beforeAll(async () => {
  scripts = await buildScripts({ worker: 'db/worker.ts' });
});
afterAll(() => scripts.remove());

function threadClient(dataDir = temporaryFolder()): DbClient {
  const client = createDbClient({ workerUrl: pathToFileURL(scripts.script('worker')), dataDir });
  onTestFinished(() => client.close());
  return client;
}

test('calls are answered from the thread in order, bytes and failures included', async () => {
  const client = threadClient();
  expect(value(await client.opened)).toMatchObject({
    created: true,
    schemaVersion: newestVersion(MIGRATIONS),
  });
  await appendNotes(client, 3);
  const bytes = crypto.getRandomValues(new Uint8Array(1000));
  const { sha256 } = value(await client.call('putBlob', { mediaType: 'x/y', bytes }));
  const [entries, blob, conflict] = await Promise.all([
    client.call('readEntries', { incidentId: INCIDENT }),
    client.call('getBlob', { sha256 }),
    client.call('appendEntries', {
      incidentId: INCIDENT,
      expectedCount: 1,
      drafts: [note('late', minute(9))],
      summary: summary(),
    }),
  ]);
  expect(value(entries).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(new Uint8Array(value(blob).bytes)).toEqual(bytes);
  expect(conflict).toMatchObject({ ok: false, error: { code: 'conflict' } });
});

test('what was acknowledged is there for the next client', async () => {
  const dataDir = temporaryFolder();
  const first = threadClient(dataDir);
  await appendNotes(first, 2);
  await first.close();
  await first.close();
  const second = threadClient(dataDir);
  expect(value(await second.opened).created).toBe(false);
  expect(value(await second.call('readEntries', { incidentId: INCIDENT }))).toHaveLength(2);
});

test('a database that does not open is told at once and by every call', async () => {
  const dataDir = temporaryFolder();
  fs.writeFileSync(databaseFile(dataDir), 'not a database');
  const client = threadClient(dataDir);
  expect(await client.opened).toMatchObject({ ok: false, error: { kind: 'not_a_database' } });
  expect(await client.call('listIncidents', {})).toMatchObject({ ok: false, error: { code: 'unreadable' } });
});

test('a bug in a call rejects that call and no other, and calls after closing reject', async () => {
  const client = threadClient();
  const nonsense = client.call('noSuchThing' as Method, {});
  const wrong = client.call('saveDraft', { draft: { text: {} } } as never);
  await expect(nonsense).rejects.toThrow('The database has no operation noSuchThing');
  await expect(wrong).rejects.toThrow();
  expect(value(await client.call('listIncidents', {}))).toEqual([]);
  await client.close();
  await expect(client.call('listIncidents', {})).rejects.toThrow('The database is closed');
});

test('a running backup is finished before the database closes', async () => {
  const client = threadClient();
  await appendNotes(client, 5);
  const backup = client.call('backUpDaily', { at: minute(0) });
  await client.close();
  expect(value(await backup)).toMatchObject({ reason: 'daily' });
});
