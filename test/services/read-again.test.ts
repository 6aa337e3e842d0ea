import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../db/store.ts';
import type { Mapping } from '../../main/core/evidence/mapping/model.ts';
import { proposeMapping, saveMapping } from '../../main/services/row-mappings.ts';
import { minute, temporaryFolder, testClient, value } from '../support/database.ts';
import { buildScripts } from '../support/kill-build.ts';
import { declared, servicesIn } from '../support/services.ts';

/* A file that was mapped by hand, and then is mapped in another way: its bytes are the same, what they mean is not. */

let scripts: Awaited<ReturnType<typeof buildScripts<'reader'>>>;
beforeAll(async () => {
  scripts = await buildScripts({ reader: 'main/adapters/evidence/import-worker.ts' });
});
afterAll(() => {
  scripts.remove();
});

const HEADER = 'When;Action;User;Host\n';
const row = (day: number, action: string): string => `0${day}/03/2026 09:00:00;${action};ana;web-${day}\n`;

async function withTables() {
  const folder = temporaryFolder();
  const client = testClient(folder);
  const services = await servicesIn(folder, {
    client,
    importWorkerUrl: pathToFileURL(scripts.script('reader')),
  });
  const id = await declared(services);
  const tables = temporaryFolder();
  const table = (name: string, rows: readonly string[]): string => {
    const file = path.join(tables, name);
    writeFileSync(file, HEADER + rows.join(''));
    return file;
  };
  const guessed = value(await proposeMapping(table('guess.csv', [row(1, 'deploy'), row(2, 'rollback')])))
    .guess.mapping;
  return {
    ...{ folder, client, table },
    map: async (
      changes: Partial<Mapping['time']>,
      fields: Mapping['fields'] = { name: 'Action', principal: 'User' },
    ) => {
      const mapping = { ...guessed, fields, time: { ...guessed.time, zone: 'UTC', ...changes } };
      value(await saveMapping(services.context, mapping));
    },
    run: async (...files: readonly string[]) => value(await services.imports.run(id, files)).files,
    seen: async () => {
      const page = value(await client.call('listRecords', { incidentId: id, limit: 100 }));
      return page.records.map(({ at, name, principal }) => `${at.slice(0, 10)} ${name} ${principal}`);
    },
    files: async () => value(await client.call('listEvidence', { incidentId: id })).map(({ name }) => name),
    named: async () => {
      const { calls, names } = value(await client.call('namedInLogs', { incidentId: id }));
      return { calls: calls.map(({ name }) => name).sort(), names: [...names].sort() };
    },
    counted: async () => value(await client.call('recordCounts', { incidentId: id })).records,
    entries: async () => value(await services.book.load(id)).state.evidence.map(({ summary }) => summary),
  };
}

test('a file that is mapped in another way is read again, and takes the place of its earlier reading', async () => {
  const { map, table, run, seen, files, counted, entries, client, folder } = await withTables();
  const file = table('a.csv', [row(1, 'deploy'), row(4, 'rollback')]);
  // Read with the same reader, so that its records mean texts that came with the first file.
  const neighbour = table('b.csv', [row(4, 'restart')]);
  await map({ order: 'mdy' });
  await run(file, neighbour);
  expect(await seen()).toEqual([
    '2026-04-03 restart ana',
    '2026-04-03 rollback ana',
    '2026-01-03 deploy ana',
  ]);

  await map({ order: 'dmy' }, { name: 'Action', principal: 'Host' });
  const [again] = await run(file);
  expect(again).toMatchObject({ records: 2, duplicates: 0 });
  expect(again?.notes.at(-1)).toBe(
    'This file was here already, read in another way; this reading has taken its place.',
  );
  const now = ['2026-04-03 restart ana', '2026-03-04 rollback web-4', '2026-03-01 deploy web-1'];
  expect([await seen(), await counted()]).toEqual([now, 3]);
  expect(await files()).toEqual(['b.csv', 'a.csv']);
  const told = await entries();
  expect(told.length).toBe(3);
  expect(told[2]).toMatch(/read again in place of the earlier reading$/);

  // The same mapping once more: there is nothing to do.
  expect((await run(file))[0]).toMatchObject({
    ...{ records: 2, duplicates: 2 },
    notes: expect.arrayContaining([
      'The same file is in this incident already; nothing was added.',
    ]) as unknown,
  });
  expect([await seen(), (await entries()).length]).toEqual([now, 3]);

  // And of the earlier reading nothing is left, while the neighbour still has its texts.
  await client.close();
  const { db } = value(await openStore(folder, { now: minute(0) }));
  expect(db.prepare('SELECT count(*) FROM log_row').pluck().get()).toBe(3);
  expect(db.prepare('SELECT count(*) FROM evidence_file').pluck().get()).toBe(2);
  db.close();
});

test('rows that an overlapping export left out for the earlier reading are in the later one', async () => {
  const { map, table, run, seen } = await withTables();
  const first = table('first.csv', [row(1, 'deploy'), row(4, 'rollback')]);
  const overlap = table('overlap.csv', [row(4, 'rollback'), row(5, 'restart')]);
  await map({ order: 'mdy' });
  expect((await run(first, overlap)).map(({ records, duplicates }) => [records, duplicates])).toEqual([
    [2, 0],
    [2, 1],
  ]);
  await map({ order: 'dmy' });
  expect((await run(first, overlap)).map(({ records, duplicates }) => [records, duplicates])).toEqual([
    [2, 0],
    [2, 1],
  ]);
  expect(await seen()).toEqual([
    '2026-03-05 restart ana',
    '2026-03-04 rollback ana',
    '2026-03-01 deploy ana',
  ]);
});

test('what only the earlier reading named is named no more, and what others mean of it still is', async () => {
  const { map, table, run, named } = await withTables();
  const arn = (user: string): string => `arn:aws:iam::111122223333:user/${user}`;
  const by = (user: string, day: number, action: string): string =>
    row(day, action).replace(';ana;', `;${arn(user)};`);
  const file = table('a.csv', [by('ana', 1, 'deploy'), by('bob', 4, 'rollback')]);
  // Read with the same reader: its record means a call and texts that came with the first file.
  const neighbour = table('b.csv', [by('ana', 5, 'deploy')]);
  await map({ order: 'dmy' });
  await run(file, neighbour);
  expect(await named()).toEqual({ calls: ['deploy', 'rollback'], names: [arn('ana'), arn('bob')] });
  await map({ order: 'dmy' }, { name: 'Host' });
  await run(file);
  expect(await named()).toEqual({ calls: ['deploy', 'web-1', 'web-4'], names: [arn('ana')] });
  await run(neighbour);
  expect(await named()).toEqual({ calls: ['web-1', 'web-4', 'web-5'], names: [] });
});

test('a mapping by which nothing can be read leaves the earlier reading as it was', async () => {
  const { map, table, run, seen, entries } = await withTables();
  const file = table('a.csv', [row(1, 'deploy'), row(4, 'rollback')]);
  await map({ order: 'dmy' });
  await run(file);
  const before = await seen();
  await map({ field: 'Action' });
  const [report] = await run(file);
  expect(report).toMatchObject({ records: 0, rejected: 2 });
  expect(report?.notes.at(-1)).toBe('Nothing of it could be read this way, so its earlier reading stays.');
  expect([await seen(), (await entries()).length]).toEqual([before, 1]);
});
