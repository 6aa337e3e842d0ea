import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { RecordQuery } from '../../db/api.ts';
import type { DbClient } from '../../db/client.ts';
import { createInProcessClient } from '../../db/in-process.ts';
import { runOperation } from '../../db/operations.ts';
import type { FileReport, LogRecord } from '../../main/core/evidence/model.ts';
import type { Replacement } from '../../main/core/evidence/state-span.ts';
import { EvidenceId } from '../../main/core/ids.ts';
import {
  INCIDENT,
  appendNotes,
  minute,
  note,
  summary,
  temporaryFolder,
  testClient,
  testStore,
  value,
} from '../support/database.ts';

function record(id: string, minutes: number, changes: Partial<LogRecord> = {}): LogRecord {
  return {
    id,
    at: minute(minutes),
    source: 's3.amazonaws.com',
    name: 'PutBucketPolicy',
    region: 'eu-west-1',
    account: '111122223333',
    principal: 'arn:aws:iam::111122223333:user/ana',
    actor: 'person',
    sourceIp: '192.0.2.1',
    userAgent: 'aws-cli/2',
    readOnly: false,
    errorCode: null,
    errorMessage: null,
    resources: ['arn:aws:s3:::orders'],
    flags: ['public_principal'],
    detail: '',
    ...changes,
  };
}

const RECORDS: readonly LogRecord[] = [
  record('a', -30),
  record('b', -20, { name: 'GetObject', readOnly: true }),
  record('c', -20, { readOnly: null }),
  record('d', -10, { errorCode: 'AccessDenied', errorMessage: 'no 100%_ access', readOnly: true }),
  record('e', 5),
];

function file(name: string, letter: string) {
  return {
    fileId: EvidenceId.parse(name),
    incidentId: INCIDENT,
    name: `${name}.json`,
    sha256: letter.repeat(64),
    size: 9,
  };
}

function report({ name, sha256 }: ReturnType<typeof file>, records: number, duplicates = 0): FileReport {
  const counts = { records, duplicates, rejected: 0, findings: 0, failing: 0, rejects: [], size: 9 };
  const where = { window: null, scanned: null, accounts: [], regions: [], notes: [] };
  return { file: name, sha256, recognisedAs: 'cloudtrail_records', ...counts, ...where };
}

async function imported(client: DbClient, one: ReturnType<typeof file>, records: readonly LogRecord[]) {
  value(await client.call('startImport', one));
  const counts = value(await client.call('insertRecords', { fileId: one.fileId, records }));
  value(await client.call('finishImport', { fileId: one.fileId, report: report(one, counts.inserted) }));
  return counts;
}

async function ids(client: DbClient): Promise<string[]> {
  const page = value(await client.call('listRecords', { incidentId: INCIDENT, limit: 100 }));
  return page.records.map(({ id }) => id);
}

test('records are seen when their file is finished, not before, and come back as they were', async () => {
  const client = testClient();
  await appendNotes(client, 1);
  const one = file('f1', 'a');
  expect(value(await client.call('startImport', one))).toEqual({ kind: 'started' });
  const counts = value(await client.call('insertRecords', { fileId: one.fileId, records: RECORDS }));
  expect(counts).toEqual({ inserted: 5, duplicates: 0 });
  expect(await ids(client)).toEqual([]);
  expect(value(await client.call('recordCounts', { incidentId: INCIDENT })).records).toBe(0);
  expect(value(await client.call('listEvidence', { incidentId: INCIDENT }))).toEqual([]);

  const done = value(await client.call('finishImport', { fileId: one.fileId, report: report(one, 5) }));
  const { fileId: id, ...rest } = one;
  expect(done).toEqual({ file: { id, ...rest, report: report(one, 5) }, appended: null });
  expect(value(await client.call('listEvidence', { incidentId: INCIDENT }))).toEqual([done.file]);
  const all = value(await client.call('listRecords', { incidentId: INCIDENT, limit: 5 }));
  expect(all.more).toBe(false);
  expect(all.records).toEqual(
    ['e', 'd', 'c', 'b', 'a'].map((letter) => RECORDS.find(({ id: of }) => of === letter)),
  );
  expect(all.keys.map(({ at }) => at)).toEqual(all.records.map(({ at }) => at));
  expect(value(await client.call('getRecord', { incidentId: INCIDENT, recordId: 'd' }))).toEqual(RECORDS[3]);
  expect(value(await client.call('recordCounts', { incidentId: INCIDENT }))).toEqual({
    files: 1,
    records: 5,
    changes: 3,
    errors: 1,
    from: minute(-30),
    to: minute(5),
  });
});

