import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { runOperation } from '../../../db/operations.ts';
import { bodyBytes, entryHash, genesis, nextHlc } from '../../../db/trail/chain.ts';
import type { ChainLink } from '../../../db/trail/verify.ts';
import { verifyChain } from '../../../db/trail/verify.ts';
import { instantOf } from '../../../main/core/time.ts';
import { WriterId } from '../../../main/core/trail/model.ts';
import { INCIDENT, minute, note, summary, testStore, value } from '../../support/database.ts';

const WRITER = WriterId.parse(`w-${'0'.repeat(32)}`);
const COUNT = 200;
let chain: ChainLink[];

beforeAll(() => {
  chain = madeChain(COUNT);
});

function madeChain(count: number, text = 'note'): ChainLink[] {
  const links: ChainLink[] = [];
  let prev = genesis(INCIDENT, WRITER);
  let hlc: string | null = null;
  for (let seq = 1; seq <= count; seq += 1) {
    const columns = { at: minute(seq), offsetMinutes: 120, actor: 'A. Ruiz', type: 'note.added' };
    hlc = nextHlc(hlc, columns.at);
    const { offsetMinutes: offset, ...rest } = columns;
    const data = { text: `${text} ${seq}` };
    const bytes = bodyBytes({ v: 1, incident: INCIDENT, writer: WRITER, seq, hlc, offset, ...rest, data });
    const hash = entryHash(prev, bytes);
    links.push({ seq, bytes, prev, hash, columns: { hlc, ...columns } });
    prev = hash;
  }
  return links;
}

function verified(entries: readonly ChainLink[], known: Parameters<typeof verifyChain>[1] = {}) {
  const { state, at, entries: count } = verifyChain({ incidentId: INCIDENT, writer: WRITER, entries }, known);
  return { state, at, count };
}

function headAt(count: number) {
  return { count, head: Buffer.from(chain[count - 1]?.hash ?? []).toString('hex') };
}

function flipped(bytes: Uint8Array, position: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(position) ^ (1 << (position % 8)), position);
  return copy;
}

test('a whole chain is valid with an outside anchor and says so when there is none', () => {
  expect(verified(chain)).toEqual({ state: 'valid_no_anchor', at: undefined, count: COUNT });
  expect(verified(chain, { anchor: headAt(120) })).toEqual({ state: 'valid', at: undefined, count: COUNT });
  expect(verified(chain, { highWater: [headAt(COUNT)] }).state).toBe('valid_no_anchor');
});

test('every flipped byte of hash, previous hash and body is found at its entry', () => {
  const missed: string[] = [];
  const copy = [...chain];
  for (const [index, link] of chain.entries()) {
    // Every byte of the first ten entries, one in eight of the others: a flip is no different further on.
    const step = index < 10 ? 1 : 8;
    const positions = (bytes: Uint8Array) => [...bytes.keys()].filter((byte) => byte % step === index % step);
    const changes = [
      ...positions(link.hash).map((byte) => ({ ...link, hash: flipped(link.hash, byte) })),
      ...positions(link.prev).map((byte) => ({ ...link, prev: flipped(link.prev, byte) })),
      ...positions(link.bytes).map((byte) => ({ ...link, bytes: flipped(link.bytes, byte) })),
    ];
    for (const change of changes) {
      copy[index] = change;
      const found = verified(copy);
      if (found.state !== 'altered' || found.at !== link.seq)
        missed.push(`${link.seq}: ${JSON.stringify(found)}`);
    }
    copy[index] = link;
  }
  expect(missed).toEqual([]);
});

test('a column that says something else than the hashed body is found', () => {
  const columns = [{ actor: 'B' }, { type: 'x' }, { hlc: '0' }, { at: minute(0) }, { offsetMinutes: 0 }];
  for (const change of columns) {
    const copy = chain.map((link) =>
      link.seq === 77 && link.columns ? { ...link, columns: { ...link.columns, ...change } } : link,
    );
    expect(verified(copy)).toEqual({ state: 'altered', at: 77, count: 76 });
  }
});

test('deleting, swapping, repeating and inserting entries is found where it happened', () => {
  const without = chain.filter(({ seq }) => seq !== 50);
  const swapped = [...chain.slice(0, 49), ...chain.slice(49, 51).reverse(), ...chain.slice(51)];
  const renumbered = swapped.map((link, index) => ({ ...link, seq: index + 1 }));
  const repeated = [...chain.slice(0, 50), ...chain.slice(49)];
  const wrongNumber = chain.map((link) => (link.seq === 50 ? { ...link, seq: 306 } : link));
  expect(verified(without).at).toBe(50);
  expect(verified(swapped).at).toBe(50);
  expect(verified(renumbered).at).toBe(50);
  expect(verified(repeated).at).toBe(51);
  expect(verified(wrongNumber).at).toBe(50);
  expect(verified(chain.slice(1)).at).toBe(1);
});

test('a chain that was cut off is found with an anchor or a mark, and only then', () => {
  const cut = chain.slice(0, 150);
  expect(verified(cut).state).toBe('valid_no_anchor');
  expect(verified(cut, { anchor: headAt(COUNT) })).toEqual({ state: 'truncated', at: 151, count: 150 });
  expect(verified(cut, { highWater: [headAt(151)] })).toEqual({ state: 'truncated', at: 151, count: 150 });
  expect(verified([], { highWater: [headAt(1)] })).toEqual({ state: 'truncated', at: 1, count: 0 });
});

