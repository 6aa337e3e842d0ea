import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { feedWorkHere, packed, type FeedWork } from '../../main/adapters/feeds/feed-work.ts';
import type { FetchFailure } from '../../main/adapters/feeds/fetch.ts';
import type { FeedAnswer } from '../../main/services/feed-answer.ts';
import { FeedHttp } from '../../main/services/feed-http.ts';
import { startFeedServer, type FeedServer } from '../support/feed-server.ts';
import { testClock } from '../support/services.ts';

const EMPTY_CATALOG = { services: new Map(), regions: new Map() };
const GOOD = '[]';

let server: FeedServer;
let paths = 0;
beforeAll(async () => {
  server = await startFeedServer();
});
afterAll(() => server.close());

/** A feed of its own on loopback, asked over the real way by a clock that the test moves. */
function watched(options: { readonly jitter?: () => number } = {}) {
  paths += 1;
  const path = `/feed-${paths}.json`;
  server.serve(path, GOOD);
  const clock = testClock();
  const http = new FeedHttp({ now: clock.now, offsetMinutes: () => 0 }, feedWorkHere(EMPTY_CATALOG), {
    jitter: () => 0,
    ...options,
  });
  const url = `${server.url}${path}`;
  return {
    clock,
    http,
    path,
    url,
    ask: (pace: 'live' | 'quiet' | 'by_hand' = 'live') => http.ask(url, pace),
    requests: () => server.requests.filter((one) => one.path === path),
  };
}

/** Asks once a minute and gives the states. */
async function minutes(count: number, { ask, clock }: ReturnType<typeof watched>): Promise<string[]> {
  const states: string[] = [];
  for (let minute = 0; minute < count; minute += 1) {
    states.push((await ask()).state);
    clock.advance(1);
  }
  return states;
}

describe('a feed over HTTP', () => {
  test('is asked at most once a minute, whoever asks and however often', async () => {
    const feed = watched();
    const answers = await Promise.all([feed.ask(), feed.ask('by_hand'), feed.ask('quiet')]);
    feed.clock.advance(0.9);
    answers.push(await feed.ask('by_hand'));
    expect(new Set(answers).size).toBe(1);
    expect(feed.requests()).toHaveLength(1);
    feed.clock.advance(0.1);
    await feed.ask();
    expect(feed.requests()).toHaveLength(2);
  });

  test('is asked less often when nobody works on the incident, and jitter spreads the moment', async () => {
    const feed = watched({ jitter: () => 0.5 });
    await feed.ask('quiet');
    feed.clock.advance(5.4);
    await feed.ask('quiet');
    expect(feed.requests()).toHaveLength(1);
    feed.clock.advance(0.1);
    await feed.ask('quiet');
    expect(feed.requests()).toHaveLength(2);
    feed.clock.advance(1.05);
    await feed.ask('live');
    expect(feed.requests()).toHaveLength(2);
    feed.clock.advance(0.05);
    await feed.ask('live');
    expect(feed.requests()).toHaveLength(3);
  });

  test('is asked with what is known, and "not modified" is the same bytes at a later moment', async () => {
    const feed = watched();
    const first = await feed.ask();
    feed.clock.advance(1);
    const second = await feed.ask();
    expect(feed.requests()[1]?.headers['if-none-match']).toBe(first.headers['etag']);
    expect(second.body).toBe(first.body);
    expect(second).toMatchObject({ state: 'ok', at: feed.clock.now() });
  });

  test('keeps what it held through a failure, so that nothing is sent twice', async () => {
    const feed = watched();
    const first = await feed.ask();
    feed.clock.advance(1);
    server.misbehave(feed.path, 'html_500');
    expect(await feed.ask()).toMatchObject({ body: null, state: 'unreadable' });
    server.serve(feed.path, GOOD);
    feed.clock.advance(2);
    expect((await feed.ask()).body).toBe(first.body);
  });

  test('that says "not modified" for ever is stale after an hour, until it gives all of it again', async () => {
    const feed = watched();
    await minutes(1, feed);
    server.misbehave(feed.path, 'not_modified_for_ever');
    const states = await minutes(64, feed);
    expect(states.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 'ok'));
    expect(new Set(states.slice(60))).toEqual(new Set(['stale']));
    expect((await feed.ask()).reason).toBe(
      'It answers "not modified" (304) even when asked for all of it: what it said at 02:00Z may not hold any more.',
    );
    server.serve(feed.path, GOOD);
    feed.clock.advance(10);
    expect((await feed.ask()).state).toBe('ok');
  });

  test('that says "not modified" to the first question is unreadable', async () => {
    const feed = watched();
    server.misbehave(feed.path, 'not_modified_for_ever');
    expect(await feed.ask()).toMatchObject({ state: 'unreadable', body: null });
  });

  test('is left alone more and more while it fails, but a person may ask at once', async () => {
    const feed = watched();
    server.misbehave(feed.path, 'html_500');
    await minutes(40, feed);
    // After 0, 2, 6, 14 minutes; then every ten: the circuit is open.
    expect(feed.requests()).toHaveLength(6);
    await feed.ask('by_hand');
    expect(feed.requests()).toHaveLength(7);
  });

  test('that asks to wait is waited for, by people too', async () => {
    const feed = watched();
    server.misbehave(feed.path, 'too_many_requests');
    expect((await feed.ask()).state).toBe('throttled');
    feed.clock.advance(1.9);
    await feed.ask('by_hand');
    expect(feed.requests()).toHaveLength(1);
    feed.clock.advance(0.1);
    await feed.ask('by_hand');
    expect(feed.requests()).toHaveLength(2);
  });
});