test('the same file, and the same records in another file, add nothing', async () => {
  const client = testClient();
  await appendNotes(client, 1);
  await imported(client, file('f1', 'a'), RECORDS);
  const again = value(await client.call('startImport', { ...file('f2', 'a'), name: 'renamed.json' }));
  expect(again).toMatchObject({ kind: 'already_there', file: { id: 'f1', name: 'f1.json' } });
  const more = [...RECORDS, record('f', 6), record('f', 6)];
  expect(await imported(client, file('f3', 'b'), more)).toEqual({ inserted: 1, duplicates: 6 });
  expect(await ids(client)).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
});

test('an abandoned import leaves nothing behind and can be begun again', async () => {
  const client = testClient();
  await appendNotes(client, 1);
  await imported(client, file('f1', 'a'), RECORDS.slice(0, 2));
  const one = file('f2', 'b');
  value(await client.call('startImport', one));
  value(await client.call('insertRecords', { fileId: one.fileId, records: RECORDS }));
  expect(await client.call('startImport', file('f3', 'c'))).toMatchObject({ error: { code: 'conflict' } });
  value(await client.call('abandonImport', { fileId: one.fileId }));
  value(await client.call('abandonImport', { fileId: one.fileId }));
  expect(await client.call('insertRecords', { fileId: one.fileId, records: [] })).toMatchObject({
    error: { code: 'not_found' },
  });
  expect(await ids(client)).toEqual(['b', 'a']);
  expect(await imported(client, one, RECORDS)).toEqual({ inserted: 3, duplicates: 2 });
});

test('an import given up while nothing can be written does not bar the next one', async () => {
  const dataDir = temporaryFolder();
  const store = await testStore(dataDir);
  const other = createInProcessClient({ dataDir });
  await appendNotes(other, 1);
  await other.close();
  const [one, two] = [file('f1', 'a'), file('f2', 'b')];
  value(await runOperation(store, 'startImport', one));
  value(await runOperation(store, 'insertRecords', { fileId: one.fileId, records: RECORDS }));
  store.db.pragma('query_only = ON');
  expect(await runOperation(store, 'abandonImport', { fileId: one.fileId })).toMatchObject({
    error: { code: 'not_saved' },
  });
  store.db.pragma('query_only = OFF');
  expect(value(await runOperation(store, 'startImport', two))).toEqual({ kind: 'started' });
  const again = await runOperation(store, 'insertRecords', { fileId: two.fileId, records: RECORDS });
  expect(value(again)).toEqual({ inserted: 5, duplicates: 0 });
});

test('what was given up is still known to be when the next import could not be begun either', async () => {
  const store = await testStore();
  const call = ((method, args) => runOperation(store, method, args)) as DbClient['call'];
  await appendNotes({ call } as DbClient, 1);
  const [one, two] = [file('f1', 'a'), file('f2', 'b')];
  value(await call('startImport', one));
  const refuse = (what: string): void => {
    store.db.exec(
      `CREATE TEMP TRIGGER refuse BEFORE ${what} ON evidence_file BEGIN SELECT RAISE(ABORT, 'refused'); END`,
    );
  };
  refuse('UPDATE');
  await expect(call('abandonImport', { fileId: one.fileId })).rejects.toThrow('refused');
  store.db.exec('DROP TRIGGER refuse');
  refuse('INSERT');
  await expect(call('startImport', two)).rejects.toThrow('refused');
  store.db.exec('DROP TRIGGER refuse');
  expect(value(await call('startImport', two))).toEqual({ kind: 'started' });
});

