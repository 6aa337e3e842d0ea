import { afterAll, beforeAll, expect, test } from 'vitest';
import { feedWorkHere } from '../../main/adapters/feeds/feed-work.ts';
import { FeedFinder } from '../../main/services/feed-finder.ts';
import { FeedHttp } from '../../main/services/feed-http.ts';
import { addMinutes, instantOf, type Instant } from '../../main/core/time.ts';
import type { Clock } from '../../main/adapters/ports.ts';
import { fixture } from '../adapters/feeds/fixtures.ts';
import { value } from '../support/database.ts';
import { startFeedServer, type FeedServer } from '../support/feed-server.ts';

const CLOCK = { now: () => instantOf(Date.UTC(2031, 2, 2, 13, 30)), offsetMinutes: () => 0 };
const servers: FeedServer[] = [];
let server: FeedServer;
beforeAll(async () => {
  server = await another();
});
afterAll(() => Promise.all(servers.map((each) => each.close())));

/** A host of its own: what is served at one must not be found at another. */
async function another(): Promise<FeedServer> {
  const started = await startFeedServer();
  servers.push(started);
  return started;
}

/** A finder, and what asks for it and for every feed. */
function finderOf(clock: Clock = CLOCK, totalMs?: number) {
  const work = feedWorkHere({ services: new Map(), regions: new Map() });
  const http = new FeedHttp(clock, work, { jitter: () => 0 });
  return { finder: new FeedFinder(http, work, totalMs), http };
}

const hostOf = ({ url }: FeedServer): string => url.replace('http://', '');

test.each<[string, string, string, string]>([
  ['Statuspage', '/api/v2/summary.json', 'statuspage-traps.json', 'statuspage'],
  ['a Statuspage that has incidents alone', '/api/v2/incidents.json', 'statuspage-traps.json', 'statuspage'],
  ['incident.io', '/api/v2/summary.json', 'statuspage-incident-io-quiet.json', 'statuspage'],
  ['Slack', '/api/v2.0.0/current', 'slack.traps.json', 'slack'],
  ['Heroku', '/api/v4/current-status', 'heroku.traps.json', 'heroku'],
  ['Oracle', '/api/v2/components.json', 'oracle_cloud.traps.json', 'oracle_cloud'],
  ['Google', '/incidents.json', 'gcp-traps.json', 'gcp_incidents'],
  ['AWS', '/rss/all.rss', 'aws-quiet.rss', 'aws_rss'],
])('%s is found by its host name alone', async (_, path, file, kind) => {
  const host = await another();
  host.serve(path, fixture(file));
  const { found } = value(await finderOf().finder.find(hostOf(host), null));
  expect([found?.url, found?.kind]).toEqual([`${host.url}${path}`, kind]);
  expect(found?.sentence).not.toBe('');
});

test('says what it would say now, and in which words', async () => {
  server.serve('/api/v2/summary.json', fixture('statuspage-incident-io-quiet.json'));
  const { found, tried } = value(await finderOf().finder.find(hostOf(server), null));
  expect(tried).toEqual([]);
  expect(found).toMatchObject({
    provider: 'other',
    format: 'incident.io, in Statuspage’s format',
    state: 'empty',
    sentence: 'Statuspage v2 is whole and lists no event.',
  });
});

test('a page that moved is found where it is now', async () => {
  const [old, moved] = [await another(), await another()];
  old.redirect('/api/v2/summary.json', `${moved.url}/api/v2/summary.json`);
  moved.serve('/api/v2/summary.json', fixture('statuspage-traps.json'));
  const { found } = value(await finderOf().finder.find(hostOf(old), null));
  expect(found?.url).toBe(`${moved.url}/api/v2/summary.json`);
});

test('a host without a feed is named with everything that was tried', async () => {
  const host = await another();
  host.misbehave('/api/v2/summary.json', 'html_200');
  host.serve('/incidents.json', '{"weather": "fine"}');
  const { found, tried } = value(await finderOf().finder.find(hostOf(host), null));
  expect(found).toBe(null);
  expect(tried.slice(0, 2)).toEqual([
    { url: `${host.url}/api/v2/summary.json`, outcome: 'The answer is an HTML page, not the feed.' },
    {
      url: `${host.url}/api/v2/incidents.json`,
      outcome: 'There is no feed at this address (404); it may have moved.',
    },
  ]);
  expect(tried.find(({ url }) => url.endsWith('/incidents.json') && !url.includes('/api/'))?.outcome).toBe(
    'The answer is JSON, but of no kind that Demarc reads.',
  );
});

test('a host that does not answer is asked once, and the search ends at its deadline', async () => {
  const host = await another();
  host.misbehave('/api/v2/summary.json', 'slow_headers');
  const { found, tried } = value(await finderOf(CLOCK, 100).finder.find(hostOf(host), null));
  expect([found, tried]).toEqual([
    null,
    [{ url: `${host.url}/api/v2/summary.json`, outcome: 'No complete answer within 0.1 seconds.' }],
  ]);
});

test('asking again within the minute asks nobody', async () => {
  const host = await another();
  host.serve('/api/v2/summary.json', fixture('statuspage-traps.json'));
  const { finder } = finderOf();
  await finder.find(hostOf(host), null);
  await finder.find(hostOf(host), null);
  expect(host.requests.length).toBe(1);
});

test('a person may name the kind: the address alone is asked, and a wrong kind is told as such', async () => {
  const host = await another();
  host.serve('/feed', fixture('slack.traps.json'));
  const { finder } = finderOf();
  const right = value(await finder.find(`${host.url}/feed`, 'slack'));
  const wrong = value(await finder.find(`${host.url}/feed`, 'heroku'));
  expect([right.found?.state, wrong.found?.kind, wrong.found?.state]).toEqual(['ok', 'heroku', 'unreadable']);
  expect(host.requests.map(({ path }) => path)).toEqual(['/feed']);
});

test('a feed that was found is not asked again within the minute, also where it moved to', async () => {
  const [old, moved] = [await another(), await another()];
  old.redirect('/api/v2/summary.json', `${moved.url}/api/v2/summary.json`);
  moved.serve('/api/v2/summary.json', fixture('statuspage-traps.json'));
  let now: Instant = CLOCK.now();
  const { finder, http } = finderOf({ ...CLOCK, now: () => now });
  const { found } = value(await finder.find(hostOf(old), null));
  const answers = [await http.ask(found?.url ?? '', 'live'), await http.ask(`${found?.url}#top`, 'by_hand')];
  expect(answers.map(({ state, body }) => [state, body?.size])).toEqual(
    Array.from({ length: 2 }, () => ['ok', fixture('statuspage-traps.json').byteLength]),
  );
  await finder.find(hostOf(old), null);
  expect([old.requests.length, moved.requests.length]).toEqual([1, 1]);

  now = addMinutes(now, 1);
  await http.ask(found?.url ?? '', 'live');
  await finder.find(hostOf(old), null);
  expect([old.requests.length, moved.requests.length]).toEqual([1, 2]);
  // What is known of the page is sent to the address that gave it.
  expect(moved.requests[1]?.headers['if-none-match']).toMatch(/^"/);
});

test('what was too slow for the search goes on being asked, once', async () => {
  const host = await another();
  host.misbehave('/api/v2/summary.json', 'slow_headers');
  const { finder } = finderOf(CLOCK, 100);
  await finder.find(hostOf(host), null);
  const { tried } = value(await finder.find(hostOf(host), null));
  expect(tried).toHaveLength(1);
  expect(host.requests).toHaveLength(1);
});
