import { expect, test } from 'vitest';
import { EvidenceId } from '../../main/core/ids.ts';
import type { LogRecord } from '../../main/core/evidence/model.ts';
import { addMinutes, Instant } from '../../main/core/time.ts';
import { customerSide } from '../../main/services/customer-side.ts';
import { declareIncident } from '../../main/services/incidents.ts';
import { record } from '../core/evidence/evidence.ts';
import { value } from '../support/database.ts';
import { aFinding } from '../support/findings.ts';
import { testServices } from '../support/services.ts';

const onset = Instant.parse('2026-03-04T09:30:00.000Z');

/** Two calls in each minute from two hours before onset to one after it, but none in the given minutes. */
function steady(except: (minute: number) => boolean): LogRecord[] {
  return Array.from({ length: 360 }, (_x, index) => 120 - index / 2)
    .filter((before) => !except(Math.floor(before)))
    .map((before) => record(before, { readOnly: true, name: 'ListBuckets' }));
}

async function sideOf(records: readonly LogRecord[], findings = [aFinding()]) {
  const { context, book } = await testServices();
  const scope = { provider: 'aws' as const, services: ['s3'], regions: ['eu-west-1'], severity: 2 as const };
  const words = { title: 'Orders are refused', workload: '', lead: 'A. Ruiz' };
  const { row } = value(await declareIncident(context, book, { ...scope, ...words, onset }));
  const fileId = EvidenceId.parse('file-1');
  const file = { fileId, incidentId: row.id, name: 'f.json', sha256: 'a'.repeat(64), size: 9 };
  value(await context.db.call('startImport', file));
  value(await context.db.call('insertRecords', { fileId, records }));
  value(await context.db.call('insertFindings', { fileId, findings }));
  const report = {
    file: 'f.json',
    sha256: file.sha256,
    size: 9,
    recognisedAs: 'cloudtrail_records',
    records: records.length,
    duplicates: 0,
    rejected: 0,
    findings: findings.length,
    failing: findings.length,
    scanned: null,
    rejects: [],
    window: { from: addMinutes(onset, -120), to: addMinutes(onset, 59.5) },
    accounts: ['111122223333'],
    regions: ['eu-west-1', 'us-east-1'],
    notes: [],
  };
  value(await context.db.call('finishImport', { fileId, report }));
  return value(await customerSide(context, book, row.id));
}

test('a gap within one dense file is seen and answers that logs are missing', async () => {
  const side = await sideOf(steady((before) => before >= 20 && before < 29));
  expect(side.holes.map(({ kind, from, to, answers }) => [kind, from, to, answers])).toEqual([
    ['delivery_gap', '2026-03-04T09:02:00.000Z', '2026-03-04T09:10:00.000Z', true],
  ]);
  const suggestion = side.suggestions.find(({ check }) => check === 'logging_gap');
  expect(suggestion).toMatchObject({ answers: ['yes'], recordIds: [], findingIds: [] });
  expect(suggestion?.why).toBe(
    'Nothing is in the files between 09:02 and 09:10 UTC (8 minutes), where every other minute is full: files are missing, or nothing was delivered.',
  );
});

test('a log without a gap has no hole, and says so', async () => {
  const side = await sideOf(steady(() => false));
  expect(side.holes).toEqual([]);
  expect(side.suggestions.find(({ check }) => check === 'logging_gap')).toMatchObject({ answers: ['no'] });
});

test('a trail whose status says that it is off is a hole, with the finding behind it', async () => {
  const trail = aFinding({
    id: 'trail',
    pattern: 'logging_off',
    control: 'IsLogging',
    title: 'The trail does not log',
    since: addMinutes(onset, -10),
  });
  const side = await sideOf(
    steady(() => false),
    [trail],
  );
  expect(side.holes).toMatchObject([{ kind: 'logging_stopped', answers: true, findingIds: ['trail'] }]);
  const suggestion = side.suggestions.find(({ check }) => check === 'logging_gap');
  expect(suggestion).toMatchObject({ answers: ['yes'], findingIds: ['trail'] });
});

test('what was looked at is told, and what the provider reports of itself comes along', async () => {
  const health = record(2, { name: 'AWS_S3_OPERATIONAL_ISSUE', flags: ['provider_issue'] });
  const side = await sideOf([record(30), record(5), health]);
  expect(side.providerWordsFound).toEqual({ all: 1, fitting: 1, other: 0 });
  expect(side.looked).toEqual({ from: addMinutes(onset, -24 * 60), to: addMinutes(onset, 60), records: 3 });
  expect(side.changesRanked).toEqual({ count: 2, isAll: true });
  expect(side.providerWords.map((word) => [word.record.name, word.matches])).toEqual([
    ['AWS_S3_OPERATIONAL_ISSUE', true],
  ]);
  // Nothing can be said of a time that is in no file.
  const earlier = await sideOf([record(3 * 24 * 60)]);
  expect(earlier.looked.records).toBe(0);
  expect(earlier.changes).toEqual([]);
});

test('of many words of the provider all are counted, also those that are not listed', async () => {
  const words = Array.from({ length: 60 }, (_, at) =>
    record(at + 1, {
      name: 'AWS_S3_OPERATIONAL_ISSUE',
      flags: [at % 3 === 2 ? 'delivery_outage' : 'provider_issue'],
      ...(at % 3 === 1 && { region: 'ap-south-2' }),
    }),
  );
  const side = await sideOf(words);
  expect(side.providerWordsFound).toEqual({ all: 60, fitting: 20, other: 20 });
  expect(side.providerWords.every(({ matches }) => matches)).toBe(true);
});
