import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Args } from '../../db/api.ts';
import type { DbClient } from '../../db/client.ts';
import { deniedAfterChange, deniedPrincipals } from '../../main/core/evidence/denied.ts';
import { failingNames } from '../../main/core/evidence/failing-names.ts';
import { groupErrors } from '../../main/core/evidence/group-errors.ts';
import type { LogRecord } from '../../main/core/evidence/model.ts';
import { providerWords } from '../../main/core/evidence/provider-words.ts';
import { type ChangeContext, rankChanges } from '../../main/core/evidence/rank-changes.ts';
import { parseSearch } from '../../main/core/evidence/search.ts';
import { addMinutes, epochMs, instantOf } from '../../main/core/time.ts';
import { createInProcessClient } from '../../db/in-process.ts';
import { INCIDENT, minute, temporaryFolder, value } from '../support/database.ts';
import { TABLES } from '../support/evidence-tables.ts';
import { holds, isOfKind } from '../support/plain-search.ts';
import { storedRecords } from '../support/stored-records.ts';

/* What the store works out from its sums and lists must be what the same records give when each is looked at. */

const calls: readonly (readonly [source: string, name: string])[] = [
  ['ec2.amazonaws.com', 'AuthorizeSecurityGroupIngress'],
  ['iam.amazonaws.com', 'AttachRolePolicy'],
  ['s3.amazonaws.com', 'PutBucketPolicy'],
  ['s3.amazonaws.com', 'GetObject'],
  ['ec2.amazonaws.com', 'CreateTags'],
  ['route53.amazonaws.com', 'ChangeResourceRecordSets'],
  ['rds.amazonaws.com', 'ModifyDBParameterGroup'],
  ['rds.amazonaws.com', 'RebootDBInstance'],
];

const MESSAGE =
  'User: arn:ana is not authorized to perform: s3:GetObject with an explicit deny in a service control policy';

const aRecord = fc.record({
  id: fc.integer({ min: 0, max: 500 }),
  seconds: fc.integer({ min: -5400, max: 900 }),
  call: fc.constantFrom(...calls),
  principal: fc.constantFrom('arn:ana', 'arn:ben', 'role/deploy', ''),
  actor: fc.constantFrom('person', 'role', 'service', 'unknown'),
  region: fc.constantFrom('eu-west-1', 'us-east-1'),
  userAgent: fc.constantFrom('', 'terraform/1.5', 'aws-cli/2'),
  readOnly: fc.constantFrom(true, false, null),
  errorCode: fc.constantFrom(null, null, null, 'AccessDenied', 'Throttling'),
  flags: fc.constantFrom([], [], ['open_to_world'], ['logging_off'], ['provider_issue'], ['delayed_effect']),
  resources: fc.constantFrom([], ['orders'], ['orders', 'arn:aws:s3:::images']),
  detail: fc.constantFrom('', '0.0.0.0/0 on 22'),
});

function logRecord({ id, seconds, call: [source, name], ...rest }: Drawn): LogRecord {
  const at = instantOf(epochMs(minute(0)) + seconds * 1000);
  const own = { account: '111122223333', sourceIp: `192.0.2.${id % 9}` };
  const errorMessage = rest.errorCode === 'AccessDenied' ? MESSAGE : null;
  return {
    ...rest,
    ...own,
    errorMessage,
    id: `r${id}`,
    at,
    source,
    name,
    resources: [...rest.resources],
    flags: [...rest.flags],
  };
}
type Drawn = typeof aRecord extends fc.Arbitrary<infer T> ? T : never;

async function withRecords(
  drawn: readonly Drawn[],
  work: (client: DbClient, kept: readonly LogRecord[]) => Promise<void>,
  files = 3,
): Promise<void> {
  const client = createInProcessClient({ dataDir: temporaryFolder() });
  try {
    await work(client, await storedRecords(client, drawn.map(logRecord), files));
  } finally {
    await client.close();
  }
}

test('ranking, errors and denials are those of all records together', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aRecord, { maxLength: 400 }),
      fc.integer({ min: -1800, max: 100 }),
      fc.constantFrom([], ['s3'], ['ec2']),
      fc.constantFrom(4, 200),
      async (drawn, onsetSeconds, services, limit) => {
        await withRecords(drawn, async (client, kept) => {
          const onset = instantOf(epochMs(minute(0)) + onsetSeconds * 1000 + 400);
          const context = { onset, services, regions: ['eu-west-1'], names: ['Orders are refused'], limit };
          const window = { before: 60, after: 30 };
          const seen = value(
            await client.call('evidenceAround', { incidentId: INCIDENT, context, window, tables: TABLES }),
          );
          const from = addMinutes(onset, -window.before);
          const to = addMinutes(onset, window.after);
          const around = kept.filter(({ at }) => at >= from && at <= to);
          expect(seen.failing).toEqual(failingNames(around, context, TABLES.errors));
          expect(seen.ranked).toEqual(
            rankChanges(around, { ...context, resources: seen.failing }, TABLES.changes),
          );
          const sorted = (groups: typeof seen.errors) =>
            groups.map((group) => ({ ...group, calls: group.calls.toSorted() }));
          expect(sorted(seen.errors)).toEqual(sorted(groupErrors(around, context, TABLES.errors)));
          expect(seen.deniedPrincipals.answer).toBe(deniedPrincipals(around, context, TABLES).answer);
          expect(
            seen.deniedAfterChange.map(({ call, principal, denials }) => [call, principal, denials]),
          ).toEqual(
            deniedAfterChange(around, TABLES).map(({ call, principal, denials }) => [
              call,
              principal,
              denials,
            ]),
          );
          expect(new Set(seen.providerWords.map(({ record }) => record.name))).toEqual(
            new Set(providerWords(around, context).map(({ record }) => record.name)),
          );
        });
      },
    ),
    { numRuns: 40 },
  );
});

