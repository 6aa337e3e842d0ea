import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { structIn } from '../../../main/adapters/evidence/struct-text.ts';
import { coverageOf } from '../../../main/core/evidence/coverage.ts';
import { Instant } from '../../../main/core/time.ts';
import { FIXTURES, readAll, readBytesAsFile } from './reading.ts';

test('rows of a query are read as the events they tell of, whatever form their cells have', async () => {
  const { records, report } = await readAll(path.join(FIXTURES, 'cloudtrail-lake.json'));
  expect(records).toMatchObject([
    {
      id: '5c1de6f0-0a5e-4d0c-9d36-1f0d6a0c1a01',
      at: '2026-03-04T09:26:48.000Z',
      name: 'DeleteRolePolicy',
      account: '111122223333',
      principal: 'arn:aws:iam::111122223333:role/Operator',
      readOnly: false,
      resources: ['orders-api', 'read-orders'],
    },
    { name: 'PutBucketPolicy', flags: ['public_principal'], detail: 'allows every principal' },
  ]);
  expect(report).toMatchObject({ recognisedAs: 'cloudtrail_lake', records: 2, rejected: 0 });
  expect(report.notes).toEqual([
    'Left out knowingly (1): rows without the time, name or source of an event.',
    'The answer of a query: it shows what was asked for, and no more. That nothing else was changed does not follow.',
  ]);
});

test('the answer of a query covers nothing, since nobody knows what it left out', async () => {
  const { report } = await readAll(path.join(FIXTURES, 'cloudtrail-lake.json'));
  const onset = Instant.parse('2026-03-04T09:30:00.000Z');
  expect(coverageOf([report], { onset, regions: [] })).toMatchObject({ window: null, complete: false });
});

test('a table of such rows is read too, with its denial', async () => {
  const { records, report } = await readAll(path.join(FIXTURES, 'cloudtrail-lake.csv'));
  expect(report.recognisedAs).toBe('cloudtrail_lake');
  expect(records).toMatchObject([
    {
      at: '2026-03-04T09:30:03.000Z',
      errorCode: 'AccessDenied',
      principal: 'arn:aws:iam::111122223333:role/orders-api',
    },
  ]);
});

test.each([
  [
    'a list',
    '[{"eventname":"GetRole","eventsource":"iam.amazonaws.com","eventtime":"2026-03-04 09:00:00.000"}]',
  ],
  ['lines', '{"eventname":"GetRole","eventsource":"iam.amazonaws.com","eventtime":"2026-03-04T09:00:00Z"}\n'],
])('objects with the small letters of SQL are read: %s', async (_what, text) => {
  const { records, report } = await readBytesAsFile(text);
  expect(report.recognisedAs).toBe('cloudtrail_lake');
  expect(records).toMatchObject([{ name: 'GetRole', at: '2026-03-04T09:00:00.000Z' }]);
});

test('a query that was cut short or failed is said to be', async () => {
  const statistics = { ResultsCount: 1, TotalResultsCount: 9 };
  const { report } = await readBytesAsFile(
    JSON.stringify({ QueryStatus: 'TIMED_OUT', QueryStatistics: statistics, QueryResultRows: [] }),
  );
  expect(report.recognisedAs).toBe('cloudtrail_lake');
  expect(report.notes).toEqual(
    expect.arrayContaining([
      'The query had not ended well: its status is TIMED_OUT.',
      'This may be the first page only: there were more rows than were saved.',
    ]),
  );
});

describe('a struct as SQL prints it', () => {
  test.each<[string, unknown]>([
    ['{}', {}],
    ['{a=1, b=null, c={d=x, e={f=y}}}', { a: '1', b: null, c: { d: 'x', e: { f: 'y' } } }],
    [
      '[{arn=arn:aws:s3:::one, type=AWS::S3::Bucket}, {arn=two}]',
      [{ arn: 'arn:aws:s3:::one', type: 'AWS::S3::Bucket' }, { arn: 'two' }],
    ],
    [
      '{policy={"Statement":[{"Action":["a","b"]}]}, name=x}',
      { policy: { Statement: [{ Action: ['a', 'b'] }] }, name: 'x' },
    ],
    ['{text=one, two and three, name=x}', { text: 'one, two and three', name: 'x' }],
    ['{"plain":"json"}', { plain: 'json' }],
    ['not a struct', undefined],
    ['{no sign of a field}', undefined],
    ['{a=1', undefined],
  ])('%s', (text, value) => {
    expect(structIn(text)).toEqual(value);
  });

  test('of a name that every object has, nothing is set', () => {
    const value = structIn('{__proto__={polluted=yes}, a=1}');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'a']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('what is nested too deeply stays text', () => {
    const deep = `${'{a='.repeat(2_000)}x${'}'.repeat(2_000)}`;
    expect(JSON.stringify(structIn(deep)).length).toBeLessThan(deep.length * 2);
  });
});
