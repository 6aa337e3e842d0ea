import { expect, test } from 'vitest';
import { IncidentId } from '../../main/core/ids.ts';
import { INCIDENT, appendNotes, minute, note, summary, testClient, value } from '../support/database.ts';

test('entries come back as they were written, and the incident with its number', async () => {
  const client = testClient();
  const { writer } = value(await client.opened);
  const appended = value(
    await client.call('appendEntries', {
      incidentId: INCIDENT,
      expectedCount: 0,
      drafts: [note('Caf\u0065\u0301 orders fail', minute(0)), note('second', minute(0))],
      summary: summary(),
    }),
  );
  const [first, second] = appended.entries;
  expect(appended.incident).toEqual({ ...summary(), id: INCIDENT, number: 1, entries: 2 });
  expect({ ...first, hash: 'some', prev: 'genesis' }).toEqual({
    incidentId: INCIDENT,
    writer,
    seq: 1,
    hlc: '001749751200000-00000',
    at: minute(0),
    offsetMinutes: 120,
    actor: 'A. Ruiz',
    type: 'note.added',
    data: { text: 'Café orders fail' },
    prev: 'genesis',
    hash: 'some',
  });
  expect([second?.seq, second?.hlc, second?.prev]).toEqual([2, '001749751200000-00001', first?.hash]);
  expect(value(await client.call('readEntries', { incidentId: INCIDENT }))).toEqual(appended.entries);
  expect(value(await client.call('readEntries', { incidentId: INCIDENT, after: 1 }))).toEqual([second]);
  expect(value(await client.call('listIncidents', {}))).toEqual([appended.incident]);
  for (const name of [INCIDENT, 'DM-1', 'dm-1', '1']) {
    expect(value(await client.call('getIncident', { incidentId: name }))).toEqual(appended.incident);
  }
});

test('whoever has not seen the latest entries is told so and nothing is written', async () => {
  const client = testClient();
  await appendNotes(client, 3);
  for (const expectedCount of [0, 2, 4]) {
    const late = await client.call('appendEntries', {
      incidentId: INCIDENT,
      expectedCount,
      drafts: [note('late', minute(9))],
      summary: summary({ title: 'late' }),
    });
    expect(late).toMatchObject({ ok: false, error: { code: 'conflict' } });
  }
  expect(value(await client.call('getIncident', { incidentId: INCIDENT }))).toMatchObject({
    title: 'Checkout errors',
    entries: 3,
  });
});

test('an incident that was never declared has no entries to add to or read', async () => {
  const client = testClient();
  const unknown = IncidentId.parse('inc-unknown');
  const append = {
    incidentId: unknown,
    expectedCount: 1,
    drafts: [note('x', minute(0))],
    summary: summary(),
  };
  expect(await client.call('appendEntries', append)).toMatchObject({ error: { code: 'not_found' } });
  expect(await client.call('readEntries', { incidentId: unknown })).toMatchObject({
    error: { code: 'not_found' },
  });
  expect(await client.call('getIncident', { incidentId: 'DM-7' })).toMatchObject({
    error: { code: 'not_found' },
  });
});

test('a clock that went back is an entry of its own, and the order of the trail stays that of writing', async () => {
  const client = testClient();
  await appendNotes(client, 2);
  const { entries } = value(
    await client.call('appendEntries', {
      incidentId: INCIDENT,
      expectedCount: 2,
      drafts: [note('after the battery died', minute(-600)), note('right again', minute(3))],
      summary: summary(),
    }),
  );
  expect(entries.map(({ seq, type, at, data }) => ({ seq, type, at, data }))).toEqual([
    { seq: 3, type: 'clock.went_back', at: minute(-600), data: { from: minute(1), to: minute(-600) } },
    { seq: 4, type: 'note.added', at: minute(-600), data: { text: 'after the battery died' } },
    { seq: 5, type: 'note.added', at: minute(3), data: { text: 'right again' } },
  ]);
  const all = value(await client.call('readEntries', { incidentId: INCIDENT }));
  expect(all.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  expect(value(await client.call('getIncident', { incidentId: INCIDENT })).entries).toBe(5);
});

test('data that JSON would change are refused with their place, and the whole call with them', async () => {
  const client = testClient();
  const refused: [unknown, string][] = [
    [{ text: 'half \ud800' }, '$.data.text'],
    [{ size: 2 ** 53 }, '$.data.size'],
    [{ ratio: Number.NaN }, '$.data.ratio'],
    [{ list: [1, new Date(0)] }, '$.data.list[1]'],
    [{ n: 1n }, '$.data.n'],
    [{ '\u00e9': 1, 'e\u0301': 2 }, '$.data'],
  ];
  for (const [data, place] of refused) {
    const answer = await client.call('appendEntries', {
      incidentId: INCIDENT,
      expectedCount: 0,
      drafts: [note('fine', minute(0)), { ...note('', minute(0)), data }],
      summary: summary(),
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid_input', place } });
  }
  expect(value(await client.call('listIncidents', {}))).toEqual([]);
});
