import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RecordFilter, RecordKey, Value } from '../../db/api.ts';
import type { DbClient } from '../../db/client.ts';
import type { LogRecord } from '../../main/core/evidence/model.ts';
import { parseSearch } from '../../main/core/evidence/search.ts';
import { epochMs, instantOf } from '../../main/core/time.ts';
import { INCIDENT, minute, testClient, value } from '../support/database.ts';
import { holds, isOfKind } from '../support/plain-search.ts';
import { storedRecords } from '../support/stored-records.ts';

/* Paging through what a search finds must show what a look at every record finds, each once, newest first, either way. */

const NAMES = ['GetObject', 'PutBucketPolicy', 'AttachRolePolicy', 'Получить'];
const PEOPLE = ['arn:aws:iam::1:user/ana', 'arn:aws:iam::1:user/bénédicte', 'role/deploy_1%'];

/**
 * A thousand records and more: addresses of which each part is in hundreds of others, whole seconds so that many are of one instant, ids
 * of both shapes, and some that are there twice.
 */
function generated(seed: number): LogRecord[] {
  return Array.from({ length: 1300 }, (_, index): LogRecord => {
    const draw = (index * 7919 + seed * 104_729) % 1_000_003;
    const id = index % 3 === 0 ? `request-${draw % 9000}` : `00000000-0000-4000-8000-${hex(draw % 9000, 12)}`;
    return {
      id,
      at: instantOf(epochMs(minute(0)) + (draw % 600) * 1000),
      source: draw % 2 === 0 ? 's3.amazonaws.com' : 'iam.amazonaws.com',
      name: NAMES[draw % NAMES.length] ?? '',
      region: 'eu-west-1',
      account: '1',
      principal: PEOPLE[(draw >> 3) % PEOPLE.length] ?? '',
      actor: 'person',
      sourceIp: `10.0.${draw % 7}.${index % 250}`,
      userAgent: draw % 5 === 0 ? '' : 'aws-cli/2',
      readOnly: [true, false, null][draw % 3] ?? null,
      errorCode: draw % 11 === 0 ? 'AccessDenied' : draw % 13 === 0 ? '' : null,
      errorMessage: draw % 11 === 0 ? (draw % 2 === 0 ? '' : `Not allowed: ${draw % 40}`) : null,
      resources:
        [[], [`bucket-${index % 400}-logs`], ['orders', `bucket-${index % 400}-logs`]][draw % 3] ?? [],
      flags: draw % 17 === 0 ? ['open_to_world'] : [],
      detail: draw % 4 === 0 ? `0.0.0.0/0 on ${draw % 90}` : '',
    };
  });
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0');
}

/** Every page from the newest on, or from the oldest back. */
async function paged(
  client: DbClient,
  filter: RecordFilter,
  { limit, newer }: { readonly limit: number; readonly newer: boolean },
): Promise<{ readonly records: LogRecord[]; readonly keys: RecordKey[] }> {
  const pages: Value<'listRecords'>[] = [];
  let key: RecordKey | undefined = newer ? { at: instantOf(0), number: 0 } : undefined;
  for (let more = true; more;) {
    const beside = newer ? { before: key } : { after: key };
    const page: Value<'listRecords'> = value(
      await client.call('listRecords', { incidentId: INCIDENT, limit, filter, ...beside }),
    );
    if (newer) pages.unshift(page);
    else pages.push(page);
    key = newer ? page.keys[0] : page.keys.at(-1);
    more = page.more;
  }
  return { records: pages.flatMap(({ records }) => records), keys: pages.flatMap(({ keys }) => keys) };
}

const WORDS = [
  ...['10.0.3.41', '10.0.', '.249', '0.5.1', '10.0.6.7 ana', '9.9.9.9'],
  ...['bucket-17-logs', 'bucket-1', 'resource:logs orders', 'orders'],
  ...['ATTACHROLE', 'name:get', 'Получить', 'error:denied', 'not allowed', 'allowed: 1'],
  ...[
    'ana',
    'user/bén',
    'deploy_1%',
    '_1',
    '%',
    'a',
    'aws-cli',
    'principal:aws-cli',
    '"0.0.0.0/0 on 22"',
    'x y z',
  ],
  '',
];

test('the pages of a search are what a scan of every record gives, newest first, whichever way they are turned', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 1000 }),
      fc.constantFrom(1, 3),
      fc.array(
        fc.record({
          text: fc.constantFrom(...WORDS),
          kind: fc.constantFrom(undefined, undefined, 'changes' as const, 'errors' as const),
          from: fc.constantFrom(undefined, minute(2)),
          to: fc.constantFrom(undefined, minute(7)),
          limit: fc.constantFrom(7, 50, 400),
          newer: fc.boolean(),
        }),
        { minLength: 10, maxLength: 14 },
      ),
      async (seed, files, questions) => {
        const client = testClient();
        const kept = await storedRecords(client, generated(seed), files);
        for (const { limit, newer, ...filter } of questions) {
          const { records, keys } = await paged(client, filter, { limit, newer });
          const expected = scanned(kept, filter);
          const byId = (all: readonly LogRecord[]) => all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
          expect(byId(records)).toEqual(byId(expected));
          expect(keys.map(({ at }) => at)).toEqual(records.map(({ at }) => at));
          const isNewestFirst = keys.every((key, index) => {
            const next = keys[index + 1];
            return next === undefined || key.at > next.at || (key.at === next.at && key.number > next.number);
          });
          expect(isNewestFirst).toBe(true);
          const hits = await client.call('recordHits', {
            incidentId: INCIDENT,
            filter,
            most: 120,
            after: null,
          });
          expect(value(hits)).toMatchObject({ found: expected.length, next: null });
        }
        await client.close();
      },
    ),
    { numRuns: 12 },
  );
});

function scanned(kept: readonly LogRecord[], { text = '', kind, from, to }: RecordFilter): LogRecord[] {
  const words = parseSearch(text);
  return kept.filter(
    (record) =>
      isOfKind(record, kind) &&
      (from === undefined || record.at >= from) &&
      (to === undefined || record.at <= to) &&
      words.every((word) => holds(record, word)),
  );
}
