import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { hashFile } from '../../main/adapters/evidence/hash-file.ts';
import { readEvidenceFile } from '../../main/adapters/evidence/read-file.ts';
import type { FileReport } from '../../main/core/evidence/model.ts';
import { Instant } from '../../main/core/time.ts';
import type { ServiceContext } from '../../main/services/context.ts';
import { FileImport } from '../../main/services/file-import.ts';
import { declareIncident } from '../../main/services/incidents.ts';
import { value } from '../support/database.ts';
import { testServices } from '../support/services.ts';

const FILE = path.resolve(import.meta.dirname, '../fixtures/evidence/hour.json');

/** Begins the file and stages its records; answers its report. */
async function readInto({ db }: ServiceContext, importing: FileImport): Promise<FileReport> {
  const fileId = await importing.begin({ path: FILE, size: statSync(FILE).size }, () => hashFile(FILE));
  if (fileId === null) throw new Error('The file was not begun.');
  return value(
    await readEvidenceFile(FILE, {
      signal: new AbortController().signal,
      onBatch: async (records) => {
        value(await db.call('insertRecords', { fileId, records }));
      },
    }),
  );
}

it('a file whose end is refused leaves nothing behind, and can be imported once it is allowed', async () => {
  const { context, book } = await testServices();
  const declared = await declareIncident(context, book, {
    title: 'Orders fail',
    onset: Instant.parse('2026-03-04T09:30:00.000Z'),
    provider: 'aws',
    services: ['s3'],
    regions: ['eu-west-1'],
    severity: 2,
    workload: '',
    lead: '',
  });
  const { id } = value(declared).row;
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
