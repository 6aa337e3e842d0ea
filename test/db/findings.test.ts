import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FindingPage } from '../../db/findings-api.ts';
import type { DbClient } from '../../db/client.ts';
import { EvidenceId } from '../../main/core/ids.ts';
import type { StateFinding } from '../../main/core/evidence/state-finding.ts';
import { aFinding } from '../support/findings.ts';
import { giveUpImport, insertFindings, removeGivenUp, startImport } from '../../db/queries/evidence-files.ts';
import { runOperation } from '../../db/operations.ts';
import {
  INCIDENT,
  appendNotes,
  minute,
  note,
  summary,
  testClient,
  testStore,
  value,
} from '../support/database.ts';

const NOTHING = {
  rejected: 0,
  rejects: [],
  window: null,
  scanned: null,
  accounts: [],
  regions: [],
  notes: [],
};

async function begin(client: DbClient, letter: string, findings: readonly StateFinding[]) {
  const fileId = EvidenceId.parse(`file-${letter}`);
  const name = `${letter}.json`;
  const sha256 = letter.repeat(64);
  value(await client.call('startImport', { fileId, incidentId: INCIDENT, name, sha256, size: 9 }));
  value(await client.call('insertFindings', { fileId, findings }));
  const counts = { records: 0, duplicates: 0, findings: findings.length, failing: 0 };
  const report = { file: name, sha256, size: 9, recognisedAs: 'prowler_ocsf', ...counts, ...NOTHING };
  return { fileId, report };
}

async function imported(client: DbClient, letter: string, findings: readonly StateFinding[]): Promise<void> {
  value(await client.call('finishImport', await begin(client, letter, findings)));
}

async function standing(client: DbClient, query = {}): Promise<readonly StateFinding[]> {
  return value(await client.call('listFindings', { incidentId: INCIDENT, limit: 100, ...query })).findings;
}

async function ready(): Promise<DbClient> {
  const client = testClient();
  await appendNotes(client, 1);
  return client;
}

test('findings are seen when their file is finished, not before, and come back as they were', async () => {
  const client = await ready();
  const finding = aFinding({ id: 'a', seenAt: minute(-5), since: minute(-30), resource: 'arn:aws:s3:::x' });
  const undated = aFinding({ id: 'b', seenAt: null, since: null });
  const started = await begin(client, 'a', [finding, undated]);
  expect(await standing(client)).toEqual([]);
  value(await client.call('finishImport', started));
  expect(await standing(client)).toEqual([finding, undated]);
});

test('of one id the newest look stands, whichever file came first', async () => {
  const client = await ready();
  const early = aFinding({ id: 'a', seenAt: minute(-60), status: 'passing' });
  const late = aFinding({ id: 'a', seenAt: minute(-5), status: 'failing' });
  await imported(client, 'b', [late]);
  await imported(client, 'a', [early, aFinding({ id: 'only-early', seenAt: minute(-60) })]);
  expect((await standing(client)).map(({ id, status }) => [id, status])).toEqual([
    ['a', 'failing'],
    ['only-early', 'failing'],
  ]);
  const latest = aFinding({ id: 'a', seenAt: minute(0), status: 'passing' });
  await imported(client, 'c', [aFinding({ id: 'a', seenAt: minute(-1) }), latest]);
  expect((await standing(client, { status: 'passing' })).map(({ id }) => id)).toEqual(['a']);
});

test('what an import that is given up brought is gone, and what it would have replaced still stands', async () => {
  const client = await ready();
  const kept = aFinding({ id: 'a', seenAt: minute(-60) });
  await imported(client, 'a', [kept]);
  const { fileId } = await begin(client, 'b', [
    aFinding({ id: 'a', seenAt: minute(-1) }),
    aFinding({ id: 'b' }),
  ]);
  value(await client.call('abandonImport', { fileId }));
  expect(await standing(client)).toEqual([kept]);
});

test('the next file, which gets the number of one that was given up, does not get its findings', async () => {
  const store = await testStore();
  const begun = (letter: string) =>
    value(
      startImport(store.db, {
        ...{ fileId: EvidenceId.parse(`file-${letter}`), incidentId: INCIDENT, name: letter },
        ...{ sha256: letter.repeat(64), size: 9 },
      }),
    );
  value(
    await runOperation(store, 'appendEntries', {
      ...{
        incidentId: INCIDENT,
        expectedCount: 0,
        drafts: [note('declared', minute(0))],
        summary: summary(),
      },
    }),
  );
  begun('a');
  const fileId = EvidenceId.parse('file-a');
  value(insertFindings(store.db, { fileId, findings: [aFinding()] }));
  value(giveUpImport(store.db, { fileId }));
  while (removeGivenUp(store.db));
  begun('b');
  const left = store.db.prepare('SELECT count(*) FROM state_finding').pluck().get();
  expect([left, value(await runOperation(store, 'findingCounts', { incidentId: INCIDENT })).failing]).toEqual(
    [0, 0],
  );
});