test('a chain written anew from end to end is found with an anchor or a mark', () => {
  const rewritten = madeChain(COUNT, 'fake');
  expect(verified(rewritten).state).toBe('valid_no_anchor');
  expect(verified(rewritten, { anchor: headAt(120) })).toEqual({ state: 'altered', at: 120, count: 119 });
  expect(verified(rewritten, { highWater: [headAt(COUNT)] })).toEqual({
    state: 'altered',
    at: 200,
    count: 199,
  });
});

/** Milliseconds of the fastest of three runs: the machine may be busy with other tests. */
function fastest(work: () => void): number {
  const runs = [1, 2, 3].map(() => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...runs);
}

test('verifying costs little more than reading and hashing every entry once', () => {
  const long = madeChain(20_000);
  const least = fastest(() => {
    for (const { bytes } of long) {
      createHash('sha256').update(bytes).digest();
      JSON.parse(Buffer.from(bytes).toString('utf8'));
    }
  });
  const verifying = fastest(() => expect(verified(long).count).toBe(20_000));
  expect(verifying / least).toBeLessThan(3);
});

/** A store with a trail of `count` notes, whose guards are gone, as for somebody with an SQL tool. */
async function unguarded(count: number): Promise<Store> {
  const store = await testStore();
  const drafts = Array.from({ length: count }, (_, index) => note(`note ${index + 1}`, minute(index)));
  const args = { incidentId: INCIDENT, expectedCount: 0, drafts, summary: summary() };
  value(await runOperation(store, 'appendEntries', args));
  const triggers = store.db
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`)
    .all();
  for (const { name } of triggers) store.db.exec(`DROP TRIGGER ${name}`);
  return store;
}

async function verdictOf(store: Store) {
  const { state, at } = value(await runOperation(store, 'verifyIncident', { incidentId: INCIDENT }));
  return { state, at };
}

test('edits in the database file are found, whichever column they touch', async () => {
  const edits = [
    `UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), 'note 5', 'note 6') AS BLOB) WHERE seq = 5`,
    `UPDATE entry SET hash = zeroblob(32) WHERE seq = 5`,
    `UPDATE entry SET prev = zeroblob(32) WHERE seq = 5`,
    `UPDATE entry SET actor = 'B' WHERE seq = 5`,
    `UPDATE entry SET at = '2025-06-12T17:00:00.000Z' WHERE seq = 5`,
    `UPDATE entry SET hlc = '000000000000000-00000' WHERE seq = 5`,
    `UPDATE entry SET offset_minutes = 0 WHERE seq = 5`,
    `UPDATE entry SET type = 'verdict.accepted' WHERE seq = 5`,
    `UPDATE entry SET seq = 500 WHERE seq = 5`,
    `DELETE FROM entry WHERE seq = 5`,
  ];
  for (const edit of edits) {
    const store = await unguarded(10);
    expect(await verdictOf(store)).toEqual({ state: 'valid_no_anchor', at: undefined });
    store.db.exec(edit);
    expect(await verdictOf(store), edit).toEqual({ state: 'altered', at: 5 });
  }
});

test('a trail cut off in the database is noticed by its mark, also after it has grown again', async () => {
  const store = await unguarded(10);
  store.db.exec('DELETE FROM entry WHERE seq > 6; UPDATE incident SET entries = 6');
  expect(await verdictOf(store)).toEqual({ state: 'truncated', at: 7 });
  for (const [expectedCount, state] of [
    [6, 'truncated'],
    [7, 'truncated'],
    [8, 'truncated'],
    [9, 'altered'],
    [10, 'altered'],
  ] as const) {
    const drafts = [note('instead', minute(20))];
    value(
      await runOperation(store, 'appendEntries', {
        incidentId: INCIDENT,
        expectedCount,
        drafts,
        summary: summary(),
      }),
    );
    expect((await verdictOf(store)).state).toBe(state);
  }
});

test('an incident that is gone from the database as a whole is still missed', async () => {
  const store = await unguarded(3);
  store.db.exec('DELETE FROM entry; DELETE FROM incident');
  expect(await verdictOf(store)).toEqual({ state: 'truncated', at: 1 });
  expect(value(await runOperation(store, 'databaseHealth', {})).faults).toEqual([
    `Incident ${INCIDENT} was here once and is not in the database.`,
  ]);
});

test('a checkpoint kept elsewhere makes the verdict plain valid, or shows what was rewritten', async () => {
  const store = await unguarded(10);
  const at = instantOf(Date.UTC(2025, 5, 13));
  const anchor = value(await runOperation(store, 'checkpoint', { incidentId: INCIDENT, at }));
  const verify = (given: unknown) =>
    runOperation(store, 'verifyIncident', { incidentId: INCIDENT, anchor: given as typeof anchor });
  expect(value(await verify(anchor)).state).toBe('valid');
  expect(value(await verify({ count: anchor.count, head: anchor.head })).state).toBe('valid');
  expect(value(await verify({ count: 4, head: anchor.head }))).toMatchObject({ state: 'altered', at: 4 });
  expect(await verify({ ...anchor, at: minute(0) })).toMatchObject({ error: { code: 'invalid_input' } });
  expect(await verify({ ...anchor, incidentId: 'inc-2' })).toMatchObject({
    error: { code: 'invalid_input' },
  });
});