const REMOTE = ['https://status.one.example/feed.json', 'https://status.two.example/feed.json'] as const;
const NO_ROUTE: FetchFailure = {
  code: 'unreachable',
  message: 'No network.',
  feedState: 'unreadable',
  retryAfterSeconds: null,
};

/** Feeds out in the world, answered by the test: whether there is a network, and which addresses answer over it. */
function outside() {
  const clock = testClock();
  const world = { online: true, answers: true, cutOff: false, asked: [] as string[] };
  const work: FeedWork = {
    ...feedWorkHere(EMPTY_CATALOG),
    ask: ({ url }) => {
      world.asked.push(url);
      return Promise.resolve(
        world.answers
          ? {
              ok: true,
              value: { status: 'changed', body: packed(new Uint8Array([91, 93])), headers: {}, url },
            }
          : { ok: false, error: { ...NO_ROUTE, cutOff: world.cutOff } },
      );
    },
  };
  const http = new FeedHttp({ now: clock.now, offsetMinutes: () => 0 }, work, {
    jitter: () => 0,
    online: () => world.online,
  });
  const ask = async (): Promise<readonly FeedAnswer[]> => {
    const answers = await Promise.all(REMOTE.map((url) => http.ask(url, 'live')));
    // The schedule hears of an outcome one turn after whoever waits for the answer.
    await Promise.resolve();
    return answers;
  };
  return { clock, world, http, ask };
}

describe('without a network', () => {
  test('nothing is asked, what was said stands for ten minutes and is stale then', async () => {
    const { clock, world, ask } = outside();
    await ask();
    world.online = false;
    clock.advance(10);
    expect((await ask()).map(({ state }) => state)).toEqual(['ok', 'ok']);
    clock.advance(1);
    const stale = await ask();
    expect(stale[0]).toMatchObject({
      state: 'stale',
      body: null,
      reason: 'This machine has no network: last heard at 02:00Z.',
    });
    clock.advance(30);
    expect((await ask())[0]).toBe(stale[0]);
    expect(world.asked).toHaveLength(2);
    world.online = true;
    expect((await ask()).map(({ state }) => state)).toEqual(['ok', 'ok']);
  });

  test('a feed that was never read says why, and this machine itself is asked all the same', async () => {
    const { world, http, ask } = outside();
    world.online = false;
    expect((await ask())[0]).toMatchObject({
      state: 'unreadable',
      reason: 'This machine has no network: it could not be asked.',
    });
    expect((await http.ask('http://127.0.0.1:1/feed', 'live')).state).toBe('ok');
    expect(world.asked).toEqual(['http://127.0.0.1:1/feed']);
  });

  test('the first feed to answer after all had failed brings the others back at once', async () => {
    const { clock, world, http, ask } = outside();
    world.answers = false;
    for (let minute = 0; minute < 30; minute += 1) {
      await ask();
      clock.advance(1);
    }
    const before = world.asked.length;
    world.answers = true;
    await http.ask(REMOTE[0], 'by_hand');
    await Promise.resolve();
    await ask();
    expect(world.asked.slice(before)).toEqual([REMOTE[0], REMOTE[1]]);
  });

  test('is seen by every address of more than one host failing as without one, and is not called a fault of the feeds', async () => {
    const { clock, world, http, ask } = outside();
    await ask();
    Object.assign(world, { answers: false, cutOff: true });
    clock.advance(1);
    await ask();
    expect(http.isCutOff()).toBe(true);
    clock.advance(1);
    for (const { state, reason } of await ask())
      expect([state, reason]).toEqual(['stale', 'This machine has no network: last heard at 02:00Z.']);
  });

  test('one address at a time is tried while nothing is reached, and the first to answer brings all back', async () => {
    const { clock, world, http, ask } = outside();
    Object.assign(world, { answers: false, cutOff: true });
    await ask();
    const asked = () => world.asked.splice(0).map((url) => new URL(url).hostname);
    asked();
    for (let tenth = 0; tenth < 6; tenth += 1) {
      clock.advance(1 / 6);
      await ask();
    }
    expect(asked()).toEqual(['status.one.example']);
    clock.advance(1 / 6);
    await ask();
    expect(asked()).toEqual(['status.two.example']);
    Object.assign(world, { answers: true });
    clock.advance(1);
    await ask();
    await ask();
    expect(asked().sort()).toEqual(['status.one.example', 'status.two.example']);
    expect(http.isCutOff()).toBe(false);
    expect((await ask()).map(({ state }) => state)).toEqual(['ok', 'ok']);
  });

  test('one name that is not there while another host answers is that feed’s own fault', async () => {
    const { clock, world, http } = outside();
    Object.assign(world, { answers: false, cutOff: true });
    await http.ask(REMOTE[0], 'live');
    Object.assign(world, { answers: true });
    await http.ask(REMOTE[1], 'live');
    clock.advance(1);
    expect(http.isCutOff()).toBe(false);
    expect((await http.ask(REMOTE[0], 'quiet')).reason).toBe('No network.');
  });
});
