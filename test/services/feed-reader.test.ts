import { afterAll, beforeAll, expect, test } from 'vitest';
import { addMinutes } from '../../main/core/time.ts';
import { boardOf } from '../../main/services/feed-board.ts';
import { declareIncident } from '../../main/services/incidents.ts';
import { value } from '../support/database.ts';
import { startFeedServer, type FeedServer } from '../support/feed-server.ts';
import { testServices, watchGoogleAt } from '../support/services.ts';

let server: FeedServer;
beforeAll(async () => {
  server = await startFeedServer();
});
afterAll(() => server.close());

/** Two incidents watched by one feed on loopback. */
async function watched(path: string) {
  const services = await testServices();
  const { context, book, at } = services;
  server.serve(path, '[]');
  await watchGoogleAt(context, `${server.url}${path}`);
  const declare = async (title: string) =>
    value(
      await declareIncident(context, book, {
        title,
        onset: addMinutes(at.now(), -5),
        provider: 'gcp',
        services: ['Cloud Storage'],
        regions: ['us-central1'],
        severity: 1,
        workload: '',
        lead: '',
      }),
    ).row.id;
  const ids = [await declare('One'), await declare('Other')];
  return { ...services, ids, requests: () => server.requests.filter((one) => one.path === path).length };
}

test('one poll serves every incident, is noted once for each, and keeps its headers', async () => {
  const { context, reader, ids, requests } = await watched('/shared.json');
  for (const id of [...ids, ...ids]) value(await reader.readAll(id));
  expect(requests()).toBe(1);
  for (const incidentId of ids) {
    const runs = value(
      await context.db.call('feedHistory', {
        incidentId: value(await context.db.call('getIncident', { incidentId })).id,
      }),
    );
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ polls: 1, state: 'empty', size: 2 });
    expect(runs[0]?.headers['etag']).toMatch(/^"/);
  }
});

test('an answer that nobody renewed is stale on the board, with what it said then; so is no closed incident', async () => {
  const { context, book, reader, at, ids } = await watched('/stale.json');
  const id = ids[0] ?? '';
  value(await reader.readAll(id));
  const board = async () => value(await boardOf(context, value(await book.load(id))))[0];
  expect(await board()).toMatchObject({ saying: 'silent', lastGoodSentence: null });
  at.advance(15);
  expect(await board()).toMatchObject({ saying: 'silent' });
  at.advance(1);
  expect(await board()).toMatchObject({
    state: 'stale',
    saying: 'could_not_check',
    sentence: 'Not asked since 02:00Z: what it said then may not hold any more.',
    lastGoodSentence: 'Says nothing about our services and regions.',
  });
  value(await book.dispatch(id, { type: 'close', summary: 'Over.' }));
  expect(await board()).toMatchObject({ state: 'empty', saying: 'silent' });
});

test('a feed that fails keeps its last good answer in sight', async () => {
  const { context, reader, at, ids } = await watched('/fails.json');
  const id = ids[0] ?? '';
  value(await reader.readAll(id));
  server.misbehave('/fails.json', 'html_200');
  at.advance(2);
  const [item] = value(await boardOf(context, value(await reader.readAll(id))));
  expect(item).toMatchObject({
    state: 'unreadable',
    sentence: 'The answer is an HTML page, not the feed.',
    lastGoodAt: addMinutes(at.now(), -2),
    lastGoodSentence: 'Says nothing about our services and regions.',
  });
});
