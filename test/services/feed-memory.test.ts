import { afterAll, beforeAll, expect, test } from 'vitest';
import { createInProcessClient } from '../../db/in-process.ts';
import { addMinutes } from '../../main/core/time.ts';
import { boardOf } from '../../main/services/feed-board.ts';
import { declareIncident } from '../../main/services/incidents.ts';
import { temporaryFolder, value } from '../support/database.ts';
import { startFeedServer, type FeedServer } from '../support/feed-server.ts';
import { servicesIn, watchGoogleAt } from '../support/services.ts';

const OPEN = JSON.stringify([
  {
    id: 'synthetic',
    begin: '2026-01-05T01:56:00+00:00',
    created: '2026-01-05T01:58:00+00:00',
    modified: '2026-01-05T01:58:00+00:00',
    external_desc: 'Requests to Cloud Storage fail',
    severity: 'high',
    status_impact: 'SERVICE_OUTAGE',
    affected_products: [{ title: 'Google Cloud Storage', id: 'UwaYoXQ5bHYHG6EdiPB8' }],
    currently_affected_locations: [{ title: 'Iowa (us-central1)', id: 'us-central1' }],
    updates: [],
  },
]);

let server: FeedServer;
beforeAll(async () => {
  server = await startFeedServer();
});
afterAll(() => server.close());

/** The app over one database file, started, ended and started again; one feed on loopback watches an incident. */
async function restartable(path: string) {
  const folder = temporaryFolder();
  let minutes = 0;
  const start = async () => {
    const client = createInProcessClient({ dataDir: folder });
    const services = await servicesIn(folder, { client });
    services.at.advance(minutes);
    return { ...services, end: () => client.close() };
  };
  let app = await start();
  await watchGoogleAt(app.context, `${server.url}${path}`);
  const { row } = value(
    await declareIncident(app.context, app.book, {
      title: 'Uploads fail',
      onset: addMinutes(app.at.now(), -5),
      provider: 'gcp',
      services: ['Cloud Storage'],
      regions: ['us-central1'],
      severity: 1,
      workload: '',
      lead: '',
    }),
  );
  return {
    read: async () => value(await boardOf(app.context, value(await app.reader.readAll(row.id))))[0],
    ask: () => app.http.ask(`${server.url}${path}`, 'live'),
    later: (more: number) => {
      minutes += more;
      app.at.advance(more);
    },
    restart: async () => {
      await app.end();
      app = await start();
    },
    end: () => app.end(),
    requests: () => server.requests.filter((one) => one.path === path),
  };
}

test('after a restart a feed is asked with what is known of it, and "not modified" is what it said then', async () => {
  server.serve('/restart.json', OPEN);
  const { read, later, restart, end, requests } = await restartable('/restart.json');
  const before = await read();
  expect(before).toMatchObject({ state: 'ok', saying: 'matching' });
  await restart();
  later(5);
  const after = await read();
  expect(requests()[1]?.headers['if-none-match']).toMatch(/^"/);
  expect(after).toMatchObject({
    state: 'ok',
    saying: 'matching',
    sentence: before?.sentence,
    checkedAt: before?.checkedAt?.replace('T02:00', 'T02:05'),
  });
  await end();
});

test('a quick restart asks nobody twice within the minute, not even who had not answered yet', async () => {
  server.serve('/quick.json', OPEN);
  const quick = await restartable('/quick.json');
  await quick.read();
  await quick.restart();
  expect(await quick.read()).toMatchObject({ saying: 'matching' });
  expect(quick.requests()).toHaveLength(1);
  quick.later(1);
  server.misbehave('/quick.json', 'slow_headers');
  void quick.ask();
  while (quick.requests().length < 2) await new Promise((resolve) => setImmediate(resolve));
  await quick.restart();
  expect(await quick.read()).toMatchObject({ saying: 'matching' });
  expect(quick.requests()).toHaveLength(2);
  await quick.end();
});

test('a feed that had failed so often that it is left alone is so after a restart', async () => {
  server.serve('/failing.json', OPEN);
  const failing = await restartable('/failing.json');
  server.misbehave('/failing.json', 'html_500');
  const asked = 6;
  for (let minute = 0; minute < 60 && failing.requests().length < asked; minute += 1) {
    failing.later(1);
    await failing.ask();
  }
  await failing.restart();
  const { state, reason } = await failing.ask();
  expect([state, reason.includes('status 500')]).toEqual(['unreadable', true]);
  failing.later(3);
  await failing.ask();
  expect(failing.requests()).toHaveLength(asked);
  failing.later(10);
  await failing.ask();
  expect(failing.requests()).toHaveLength(asked + 1);
  await failing.end();
});