test('what cannot be removed because another program holds the database waits for the next import', async () => {
  const dataDir = temporaryFolder();
  const store = await testStore(dataDir);
  const other = createInProcessClient({ dataDir });
  await appendNotes(other, 1);
  await other.close();
  const [one, two] = [file('f1', 'a'), file('f2', 'b')];
  value(await runOperation(store, 'startImport', one));
  value(await runOperation(store, 'insertRecords', { fileId: one.fileId, records: RECORDS }));
  store.db.pragma('busy_timeout = 1');
  const holder = new Database(store.file);
  const given = runOperation(store, 'abandonImport', { fileId: one.fileId });
  // It is given up; nothing of it has been removed yet.
  holder.exec('BEGIN IMMEDIATE');
  value(await given);
  const count = (): unknown => store.db.prepare('SELECT count(*) FROM log_row').pluck().get();
  await new Promise((resolve) => setImmediate(resolve));
  expect(count()).toBe(5);
  holder.exec('COMMIT');
  holder.close();
  value(await runOperation(store, 'startImport', two));
  expect(count()).toBe(0);
});

test('what an import of a dead process left is removed at the next start', async () => {
  const dataDir = temporaryFolder();
  const dying = createInProcessClient({ dataDir });
  await appendNotes(dying, 1);
  const one = file('f1', 'a');
  value(await dying.call('startImport', one));
  value(await dying.call('insertRecords', { fileId: one.fileId, records: RECORDS }));
  await dying.close();
  const client = testClient(dataDir);
  expect(await imported(client, one, RECORDS)).toEqual({ inserted: 5, duplicates: 0 });
});

test('finishing an import and its trail entry are one transaction', async () => {
  const client = testClient();
  await appendNotes(client, 1);
  const one = file('f1', 'a');
  value(await client.call('startImport', one));
  value(await client.call('insertRecords', { fileId: one.fileId, records: RECORDS }));
  const finish = (expectedCount: number, data: unknown) =>
    client.call('finishImport', {
      fileId: one.fileId,
      report: report(one, 5),
      append: {
        incidentId: INCIDENT,
        expectedCount,
        drafts: [{ ...note('', minute(2)), type: 'evidence.added', data }],
        summary: summary(),
      },
    });
  expect(await finish(7, {})).toMatchObject({ error: { code: 'conflict' } });
  expect(await finish(1, { size: NaN })).toMatchObject({ error: { code: 'invalid_input' } });
  expect(await ids(client)).toEqual([]);
  const { file: stored, appended } = value(await finish(1, { size: 9 }));
  expect([stored.id, appended?.entries[0]?.type, appended?.incident.entries]).toEqual([
    'f1',
    'evidence.added',
    2,
  ]);
  expect(value(await client.call('readEntries', { incidentId: INCIDENT }))).toHaveLength(2);
  expect(await ids(client)).toHaveLength(5);
});

test('changes and errors are found in a window, nearest to its end first', async () => {
  const client = testClient();
  await appendNotes(client, 1);
  await imported(client, file('f1', 'a'), RECORDS);
  const window = { from: minute(-30), to: minute(0) };
  const page = async (kind: 'changes' | 'errors', limit: number) =>
    value(await client.call('listRecords', { incidentId: INCIDENT, limit, filter: { ...window, kind } }));
  expect(await page('changes', 10)).toMatchObject({ records: [RECORDS[2], RECORDS[0]], more: false });
  expect(await page('changes', 1)).toMatchObject({ records: [RECORDS[2]], more: true });
  expect((await page('errors', 10)).records).toEqual([RECORDS[3]]);
});

test('pages follow each other both ways without gap or repetition, also among records of one instant', async () => {
  const client = testClient();
  await appendNotes(client, 1);
  const many = Array.from({ length: 95 }, (_, index) =>
    record(`r${index}`, Math.floor(index / 10), { name: index % 3 === 0 ? 'PutBucketPolicy' : 'GetObject' }),
  );
  // Two files that overlap in time.
  await imported(
    client,
    file('f1', 'a'),
    many.filter((_, index) => index % 2 === 0),
  );
  await imported(
    client,
    file('f2', 'b'),
    many.filter((_, index) => index % 2 === 1),
  );
  for (const text of [undefined, 'putbucket', 'name:get']) {
    const page = async (from: Partial<Pick<RecordQuery, 'after' | 'before'>>) =>
      value(await client.call('listRecords', { incidentId: INCIDENT, limit: 7, filter: { text }, ...from }));
    const pages = [await page({})];
    for (let last = pages[0]; last?.more === true; last = pages.at(-1)) {
      pages.push(await page({ after: last.keys.at(-1) }));
    }
    const expected = many.filter(({ name }) =>
      name.toLowerCase().includes((text ?? '').replace('name:', '')),
    );
    const seen = pages.flatMap(({ records }) => records);
    expect(seen.map(({ at }) => at)).toEqual(expected.map(({ at }) => at).reverse());
    expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)));
    for (const [index, shown] of pages.entries()) {
      const back = await page({ before: shown.keys[0] });
      expect(back.records).toEqual(
        pages
          .slice(0, index)
          .flatMap(({ records }) => records)
          .slice(-7),
      );
      expect(back.more).toBe(index > 1);
    }
  }
});