test('failing ones come first, dated before undated, worst before mild; pages and filters go together', async () => {
  const client = await ready();
  const findings = [
    aFinding({ id: 'passing', status: 'passing', severity: 'critical', since: minute(-1) }),
    aFinding({ id: 'low', severity: 'low' }),
    aFinding({ id: 'critical', severity: 'critical', pattern: 'open_port', detail: '100%_ open' }),
    aFinding({ id: 'dated', severity: 'low', since: minute(-1) }),
    aFinding({ id: 'unknown', status: 'unknown' }),
  ];
  await imported(client, 'a', findings);
  const ids = (await standing(client)).map(({ id }) => id);
  expect(ids.slice(0, 3)).toEqual(['dated', 'critical', 'low']);
  const first = value(await client.call('listFindings', { incidentId: INCIDENT, limit: 1 }));
  const after = first.next ?? undefined;
  const page = value(await client.call('listFindings', { incidentId: INCIDENT, after, limit: 2 }));
  expect(page.findings.map(({ id }) => id)).toEqual(['critical', 'low']);
  expect((await standing(client, { text: '0%_' })).map(({ id }) => id)).toEqual(['critical']);
  expect((await standing(client, { pattern: 'open_port', status: 'passing' })).length).toBe(0);
  expect(value(await client.call('findingCounts', { incidentId: INCIDENT }))).toEqual({
    failing: 3,
    passing: 1,
    unknown: 1,
    patterns: [
      { pattern: 'public_storage', count: 2 },
      { pattern: 'open_port', count: 1 },
    ],
  });
});

test('a finding is found by its id, and one of another incident or none is not', async () => {
  const client = await ready();
  const finding = aFinding({ id: 'a' });
  await imported(client, 'a', [finding]);
  expect(value(await client.call('getFinding', { incidentId: INCIDENT, findingId: 'a' }))).toEqual(finding);
  const missing = await client.call('getFinding', { incidentId: INCIDENT, findingId: 'b' });
  expect(missing).toMatchObject({ ok: false, error: { code: 'not_found' } });
  const fileId = EvidenceId.parse('never-begun');
  expect(await client.call('insertFindings', { fileId, findings: [finding] })).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  });
});

test('two things of one id in one look are both kept, the same thing twice is one', async () => {
  const client = await ready();
  const first = aFinding({ id: 'a', resource: 'user/ana', detail: 'key 1' });
  await imported(client, 'a', [first, aFinding({ id: 'a', resource: 'user/ana', detail: 'key 2' }), first]);
  expect((await standing(client)).map(({ id, detail }) => [id, detail])).toEqual([
    ['a', 'key 1'],
    ['a#2', 'key 2'],
  ]);
});

test('a history dates a finding that only states, whichever file came first', async () => {
  const finding = aFinding({ id: 'a', seenAt: minute(-5), since: null });
  const turned = aFinding({ id: 'a', seenAt: minute(-40), since: minute(-40), title: 'turned' });
  for (const order of [
    [finding, turned],
    [turned, finding],
  ]) {
    const client = await ready();
    for (const [at, one] of order.entries()) await imported(client, at === 0 ? 'a' : 'b', [one]);
    expect(await standing(client)).toEqual([{ ...finding, since: minute(-40) }]);
  }
});

test('what passed in an earlier look says so, and is dated when the looks are near each other', async () => {
  const passed = (minutes: number) => aFinding({ id: 'a', status: 'passing', seenAt: minute(minutes) });
  const failed = aFinding({ id: 'a', seenAt: minute(-5), detail: 'open' });
  const turned = async (earlier: StateFinding): Promise<StateFinding | undefined> => {
    const client = await ready();
    await imported(client, 'a', [earlier]);
    await imported(client, 'b', [failed]);
    return (await standing(client))[0];
  };
  expect(await turned(passed(-65))).toMatchObject({
    since: minute(-5),
    detail: expect.stringMatching(/^passed when looked at \d{4}-\d\d-\d\d \d\d:\d\d UTC; open$/) as string,
  });
  expect(await turned(passed(-300))).toMatchObject({
    since: null,
    detail: expect.stringContaining('passed when') as string,
  });
  expect(await turned(aFinding({ id: 'a', seenAt: minute(-65) }))).toMatchObject({
    since: null,
    detail: 'open',
  });
});

test('page after page gives every finding once, in the order of one page of all, also among those that share everything but their ids', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          status: fc.constantFrom('failing', 'passing', 'unknown'),
          severity: fc.constantFrom('critical', 'low', 'unknown'),
          pattern: fc.constantFrom('public_storage', 'other'),
          resource: fc.constantFrom('', 'orders'),
          since: fc.constantFrom(null, minute(-1)),
        }),
        { maxLength: 40 },
      ),
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom(undefined, 'failing' as const),
      async (drawn, limit, status) => {
        const client = await ready();
        await imported(
          client,
          'a',
          drawn.map((fields, index) => aFinding({ ...fields, id: `f${index}` })),
        );
        const whole = await standing(client, { status });
        const paged: StateFinding[] = [];
        for (let after: number | null | undefined; after !== null;) {
          const query = { incidentId: INCIDENT, status, limit, after };
          const page: FindingPage = value(await client.call('listFindings', query));
          expect(page.findings.length).toBe(Math.min(limit, whole.length - paged.length));
          paged.push(...page.findings);
          after = page.next;
        }
        expect(paged).toEqual(whole);
      },
    ),
    { numRuns: 25 },
  );
});
