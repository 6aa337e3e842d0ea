import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { importFiles } from '../../main/adapters/evidence/import-client.ts';
import { EvidenceId } from '../../main/core/ids.ts';
import { ok } from '../../main/core/result.ts';
import { shortLines } from '../support/cloudtrail.ts';
import { temporaryFolder, testClient, value } from '../support/database.ts';
import { buildScripts } from '../support/kill-build.ts';
import { batchSink } from '../support/record-batches.ts';
import { declared, servicesIn } from '../support/services.ts';

/* Faults of our own in what reads files, through the threads that read, the database, the service and the trail. */

let scripts: Awaited<ReturnType<typeof buildScripts<'reader'>>>;
beforeAll(async () => {
  scripts = await buildScripts({ reader: 'test/support/faulty-reader.ts' });
});
afterAll(() => {
  scripts.remove();
  vi.restoreAllMocks();
});

const line = (id: string, faulty = 'no'): string =>
  `${JSON.stringify({ faulty, id, at: '2026-03-04T09:00:00Z' })}\n`;

/** Imports the files under those names, in their order, and tells what became of them and of the incident. */
async function imported(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const data = temporaryFolder();
  const client = testClient(data);
  const services = await servicesIn(data, {
    client,
    importWorkerUrl: pathToFileURL(scripts.script('reader')),
  });
  const id = await declared(services);
  const outcome = value(await services.imports.run(id, [folder]));
  const { evidence } = value(await services.book.load(id)).state;
  const { records } = value(await client.call('recordCounts', { incidentId: id }));
  return {
    files: outcome.files.map(({ file, records: count, rejects, notes }) => ({ file, count, rejects, notes })),
    records,
    trail: evidence.map(({ name }) => name),
  };
}

test('a record that breaks its adapter is named with its place, and those beside it come in', async () => {
  const first = line('1');
  const { files, records, trail } = await imported({
    'a.jsonl': first + line('2', 'read') + line('3'),
    'b.jsonl': shortLines(0, 10),
  });
  const reason = 'Demarc itself failed (TypeError: a fault in read); the fault is not in the file';
  expect(files).toEqual([
    {
      ...{ file: 'a.jsonl', count: 2, notes: [] },
      rejects: [{ place: `record 2, byte ${first.length}`, reason }],
    },
    { file: 'b.jsonl', count: 10, rejects: [], notes: [] },
  ]);
  expect([records, trail]).toEqual([12, ['a.jsonl', 'b.jsonl']]);
});

test.each(['recognise', 'notes'])(
  'a fault in %s gives that file back as a whole, says where, and the other files come in',
  async (place) => {
    const { files, records, trail } = await imported({
      'a.jsonl': shortLines(0, 10),
      'b.jsonl': line('1', place === 'recognise' ? place : 'no') + line('2', place),
      'c.jsonl': shortLines(10, 20),
    });
    expect(files.map(({ count }) => count)).toEqual([10, 0, 10]);
    expect(files[1]?.notes).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Demarc itself failed \\(TypeError: a fault in ${place}\\); the fault is not in the file\\. It happened behind byte \\d+; nothing of this file was added\\.$`,
        ),
      ),
    ]);
    expect([records, trail]).toEqual([20, ['a.jsonl', 'c.jsonl']]);
  },
);

test.each([
  [
    'memory',
    1,
    /^Reading needed more memory than the 512 MB it is given and was stopped\. Nothing of this file was added\.$/,
  ],
  ['exit', 1, /^Reading stopped by itself \(exit 3\)\. Nothing of this file was added\.$/],
  ['exit', 4, /^Reading stopped by itself \(exit 3\)\. Nothing of this file was added\.$/],
] as const)(
  'a file that ends its thread by %s ends alone, with %i processors: what was being stored and what follows come in',
  async (how, processors, says) => {
    vi.spyOn(os, 'availableParallelism').mockReturnValue(processors);
    const { files, records, trail } = await imported({
      // More than is stored when the next file is begun.
      'a.jsonl': shortLines(0, 34_000),
      'b.jsonl': line('1') + line('2', how),
      'c.jsonl': shortLines(40_000, 40_010),
      'd.jsonl': line('3', 'exit'),
      'e.jsonl': shortLines(50_000, 50_010),
    });
    expect(files.map(({ file, count }) => [file, count])).toEqual([
      ['a.jsonl', 34_000],
      ['b.jsonl', 0],
      ['c.jsonl', 10],
      ['d.jsonl', 0],
      ['e.jsonl', 10],
    ]);
    expect([files[1]?.notes, files[3]?.notes]).toEqual([
      [expect.stringMatching(says)],
      ['Reading stopped by itself (exit 3). Nothing of this file was added.'],
    ]);
    expect([records, trail]).toEqual([34_020, ['a.jsonl', 'c.jsonl', 'e.jsonl']]);
  },
);

test('a file that was being stored when its thread died over the next one is read once more, and counts once', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'a.jsonl'), shortLines(0, 10));
  writeFileSync(path.join(folder, 'b.jsonl'), line('1', 'exit'));
  const told: string[] = [];
  const tell = (what: string, file: string): void => {
    told.push(`${what} ${path.basename(file)}`);
  };
  let turns = 0;
  const files = await importFiles([folder], {
    ...batchSink((message) =>
      // The first reading of the first file is still being stored when the thread dies.
      message.fileId === 'file-1'
        ? new Promise(() => undefined)
        : Promise.resolve(ok({ inserted: 10, duplicates: 0 })),
    ),
    workerUrl: pathToFileURL(scripts.script('reader')),
    readers: 1,
    signal: new AbortController().signal,
    onTurn: (file) => {
      tell('turn', file.path);
      turns += 1;
      return Promise.resolve(EvidenceId.parse(`file-${turns}`));
    },
    onEnd: ({ file, records }) => {
      tell(`end of ${records} in`, file);
      return Promise.resolve(true);
    },
    onFailed: (file) => {
      tell('failed', file);
      return Promise.resolve();
    },
  });
  expect(files).toEqual(ok(2));
  expect(told).toEqual(['turn a.jsonl', 'turn a.jsonl', 'end of 10 in a.jsonl', 'failed b.jsonl']);
});
