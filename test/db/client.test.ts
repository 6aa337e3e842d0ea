import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Method } from '../../db/api.ts';
import { newestVersion } from '../../db/migrate.ts';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import type { DbClient } from '../../db/client.ts';
import { createDbClient } from '../../db/client.ts';
import { databaseFile } from '../../db/store.ts';
import type { LogRecord } from '../../main/core/evidence/model.ts';
import { INCIDENT, appendNotes, minute, note, summary, temporaryFolder, value } from '../support/database.ts';
import { TABLES } from '../support/evidence-tables.ts';
import { buildScripts } from '../support/kill-build.ts';
import { storedRecords } from '../support/stored-records.ts';

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

/** Records of so many minutes before the declared onset, several in each, in one finished file. */
async function withLogs(client: DbClient, minutes: number): Promise<void> {
  const records = Array.from({ length: minutes * 20 }, (_, index): LogRecord => ({
    ...{ id: `r${index}`, at: minute(-minutes + index / 20), source: 's3.amazonaws.com', name: 'GetObject' },
    ...{ region: 'eu-west-1', account: '1', principal: `arn:ana-${index % 50}`, actor: 'person' },
    ...{
      sourceIp: `192.0.2.${index % 250}`,
      userAgent: '',
      readOnly: true,
      errorMessage: null,
      resources: [],
    },
    ...{ errorCode: index % 3 === 0 ? 'AccessDenied' : null, flags: [], detail: '' },
  }));
  await storedRecords(client, records, 1);
}

test('what is written does not wait for questions about records, and they see what was written before', async () => {
  const client = threadClient();
  await withLogs(client, 200);
  const around = {
    incidentId: INCIDENT,
    context: { onset: minute(0), services: [], regions: [] },
    window: { before: 24 * 60, after: 60 },
    tables: TABLES,
  };
  const answered: string[] = [];
  const questions = Array.from({ length: 40 }, async () => {
    const seen = value(await client.call('evidenceAround', around));
    answered.push('question');
    return seen;
  });
  // Begun, with many of them still waiting.
  await questions[0];
  await appendNotes(client, 1, 1);
  answered.push('written');
  const all = await Promise.all(questions);
  expect(answered.filter((one) => one === 'question')).toHaveLength(40);
  expect(answered.at(-1)).toBe('question');
  expect(all.every(({ deniedCalls }) => deniedCalls.all === 50)).toBe(true);

  const { records } = value(await client.call('listRecords', { incidentId: INCIDENT, limit: 5 }));
  expect(records).toHaveLength(5);
});

test('questions asked before closing are answered, and no log is left behind', async () => {
  const dataDir = temporaryFolder();
  const client = threadClient(dataDir);
  await withLogs(client, 20);
  const page = { incidentId: INCIDENT, limit: 5 };
  value(await client.call('listRecords', page));
  const asked = [client.call('listRecords', page), client.call('listRecords', page)];
  await client.close();
  for (const one of await Promise.all(asked)) expect(value(one).records).toHaveLength(5);
  await expect(client.call('listRecords', page)).rejects.toThrow('The database is closed');
  expect(fs.existsSync(`${databaseFile(dataDir)}-wal`)).toBe(false);
});

test('questions about records of a database that does not open are answered by why it does not', async () => {
  const dataDir = temporaryFolder();
  fs.writeFileSync(databaseFile(dataDir), 'not a database');
  const client = threadClient(dataDir);
  const asked = await client.call('listRecords', { incidentId: INCIDENT, limit: 5 });
  expect(asked).toMatchObject({ ok: false, error: { code: 'unreadable' } });
});

test('when the thread that answers questions dies, the question rejects and the next one has a thread again', async () => {
  const dataDir = temporaryFolder();
  const seen = path.join(dataDir, 'died');
  const mortal = path.join(dataDir, 'mortal.mjs');
  // The built thread, which ends with the first question it gets.
  fs.writeFileSync(
    mortal,
    `import fs from 'node:fs';
     import { parentPort, workerData } from 'node:worker_threads';
     const on = parentPort.on.bind(parentPort);
     parentPort.on = (name, listener) => on(name, (message) => {
       if (workerData.asksOnly && !fs.existsSync(${JSON.stringify(seen)})) {
         fs.writeFileSync(${JSON.stringify(seen)}, '');
         process.exit(3);
       }
       listener(message);
     });
     await import(${JSON.stringify(pathToFileURL(scripts.script('worker')).href)});`,
  );
  const client = createDbClient({ workerUrl: pathToFileURL(mortal), dataDir });
  onTestFinished(() => client.close());
  await withLogs(client, 1);
  const page = { incidentId: INCIDENT, limit: 5 };
  await expect(client.call('listRecords', page)).rejects.toThrow();
  expect(value(await client.call('listRecords', page)).records).toHaveLength(5);
  await appendNotes(client, 1, 1);
});

test('a question whose database cannot be opened beside its owner says so, and not that something was not saved', async () => {
  const dataDir = temporaryFolder();
  const client = threadClient(dataDir);
  value(await client.opened);
  fs.renameSync(databaseFile(dataDir), path.join(dataDir, 'moved.db'));
  const asked = await client.call('listRecords', { incidentId: INCIDENT, limit: 5 });
  expect(asked).toMatchObject({
    ok: false,
    error: {
      code: 'unreadable',
      message: expect.stringMatching(/^Not answered: the database cannot/) as unknown,
    },
  });
});