test('records are filtered by text as it stands, without wildcards', async () => {
  const client = testClient();
  await appendNotes(client, 1);
  await imported(client, file('f1', 'a'), RECORDS);
  const found = async (text: string) =>
    value(await client.call('listRecords', { incidentId: INCIDENT, limit: 9, filter: { text } })).records.map(
      ({ id }) => id,
    );
  expect(await found('getobject')).toEqual(['b']);
  expect(await found('100%_')).toEqual(['d']);
  expect(await found('1%0')).toEqual([]);
  expect(await found(':::ORDERS')).toHaveLength(5);
});

test('windows and pages are read from an index, not by looking at every record', async () => {
  const { db } = await testStore();
  const plan = (condition: string) =>
    db
      .prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT * FROM log_row WHERE incident = 1 AND ${condition}
         ORDER BY at_ms DESC, record DESC LIMIT 10`,
      )
      .all()
      .map(({ detail }) => detail)
      .filter((detail) => /log_row|TEMP/.test(detail));
  const bounds = 'at_ms >= 1 AND at_ms <= 9';
  expect(plan(`kind = 1 AND ${bounds}`)).toEqual([
    'SEARCH log_row USING INDEX log_row_changes (incident=? AND at_ms>? AND at_ms<?)',
  ]);
  expect(plan(`kind = 2 AND ${bounds}`)).toEqual([
    'SEARCH log_row USING INDEX log_row_errors (incident=? AND at_ms>? AND at_ms<?)',
  ]);
  expect(plan('(at_ms, record) < (5, 7)')).toEqual([
    'SEARCH log_row USING INDEX log_row_time (incident=? AND at_ms<?)',
  ]);
});

/** Asks for the end of an import whose records take the place of others, with an entry that fits behind so many. */
function replacing(
  client: DbClient,
  one: ReturnType<typeof file>,
  replacement: Replacement,
  entries: number,
) {
  const drafts = [note('evidence', minute(entries))];
  return client.call('finishImport', {
    fileId: one.fileId,
    report: report(one, replacement.records.length),
    append: { incidentId: INCIDENT, expectedCount: entries, drafts, summary: summary() },
    replacement,
  });
}

test('a replacement that could not be written takes nothing away, and takes effect once when it is tried again', async () => {
  const client = testClient();
  await appendNotes(client, 1);
  await imported(client, file('f1', 'a'), RECORDS);
  const second = file('f2', 'b');
  value(await client.call('startImport', second));
  const better = record('a', -30, { detail: 'what changed' });
  const replacement = { ids: ['a'], records: [better] };
  expect(await replacing(client, second, replacement, 0)).toMatchObject({ error: { code: 'conflict' } });
  expect(await ids(client)).toEqual(['e', 'd', 'c', 'b', 'a']);
  value(await replacing(client, second, replacement, 1));
  expect(await ids(client)).toEqual(['e', 'd', 'c', 'b', 'a']);
  const page = value(await client.call('listRecords', { incidentId: INCIDENT, limit: 100 }));
  expect(page.records.at(-1)).toEqual(better);
  expect(value(await client.call('recordCounts', { incidentId: INCIDENT })).records).toBe(5);
});

test('a replacement of more records than one batch can number is found whole', async () => {
  const client = testClient();
  await appendNotes(client, 1);
  const one = file('f1', 'a');
  value(await client.call('startImport', one));
  const plain = record('', 0, { resources: [], flags: [], principal: '', sourceIp: '', userAgent: '' });
  const records = Array.from({ length: 0x1_0001 }, (_, index) => ({ ...plain, id: `n${index}` }));
  const last = { ...plain, id: 'last', detail: 'the-last' };
  value(await replacing(client, one, { ids: [], records: [...records, last] }, 1));
  const filter = { text: 'the-last' };
  const found = value(await client.call('listRecords', { incidentId: INCIDENT, limit: 5, filter }));
  expect(found.records).toEqual([last]);
});
