import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { hashFile } from '../../main/adapters/evidence/hash-file.ts';
import { readEvidenceFile } from '../../main/adapters/evidence/read-file.ts';
import type { FileReport, LogRecord } from '../../main/core/evidence/model.ts';
import type { EvidenceId } from '../../main/core/ids.ts';
import type { ServiceContext } from '../../main/services/context.ts';
import { FileImport } from '../../main/services/file-import.ts';
import { temporaryFolder, value } from '../support/database.ts';
import { generatedEvents, recordsFile } from '../support/cloudtrail.ts';
import { declared, testServices } from '../support/services.ts';

const FILE = path.resolve(import.meta.dirname, '../fixtures/evidence/hour.json');

/** Begins the file and stages its records; answers its report. */
async function readInto({ db }: ServiceContext, importing: FileImport): Promise<FileReport> {
  const fileId = await importing.begin({ path: FILE, size: statSync(FILE).size }, () => hashFile(FILE));
  if (fileId === null) throw new Error('The file was not begun.');
  return read(FILE, async (records) => {
    value(await db.call('insertRecords', { fileId, records }));
  });
}

async function read(
  file: string,
  keep: (records: LogRecord[]) => Promise<void> = () => Promise.resolve(),
): Promise<FileReport> {
  const records: LogRecord[] = [];
  const report = await readEvidenceFile(file, {
    signal: new AbortController().signal,
    onRecord: (record) => void records.push(record),
  });
  await keep(records);
  return value(report);
}

it('a file whose end is refused leaves nothing behind, and can be imported once it is allowed', async () => {
  const { context, book } = await testServices();
  const id = await declared({ context, book });
  const importing = new FileImport(context, book, id);
  const report = await readInto(context, importing);
  value(await book.dispatch(id, { type: 'close', summary: '' }));
  await importing.end(report, 0);
  expect([importing.trouble?.code, importing.reports]).toEqual(['refused', []]);
  expect(value(await context.db.call('recordCounts', { incidentId: id })).records).toBe(0);

  value(await book.dispatch(id, { type: 'reopen', reason: 'More logs came' }));
  const again = new FileImport(context, book, id);
  await again.end(await readInto(context, again), 0);
  expect(again.trouble).toBeNull();
  expect(value(await context.db.call('recordCounts', { incidentId: id })).records).toBe(33);
  const sha256 = createHash('sha256').update(readFileSync(FILE)).digest('hex');
  expect(value(await book.load(id)).state.evidence.map((one) => [one.name, one.sha256])).toEqual([
    ['hour.json', sha256],
  ]);
});

/** Files of ten records each and of one length, the first of them imported. */
async function withTwins() {
  const services = await testServices();
  const { context, book } = services;
  const id = await declared(services);
  const folder = temporaryFolder();
  const text = (seed: number): string =>
    recordsFile(generatedEvents({ seed, events: 10, from: Date.UTC(2026, 2, 4, 9), minutes: 9 }));
  const length = Math.max(text(1).length, text(2).length);
  const twin = (seed: number): string => text(seed).padEnd(length);
  const file = path.join(folder, 'twin.json');
  const importing = new FileImport(context, book, id);
  const begin = (hash = () => hashFile(file)) => importing.begin({ path: file, size: length }, hash);
  const end = async (fileId: EvidenceId | null): Promise<void> => {
    const report = await read(file, async (records) => {
      if (fileId !== null) value(await context.db.call('insertRecords', { fileId, records }));
    });
    await importing.end(report, 0);
  };
  writeFileSync(file, twin(1));
  await end(await begin());
  const kept = async () => ({
    files: value(await context.db.call('listEvidence', { incidentId: id })).map(({ sha256 }) => sha256),
    records: value(await context.db.call('recordCounts', { incidentId: id })).records,
    trail: value(await book.load(id)).state.evidence.map(({ sha256 }) => sha256),
  });
  return { importing, file, twin, begin, end, kept };
}

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');
const CHANGED = 'The file was changed while it was read, and nothing of it was added. Import it again.';

it('a file replaced after it was hashed is kept under the hash of what was read', async () => {
  const { importing, file, twin, begin, end, kept } = await withTwins();
  writeFileSync(file, twin(2));
  const fileId = await begin();
  writeFileSync(file, twin(3));
  await end(fileId);
  const hashes = [sha256Of(twin(1)), sha256Of(twin(3))];
  expect(await kept()).toEqual({ files: hashes, records: 20, trail: hashes });
  expect(importing.reports.map(({ sha256 }) => sha256)).toEqual(hashes);
});

it('a file that was known when hashed, and is another when read, is said not to be added', async () => {
  const { importing, file, twin, begin, end, kept } = await withTwins();
  const fileId = await begin();
  expect(fileId).toBeNull();
  writeFileSync(file, twin(2));
  await end(fileId);
  expect(importing.reports.at(-1)).toMatchObject({ records: 0, notes: [CHANGED] });
  expect((await kept()).records).toBe(10);
  await end(await begin());
  expect((await kept()).records).toBe(20);
});

it('a file that is gone when it is to be hashed, and was open to be read, is said not to be added', async () => {
  const { importing, file, twin, begin, end, kept } = await withTwins();
  const fileId = await begin(() => {
    rmSync(file);
    return hashFile(file);
  });
  writeFileSync(file, twin(2));
  await end(fileId);
  expect(importing.reports.at(-1)).toMatchObject({ records: 0, notes: [CHANGED] });
  expect((await kept()).records).toBe(10);
});

it('a file that has become one that is there adds nothing, and the import goes on', async () => {
  const { importing, file, twin, begin, end, kept } = await withTwins();
  writeFileSync(file, twin(2));
  const fileId = await begin();
  writeFileSync(file, twin(1));
  await end(fileId);
  expect(importing.trouble).toBeNull();
  expect(importing.reports.at(-1)).toMatchObject({
    ...{ records: 10, duplicates: 10, sha256: sha256Of(twin(1)) },
    notes: ['The same file is in this incident already; nothing was added.'],
  });
  expect(await kept()).toMatchObject({ files: [sha256Of(twin(1))], records: 10 });
  writeFileSync(file, twin(3));
  await end(await begin());
  expect((await kept()).records).toBe(20);
});
