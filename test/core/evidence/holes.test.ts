import { describe, expect, test } from 'vitest';
import { coverageOf, type NamedInLogs } from '../../../main/core/evidence/coverage.ts';
import { denseGaps, type EvidenceHole, holesIn } from '../../../main/core/evidence/holes.ts';
import type { FileReport, LogRecord } from '../../../main/core/evidence/model.ts';
import type { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import { addMinutes } from '../../../main/core/time.ts';
import { aFinding } from '../../support/findings.ts';
import { ONSET, record } from './evidence.ts';

/** A CloudTrail file of one region from and to so many minutes before onset. */
function file(from: number, to: number, fields: Partial<FileReport> = {}): FileReport {
  return {
    file: 'f.json',
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
    window: { from: addMinutes(ONSET, -from), to: addMinutes(ONSET, -to) },
    accounts: ['111122223333'],
    regions: ['us-east-1'],
    notes: [],
    ...fields,
  };
}

function namedIn(records: readonly LogRecord[]): NamedInLogs {
  return { calls: records, names: records.flatMap(({ principal, resources }) => [principal, ...resources]) };
}

function holes(
  files: readonly FileReport[],
  changes: readonly LogRecord[] = [],
  findings: readonly StateFinding[] = [],
  regions: readonly string[] = [],
): EvidenceHole[] {
  const coverage = coverageOf(files, { onset: ONSET, regions, named: namedIn(changes) });
  return holesIn({ onset: ONSET, coverage, files, changes, findings, gaps: [] });
}

const WHOLE = file(120, -60);

test('without holes there are none', () => {
  expect(holes([WHOLE])).toEqual([]);
});

describe('logging that was switched off', () => {
  const off = record(30, {
    source: 'cloudtrail.amazonaws.com',
    name: 'StopLogging',
    flags: ['logging_off'],
    resources: ['arn:aws:cloudtrail:us-east-1:111122223333:trail/main'],
  });

  test('is a hole from then on, with the record that shows it', () => {
    expect(holes([WHOLE], [off])).toEqual([
      {
        kind: 'logging_stopped',
        title: 'Logging was switched off',
        detail:
          'StopLogging of main by bob at 09:00 UTC: less is logged from there on. It is not seen to be switched on again.',
        from: off.at,
        to: null,
        answers: true,
        recordIds: [off.id],
        findingIds: [],
      },
    ]);
  });

  test('ends where it is switched on again, and is over when that was long before onset', () => {
    const on = record(20, {
      source: 'cloudtrail.amazonaws.com',
      name: 'StartLogging',
      flags: ['logging_on'],
    });
    expect(holes([WHOLE], [off, on])[0]).toMatchObject({
      title: 'Logging was off for a time',
      to: on.at,
      answers: true,
      recordIds: [off.id, on.id],
    });
    const early = { ...off, at: addMinutes(ONSET, -500) };
    const soon = { ...on, at: addMinutes(ONSET, -480) };
    expect(holes([WHOLE], [early, soon])[0]).toMatchObject({ answers: false });
  });

  test('is none when the call failed or came long after', () => {
    expect(holes([WHOLE], [{ ...off, errorCode: 'AccessDenied' }])).toEqual([]);
    expect(holes([WHOLE], [{ ...off, at: addMinutes(ONSET, 300) }])).toEqual([]);
  });
});

test('a stop that both the log and the status of the trail tell of is one hole', () => {
  const off = record(30, { name: 'StopLogging', flags: ['logging_off'] });
  const trail = aFinding({ id: 'trail', pattern: 'logging_off', control: 'IsLogging', since: off.at });
  expect(holes([WHOLE], [off], [trail])).toMatchObject([{ recordIds: [off.id], findingIds: ['trail'] }]);
});

test('the state of a trail and of a recorder are holes, with the finding that shows them', () => {
  const trail = aFinding({
    id: 'trail',
    pattern: 'logging_off',
    product: 'AWS CloudTrail',
    control: 'IsLogging',
    title: 'The trail does not log',
    detail: 'Last file delivered at 09:00.',
    resource: '',
    since: addMinutes(ONSET, -25),
  });
  const recorder = aFinding({
    id: 'recorder',
    source: 'aws_config_recorder',
    pattern: 'logging_off',
    product: 'AWS Config',
    severity: 'medium',
    title: 'The recorder default is off',
    detail: '',
    resource: 'default',
  });
  const data = aFinding({
    id: 'data',
    pattern: 'logging_off',
    severity: 'info',
    title: 'The trail logs no data events',
    control: 'DataEvents',
  });
  const fine = aFinding({ id: 'fine', pattern: 'logging_off', status: 'passing' });
  const found = holes([WHOLE], [], [data, recorder, trail, fine]);
  expect(
    found.map(({ kind, detail, answers, findingIds }) => [kind, detail, answers, findingIds.join()]),
  ).toEqual([
    ['recorder_off', 'AWS Config (default).', true, 'recorder'],
    [
      'logging_stopped',
      'AWS CloudTrail since 2026-03-04 09:05 UTC. Last file delivered at 09:00.',
      true,
      'trail',
    ],
    ['narrowed', 'Prowler 5.4.0 (orders). Bucket orders is open to everyone.', false, 'data'],
  ]);
});

describe('gaps', () => {
  test('between files near onset answer that logs are missing; others do not', () => {
    expect(holes([file(120, 50), file(10, -60)])).toMatchObject([
      { kind: 'delivery_gap', title: 'A gap in the logs', answers: true, from: addMinutes(ONSET, -50) },
    ]);
    expect(holes([file(1400, 900), file(800, -60)])).toMatchObject([{ answers: false }]);
  });

  test('in one region, while another goes on, are seen', () => {
    const steady = Array.from({ length: 30 }, (_x, i) => file(125 - i * 5, 121 - i * 5));
    const broken = steady
      .filter((_x, i) => i < 12 || i > 20)
      .map((one) => ({ ...one, regions: ['eu-west-1'] }));
    const [hole] = holes([...steady, ...broken]);
    expect(hole).toMatchObject({
      title: 'A gap in the logs of eu-west-1',
      answers: true,
      from: addMinutes(ONSET, -66),
      to: addMinutes(ONSET, -20),
    });
    expect(holes(steady)).toEqual([]);
  });

  test('within one dense file are seen by its minutes, not within a quiet one', () => {
    const from = addMinutes(ONSET, -60);
    const dense = Array.from({ length: 60 }, (_x, i) => (i >= 30 && i < 37 ? 0 : 4));
    expect(denseGaps(dense, from)).toEqual([{ from: addMinutes(ONSET, -30), to: addMinutes(ONSET, -23) }]);
    expect(
      denseGaps(
        dense.map((count, i) => (i % 2 === 0 ? count : 0)),
        from,
      ),
    ).toEqual([]);
    expect(denseGaps(dense.slice(0, 20), from)).toEqual([]);
    expect(denseGaps([], from)).toEqual([]);
  });
});

test('what the files do not reach: time, regions, global services, accounts, pages, what could not be read', () => {
  const files = [
    file(30, -60, {
      regions: ['eu-west-1'],
      rejected: 3,
      notes: ['This may be the first page only: there were more events than were saved.'],
    }),
    file(0, 0, { file: 'x/y.bin', recognisedAs: null, window: null, regions: [], accounts: [] }),
  ];
  const change = record(5, { resources: ['arn:aws:iam::444455556666:role/other'] });
  expect(
    holes(files, [change], [], ['eu-west-1', 'ap-south-1']).map(({ kind, title }) => [kind, title]),
  ).toEqual([
    ['window', 'The logs begin late'],
    ['region', 'No logs of ap-south-1'],
    ['region', 'No logs of global services'],
    ['account', 'No logs of 1 account that take part'],
    ['truncated', 'f.json may be incomplete'],
    ['unreadable', '1 file not recognised'],
    ['unreadable', '3 records not readable'],
  ]);
  expect(holes([file(120, 10)])).toMatchObject([{ kind: 'window', title: 'The logs end before onset' }]);
});

test('which kinds of events there are is said as far as records show it', () => {
  const sentence =
    'No data events are seen: reads and writes of objects, items and functions are not in these logs.';
  const of = (records: readonly LogRecord[]): readonly string[] =>
    coverageOf([WHOLE], { onset: ONSET, regions: [], named: namedIn(records) }).sentences;
  expect(of([record(5)])).toContain(sentence);
  expect(of([record(5), record(5, { name: 'GetObject', readOnly: true })])).not.toContain(sentence);
  expect(of([])).not.toContain(sentence);
});
