import { expect, test } from 'vitest';
import { verifyExport } from '../../../db/trail/verify-export.ts';
import { retireWriter } from '../../../db/trail/keys.ts';
import type { TrailExport } from '../../../main/core/trail/model.ts';
import { createInProcessClient } from '../../../db/in-process.ts';
import { INCIDENT, appendNotes, minute, temporaryFolder, testClient, value } from '../../support/database.ts';

async function exported(count: number): Promise<TrailExport> {
  const client = testClient();
  await appendNotes(client, count);
  return value(await client.call('exportTrail', { incidentId: INCIDENT, at: minute(count) }));
}

/** The document as a file would carry it, changed by `edit`. */
function document(trail: TrailExport, edit: (copy: Mutable<TrailExport>) => void = () => {}): unknown {
  const copy = JSON.parse(JSON.stringify(trail)) as Mutable<TrailExport>;
  edit(copy);
  return { format: 'demarc', trail: copy };
}

function writerOf(trail: Mutable<TrailExport>) {
  const [writer] = trail.writers;
  if (writer === undefined) throw new Error('no writer');
  return writer;
}

function entryOf(trail: Mutable<TrailExport>, index: number) {
  const entry = writerOf(trail).entries[index];
  if (entry === undefined) throw new Error(`no entry ${index}`);
  return entry;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends object ? Mutable<T[K]> : T[K] };

function verdict(doc: unknown, anchor?: TrailExport['checkpoint']) {
  const { state, at } = value(verifyExport(doc, anchor));
  return { state, at };
}

test('an export verifies from its file alone, and plainly only with a checkpoint from elsewhere', async () => {
  const trail = await exported(12);
  expect(verdict(document(trail))).toEqual({ state: 'valid_no_anchor', at: undefined });
  expect(verdict(document(trail), trail.checkpoint)).toEqual({ state: 'valid', at: undefined });
});

test('every change to an exported trail is found', async () => {
  const trail = await exported(12);
  const edits: [string, (copy: Mutable<TrailExport>) => void, { state: string; at?: number }][] = [
    ['text', (t) => void (entryOf(t, 4).bytes += ' '), { state: 'altered', at: 5 }],
    ['hash', (t) => void (entryOf(t, 4).hash = '0'.repeat(64)), { state: 'altered', at: 5 }],
    ['entry gone', (t) => void writerOf(t).entries.splice(4, 1), { state: 'altered', at: 5 }],
    ['end gone', (t) => void writerOf(t).entries.pop(), { state: 'truncated', at: 12 }],
    ['all gone', (t) => void t.writers.pop(), { state: 'truncated', at: 1 }],
    ['key', (t) => void (writerOf(t).publicKey = '0'.repeat(64)), { state: 'altered', at: 1 }],
    ['checkpoint count', (t) => void (t.checkpoint.count = 11), { state: 'altered' }],
    ['checkpoint time', (t) => void (t.checkpoint.at = minute(1)), { state: 'altered' }],
    ['signature', (t) => void (t.checkpoint.signature = '0'.repeat(128)), { state: 'altered' }],
  ];
  for (const [what, edit, expected] of edits) {
    expect(verdict(document(trail, edit)), what).toEqual({ at: undefined, ...expected });
  }
});

test('an export shortened together with its checkpoint is found with an earlier one', async () => {
  const client = testClient();
  await appendNotes(client, 8);
  const early = value(await client.call('exportTrail', { incidentId: INCIDENT, at: minute(8) }));
  await appendNotes(client, 4, 8);
  const late = value(await client.call('exportTrail', { incidentId: INCIDENT, at: minute(12) }));
  expect(verdict(document(early))).toEqual({ state: 'valid_no_anchor', at: undefined });
  expect(verdict(document(early), late.checkpoint)).toEqual({ state: 'truncated', at: 9 });
  expect(verdict(document(late), early.checkpoint)).toEqual({ state: 'valid', at: undefined });
});

test('a trail of two writers is merged in order and each chain is verified', async () => {
  const dataDir = temporaryFolder();
  const first = createInProcessClient({ dataDir });
  await appendNotes(first, 3);
  await first.close();
  retireWriter(dataDir);
  const second = testClient(dataDir);
  await appendNotes(second, 2, 3);
  const entries = value(await second.call('readEntries', { incidentId: INCIDENT }));
  expect(entries.map(({ seq, data }) => [seq, data])).toEqual([
    [1, { text: 'note 1' }],
    [2, { text: 'note 2' }],
    [3, { text: 'note 3' }],
    [1, { text: 'note 4' }],
    [2, { text: 'note 5' }],
  ]);
  const trail = value(await second.call('exportTrail', { incidentId: INCIDENT, at: minute(9) }));
  expect(trail.checkpoint).toMatchObject({ count: 5 });
  expect(trail.checkpoint.chains.map(({ count }) => count).sort()).toEqual([2, 3]);
  expect(verdict(document(trail), trail.checkpoint)).toEqual({ state: 'valid', at: undefined });
  const anchor = trail.checkpoint;
  expect(value(await second.call('verifyIncident', { incidentId: INCIDENT, anchor })).state).toBe('valid');
  expect(verifyExport(document(trail), { count: 5, head: anchor.head })).toMatchObject({
    error: { code: 'invalid_input' },
  });
});

test('a document without a trail is refused with the place of the fault', () => {
  expect(verifyExport({ format: 'demarc' })).toMatchObject({
    error: { code: 'invalid_input', place: 'trail' },
  });
  expect(verifyExport('<html>')).toMatchObject({ error: { code: 'invalid_input' } });
});