const CHANGE: Omit<Drawn, 'id' | 'seconds'> = {
  ...{ call: ['rds.amazonaws.com', 'ModifyDBParameterGroup'], principal: 'arn:ana', actor: 'person' },
  ...{ region: 'eu-west-1', userAgent: '', readOnly: false, errorCode: null, resources: [], detail: '' },
  flags: [],
};

test('of changes in one minute that wait for a restart, those before it are told from those behind it', async () => {
  const waiting: Omit<Drawn, 'id' | 'seconds'> = { ...CHANGE, flags: ['delayed_effect'] };
  const drawn: Drawn[] = [
    { ...waiting, id: 1, seconds: -600 },
    { ...waiting, id: 2, seconds: -598 },
    { ...CHANGE, call: ['rds.amazonaws.com', 'RebootDBInstance'], id: 3, seconds: -590 },
    { ...waiting, id: 4, seconds: -580 },
  ];
  await withRecords(
    drawn,
    async (client, kept) => {
      const context = { onset: minute(0), services: [], regions: [] };
      const seen = value(await client.call('evidenceAround', around(context)));
      expect(seen.ranked).toEqual(rankChanges(kept, context, TABLES.changes));
      const [first] = seen.ranked.filter(({ record }) => record.name === 'ModifyDBParameterGroup');
      expect(first).toMatchObject({ count: 3, record: { id: 'r2' } });
    },
    1,
  );
});

test('a change that touches what fails comes first, however many are nearer to onset', async () => {
  const nearer = Array.from({ length: 20 }, (_, index) => ({
    ...CHANGE,
    id: index,
    seconds: -60 * index - 30,
  }));
  const touching: Drawn = { ...CHANGE, id: 100, seconds: -1500, resources: ['orders'] };
  const denied: Drawn = { ...touching, id: 101, seconds: 60, errorCode: 'AccessDenied' };
  await withRecords([...nearer, touching, denied], async (client, kept) => {
    const context = { onset: minute(0), services: [], regions: [], limit: 3 };
    const seen = value(await client.call('evidenceAround', around(context)));
    expect(seen.failing).toEqual(['orders', 'arn:ana']);
    expect(seen.ranked[0]?.record.id).toBe('r100');
    const resources = seen.failing;
    expect(seen.ranked).toEqual(rankChanges(kept, { ...context, resources }, TABLES.changes));
  });
});

function around(context: ChangeContext): Args<'evidenceAround'> {
  return { incidentId: INCIDENT, context, window: { before: 60, after: 30 }, tables: TABLES };
}

test('a search finds what holds every word in its fields, in the order of time, and the histogram counts every record', async () => {
  const queries = [
    's3',
    'PUTBUCKET',
    'name:get ana',
    'orders',
    'principal:"arn:b"',
    'error:denied',
    '192.0.2.3',
    'ec2 open',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.array(aRecord, { maxLength: 300 }),
      fc.constantFrom(...queries),
      fc.constantFrom(undefined, 'changes' as const, 'errors' as const),
      async (drawn, text, kind) => {
        await withRecords(drawn, async (client, kept) => {
          const filter = { text, kind, from: minute(-60), to: minute(5) };
          const page = value(await client.call('listRecords', { incidentId: INCIDENT, limit: 50, filter }));
          const expected = kept
            .filter((record) => record.at >= filter.from && record.at <= filter.to)
            .filter(
              (record) => isOfKind(record, kind) && parseSearch(text).every((word) => holds(record, word)),
            );
          expect(page.more).toBe(expected.length > 50);
          const times = expected
            .map(({ at }) => at)
            .sort()
            .reverse();
          expect(page.records.map(({ at }) => at)).toEqual(times.slice(0, 50));
          for (const record of page.records) expect(expected).toContainEqual(record);
          expect(new Set(page.records.map(({ id }) => id)).size).toBe(page.records.length);

          const { bars } = value(
            await client.call('recordHistogram', { incidentId: INCIDENT, from: null, to: null, most: 20 }),
          );
          const sum = (of: 'records' | 'changes' | 'errors') =>
            bars.reduce((total, bar) => total + bar[of], 0);
          expect([sum('records'), sum('changes'), sum('errors')]).toEqual([
            kept.length,
            kept.filter((record) => isOfKind(record, 'changes')).length,
            kept.filter((record) => isOfKind(record, 'errors')).length,
          ]);
          expect(bars.length).toBeLessThanOrEqual(21);
        });
      },
    ),
    { numRuns: 60 },
  );
});
