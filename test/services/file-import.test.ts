import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readEvidenceFile } from '../../main/adapters/evidence/read-file.ts';
import { Instant } from '../../main/core/time.ts';
import { FileImport } from '../../main/services/file-import.ts';
import { declareIncident } from '../../main/services/incidents.ts';
import { value } from '../support/database.ts';
import { testServices } from '../support/services.ts';

const FILE = path.resolve(import.meta.dirname, '../fixtures/evidence/hour.json');

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
  await importing.begin(FILE);
  const report = value(
    await readEvidenceFile(FILE, {
      signal: new AbortController().signal,
      onBatch: (records) => importing.add(records),
    }),
  );
  value(await book.dispatch(id, { type: 'close', summary: '' }));
  await importing.end(report);
  expect([importing.trouble?.code, importing.reports]).toEqual(['refused', []]);
  expect(value(await context.db.call('recordCounts', { incidentId: id })).records).toBe(0);

  value(await book.dispatch(id, { type: 'reopen', reason: 'More logs came' }));
  const again = new FileImport(context, book, id);
  await again.begin(FILE);
  await readEvidenceFile(FILE, {
    signal: new AbortController().signal,
    onBatch: (records) => again.add(records),
  });
  await again.end(report);
  expect(again.trouble).toBeNull();
  expect(value(await context.db.call('recordCounts', { incidentId: id })).records).toBe(33);
  const sha256 = createHash('sha256').update(readFileSync(FILE)).digest('hex');
  expect(value(await book.load(id)).state.evidence.map((one) => [one.name, one.sha256])).toEqual([
    ['hour.json', sha256],
  ]);
});
