import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { fetchFeed, type FetchLimits } from '../../../main/adapters/feeds/fetch.ts';
import { readFeed } from '../../../main/adapters/feeds/registry.ts';
import { Instant } from '../../../main/core/time.ts';
import {
  MISBEHAVIOURS,
  startFeedServer,
  type FeedServer,
  type Misbehaviour,
} from '../../support/feed-server.ts';

const NOW = Instant.parse('2025-06-12T19:10:00.000Z');
const now = () => NOW;
const GOOD = JSON.stringify([
  { id: 'a', begin: '2025-06-12T17:51:00+00:00', external_desc: 'Trouble', updates: [] },
]);
/** Short where waiting is the point, the usual ones otherwise, so that a busy machine changes no answer. */
function limitsFor(path: string): Partial<FetchLimits> {
  if (path.includes('slow')) return { totalMs: 600 };
  return path.includes('stalled') ? { idleMs: 250 } : {};
}

let server: FeedServer;
beforeAll(async () => {
  server = await startFeedServer();
});
afterAll(() => server.close());

/** The state a poll of this address leaves its feed in, as the app sees it: fetched, then read. */
async function poll(path: string, known: { etag?: string } = {}): Promise<{ state: string; reason: string }> {
  const fetched = await fetchFeed({ url: `${server.url}${path}`, now, limits: limitsFor(path), ...known });
  if (!fetched.ok) return { state: fetched.error.feedState, reason: fetched.error.message };
  if (fetched.value.status === 'not_modified') return { state: 'not_modified', reason: '' };
  const reading = readFeed('gcp_incidents', fetched.value.bytes, { fetchedAt: fetched.value.fetchedAt });
  return { state: reading.feedState, reason: reading.reason ?? '' };
}

/** The state and the reason that each misbehaviour must end in. */
const ENDS: Readonly<Record<Misbehaviour, readonly [string, RegExp]>> = {
  slow_headers: ['unreadable', /^No complete answer within 0.6 seconds\.$/],
  slow_body: ['unreadable', /^No complete answer within 0.6 seconds\.$/],
  stalled_body: ['unreadable', /^The answer stalled: nothing came for 0.25 seconds\.$/],
  endless_body: ['unreadable', /^The answer is larger than 16 MiB\.$/],
  reset: ['unreadable', /^127\.0\.0\.1:\d+ broke off the connection\.$/],
  reset_in_body: ['unreadable', /^127\.0\.0\.1:\d+ broke off the connection\.$/],
  redirect_to_html: ['unreadable', /^The answer is an HTML page, not the feed\.$/],
  redirect_loop: ['unreadable', /^The address was redirected more than 5 times\.$/],
  redirect_to_http: ['unreadable', /^Not asked: a redirect to http:\/\/status\.example\.org is not https\.$/],
  wrong_type: ['unreadable', /^The answer is not text: its bytes are not UTF-8\.$/],
  gzip_lie: ['unreadable', /^The answer of 127\.0\.0\.1:\d+ is not compressed as it says\.$/],
  gzip_bomb: ['unreadable', /^The answer is larger than 16 MiB\.$/],
  gzip_cut: ['unreadable', /cut off/],
  // What it means without anything to hold it against is decided where the last answer is known.
  not_modified_for_ever: ['not_modified', /^$/],
  half_a_document: [
    'unreadable',
    /^The answer is cut off: its JSON stops after \d+ characters, before it is complete\.$/,
  ],
  empty_body: ['unreadable', /^The answer is empty\.$/],
  html_500: ['unreadable', /^127\.0\.0\.1:\d+ answers with status 500 instead of the feed\.$/],
  html_200: ['unreadable', /^The answer is an HTML page, not the feed\.$/],
  too_many_requests: [
    'throttled',
    /^127\.0\.0\.1:\d+ answers that it is asked too often \(429\)\. It asks to wait 120 seconds\.$/,
  ],
  forbidden: ['not_entitled', /^127\.0\.0\.1:\d+ does not let us read this feed \(403\)\.$/],
  gone: ['unreadable', /^There is no feed at this address \(404\); it may have moved\.$/],
};

