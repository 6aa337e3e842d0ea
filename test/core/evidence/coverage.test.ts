import { expect, test } from 'vitest';
import { coverageOf, noChangeSeen } from '../../../main/core/evidence/coverage.ts';
import type { FileReport } from '../../../main/core/evidence/model.ts';
import { Instant } from '../../../main/core/time.ts';

const at = (clock: string, day = '2023-07-10'): Instant => Instant.parse(`${day}T${clock}:00.000Z`);

function report(from: string, to: string, fields: Partial<FileReport> = {}): FileReport {
  return {
    file: 'f',
    sha256: '',
    size: 1,
    recognisedAs: 'cloudtrail_records',
    records: 1,
    duplicates: 0,
    rejected: 0,
    findings: 0,
    failing: 0,
    scanned: null,
    rejects: [],
    window: { from: at(from), to: at(to) },
    accounts: ['111122223333'],
    regions: ['us-east-1'],
    notes: [],
    ...fields,
  };
}

const CONTEXT = { onset: at('12:23'), regions: ['us-east-1'] };

test('files are put together into what they cover', () => {
  const reports = [
    report('11:10', '11:50'),
    report('11:49', '12:38', { regions: ['us-east-1', 'eu-west-1'] }),
  ];
  expect(coverageOf(reports, CONTEXT)).toEqual({
    window: { from: at('11:10'), to: at('12:38') },
    accounts: ['111122223333'],
    regions: ['eu-west-1', 'us-east-1'],
    gaps: [],
    complete: true,
    missingRegions: [],
    missingAccounts: [],
    lacksGlobal: false,
    events: 'not_known',
    sentences: [
      'The files cover 2023-07-10, 11:10 to 12:38 UTC, account 111122223333, regions eu-west-1 and us-east-1.',
    ],
  });
});

test('no change is only ever not seen, in a window and a region', () => {
  const coverage = coverageOf([report('11:42', '12:38')], CONTEXT);
  expect(noChangeSeen(coverage)).toBe(
    'No change seen between 11:42 and 12:38 UTC in us-east-1. Other regions were not in these files.',
  );
  expect(noChangeSeen(coverageOf([], CONTEXT))).toBe('No records were read: nothing is known about changes.');
});

test.each<[string, readonly FileReport[], readonly string[], string]>([
  [
    'files that begin late',
    [report('11:42', '12:38')],
    ['us-east-1'],
    'They begin only 41 minutes before onset: earlier changes are not in them.',
  ],
  [
    'files that begin after onset',
    [report('12:30', '12:38')],
    ['us-east-1'],
    'They begin after onset: no change before onset can be seen in them.',
  ],
  [
    'files that end before onset',
    [report('10:00', '12:01')],
    ['us-east-1'],
    'They end 22 minutes before onset: what happened after 12:01 UTC is not in them.',
  ],
  [
    'a hole between files',
    [report('10:00', '11:40'), report('12:10', '12:38')],
    ['us-east-1'],
    'Nothing is in them between 11:40 and 12:10 UTC (30 minutes): a hole in the log, or a quiet time.',
  ],
  [
    'a failing region that is missing',
    [report('10:00', '12:38')],
    ['eu-west-1'],
    'eu-west-1 fails and is not in these files.',
  ],
  [
    'no file of the global services',
    [report('10:00', '12:38', { regions: ['eu-west-1'] })],
    ['eu-west-1'],
    'Changes of IAM, Route 53 and CloudFront are logged in us-east-1, which is not in these files.',
  ],
  [
    'a file that nothing knows',
    [report('10:00', '12:38'), report('10:00', '10:00', { recognisedAs: null, window: null })],
    [],
    '1 file could not be recognised.',
  ],
  [
    'records that could not be read',
    [report('10:00', '12:38', { rejected: 3 })],
    [],
    '3 records could not be read.',
  ],
])('what is left open is said: %s', (_case, reports, regions, sentence) => {
  expect(coverageOf(reports, { ...CONTEXT, regions }).sentences).toContain(sentence);
});

test.each<[string, readonly FileReport[], readonly string[], boolean]>([
  ['an hour before onset without a gap', [report('11:00', '12:38')], ['us-east-1'], true],
  ['less than an hour', [report('11:42', '12:38')], ['us-east-1'], false],
  ['a gap in the hour', [report('10:00', '11:40'), report('12:10', '12:38')], ['us-east-1'], false],
  ['a gap before the hour', [report('09:00', '10:00'), report('11:00', '12:38')], ['us-east-1'], true],
  ['a region missing', [report('10:00', '12:38')], ['eu-west-1'], false],
  ['nothing', [], [], false],
])('is complete or not: %s', (_case, reports, regions, complete) => {
  expect(coverageOf(reports, { ...CONTEXT, regions }).complete).toBe(complete);
});

test('windows over midnight are told with their dates', () => {
  const over = report('00:00', '00:00', { window: { from: at('23:00', '2023-07-09'), to: at('12:38') } });
  expect(noChangeSeen(coverageOf([over], CONTEXT))).toBe(
    'No change seen between 2023-07-09 23:00 and 2023-07-10 12:38 UTC in us-east-1. Other regions were not in these files.',
  );
});

test('events of a cluster say nothing about changes, whatever they cover', () => {
  const events = report('11:10', '12:38', { recognisedAs: 'kubernetes_events', accounts: [], regions: [] });
  expect(coverageOf([events], CONTEXT)).toEqual({
    window: null,
    accounts: [],
    regions: [],
    gaps: [],
    complete: false,
    missingRegions: ['us-east-1'],
    missingAccounts: [],
    lacksGlobal: false,
    events: 'not_known',
    sentences: [
      'These files tell what befell single things, not all that was changed: no log of changes is among them.',
    ],
  });
});

test.each([
  ['azure_activity_list', 'westeurope', true],
  ['azure_activity_list', 'eu-west-1', false],
  ['google_audit', 'europe-west1', true],
  ['google_audit', 'westeurope', false],
  ['cloudtrail_records', 'eu-west-1', false],
])('%s without a word of %s: complete is %s', (recognisedAs, region, complete) => {
  const reports = [report('11:10', '12:38', { recognisedAs, regions: [] })];
  const coverage = coverageOf(reports, { onset: at('12:23'), regions: [region] });
  expect(coverage.complete).toBe(complete);
  expect(coverage.sentences.some((sentence) => sentence.includes('Route 53'))).toBe(
    recognisedAs === 'cloudtrail_records',
  );
});

test('of many gaps those of the day before onset and the longest are told, and how many more there are', () => {
  const days = [
    '2023-06-01',
    '2023-06-02',
    '2023-06-20',
    '2023-07-01',
    '2023-07-02',
    '2023-07-09',
    '2023-07-10',
  ];
  const reports = days.map((day) =>
    report('12:00', '12:30', { window: { from: at('12:00', day), to: at('12:30', day) } }),
  );
  const { gaps, sentences } = coverageOf(reports, CONTEXT);
  expect(gaps).toHaveLength(6);
  expect(sentences.filter((sentence) => /hole in the log|more gap/.test(sentence))).toEqual([
    'Nothing is in them between 2023-06-02 12:30 and 2023-06-20 12:00 UTC (17 d 23 h): a hole in the log, or a quiet time.',
    'Nothing is in them between 2023-06-20 12:30 and 2023-07-01 12:00 UTC (10 d 23 h): a hole in the log, or a quiet time.',
    'Nothing is in them between 2023-07-09 12:30 and 2023-07-10 12:00 UTC (23 h 30 min): a hole in the log, or a quiet time.',
    '3 more gaps like these in the files.',
  ]);
});