describe('a feed that misbehaves is never silent and never green', () => {
  test.each(MISBEHAVIOURS)('%s', async (mode) => {
    const path = `/spoilt/${mode}`;
    server.serve(path, GOOD);
    server.misbehave(path, mode);
    const started = performance.now();
    const { state, reason } = await poll(path);
    expect([state, reason]).toEqual([ENDS[mode][0], expect.stringMatching(ENDS[mode][1])]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

test('without a limit of its own a poll ends after 15 seconds', async () => {
  server.misbehave('/never', 'slow_headers');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  let ended = false;
  const asked = fetchFeed({ url: `${server.url}/never`, now }).finally(() => {
    ended = true;
  });
  await vi.advanceTimersByTimeAsync(14_999);
  expect(ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  const answer = await asked;
  expect(answer.ok ? '' : answer.error.message).toBe('No complete answer within 15 seconds.');
});

test('a good feed is read, and "not modified" is understood when asked for', async () => {
  server.serve('/good', GOOD);
  const first = await fetchFeed({ url: `${server.url}/good`, now });
  if (!first.ok || first.value.status !== 'changed') throw new Error('expected the feed');
  const { bytes, headers, ...rest } = first.value;
  expect(rest).toEqual({ status: 'changed', fetchedAt: NOW, url: `${server.url}/good` });
  expect(headers['content-type']).toBe('application/json');
  expect(new TextDecoder().decode(bytes)).toBe(GOOD);
  const etag = headers['etag'] ?? '';
  expect(await fetchFeed({ url: `${server.url}/good`, now, etag })).toEqual({
    ok: true,
    value: { status: 'not_modified', fetchedAt: NOW },
  });
  server.serve('/good', '[]');
  expect(await poll('/good', { etag })).toEqual({
    state: 'empty',
    reason: 'Google Cloud incidents.json is whole and lists no event.',
  });
});

test('a swapped answer is a function of time', async () => {
  let minute = 0;
  server.serve('/moving', () => (minute < 71 ? '[]' : GOOD));
  expect((await poll('/moving')).state).toBe('empty');
  minute = 71;
  expect((await poll('/moving')).state).toBe('ok');
});

test('conditions stay with the host that set them, and nothing else is ever sent along', async () => {
  const other = await startFeedServer();
  other.serve('/there', GOOD);
  server.redirect('/here', `${other.url}/there`);
  const answer = await fetchFeed({
    url: `${server.url}/here`,
    now,
    etag: '"secret"',
    lastModified: 'Thu, 12 Jun 2025 19:00:00 GMT',
  });
  expect(answer.ok && answer.value.status === 'changed' && answer.value.url).toBe(`${other.url}/there`);
  const names = Object.keys(other.requests[0]?.headers ?? {});
  expect(names.filter((name) => /^if-|cookie|authorization|referer/.test(name))).toEqual([]);
  await other.close();
});

test.each([
  ['http://status.example.org/feed', 'Not asked: http://status.example.org is not https.'],
  [
    'https://user:secret@status.example.org/feed',
    'Not asked: https://status.example.org carries a user name or password.',
  ],
  ['file:///etc/passwd', 'Not asked: file:// is not https.'],
  ['not a url', '"not a url" is not a web address.'],
])('%s is refused without a request', async (url, message) => {
  expect(await fetchFeed({ url, now })).toEqual({
    ok: false,
    error: { code: 'refused', message, feedState: 'unreadable', retryAfterSeconds: null },
  });
});

test('a check can be cancelled, before and during', async () => {
  server.misbehave('/hung', 'slow_headers');
  const cancel = new AbortController();
  const during = fetchFeed({ url: `${server.url}/hung`, now, signal: cancel.signal });
  cancel.abort();
  const cancelled = {
    ok: false,
    error: {
      code: 'cancelled',
      message: 'The check was cancelled.',
      feedState: 'unreadable',
      retryAfterSeconds: null,
    },
  };
  expect(await during).toEqual(cancelled);
  expect(await fetchFeed({ url: `${server.url}/hung`, now, signal: cancel.signal })).toEqual(cancelled);
});

test('nobody at home is told apart from somebody who does not answer', async () => {
  const gone = await startFeedServer();
  await gone.close();
  const answer = await fetchFeed({ url: `${gone.url}/feed`, now });
  expect(answer.ok ? '' : answer.error.message).toBe(`${new URL(gone.url).host} refuses the connection.`);
});
