import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { feedWorkElsewhere } from '../../../main/adapters/feeds/feed-work-client.ts';
import {
  feedWorkHere,
  unpacked,
  type FeedWork,
  type MatchJob,
} from '../../../main/adapters/feeds/feed-work.ts';
import { buildCatalog, type FeedCatalog } from '../../../main/core/feeds/catalog.ts';
import { Instant } from '../../../main/core/time.ts';
import { value } from '../../support/database.ts';
import { forkedFeedProcess } from '../../support/feed-process.ts';
import { startFeedServer, type FeedServer } from '../../support/feed-server.ts';
import { buildScripts } from '../../support/kill-build.ts';
import { fixture } from './fixtures.ts';

const FEEDS = path.resolve(import.meta.dirname, '../../../resources/feeds');
const NOW = Instant.parse('2025-06-12T19:10:00.000Z');
let scripts: Awaited<ReturnType<typeof buildScripts<'worker'>>>;
let server: FeedServer;
let catalog: FeedCatalog;

beforeAll(async () => {
  scripts = await buildScripts({ worker: 'main/adapters/feeds/feed-process.ts' });
  server = await startFeedServer();
  const document = (name: string): unknown => JSON.parse(readFileSync(path.join(FEEDS, name), 'utf8'));
  catalog = value(buildCatalog(document('services.json'), document('regions.json')));
});
afterAll(async () => {
  scripts.remove();
  await server.close();
});

function elsewhere(deadlineMs?: number): FeedWork {
  const work = feedWorkElsewhere(forkedFeedProcess(scripts.script('worker')), catalog, deadlineMs);
  onTestFinished(() => work.close());
  return work;
}

function job(bytes: Uint8Array): MatchJob {
  return {
    kind: 'gcp_incidents',
    body: { encoding: 'identity', bytes, size: bytes.byteLength },
    fetchedAt: NOW,
    scope: {
      provider: 'gcp',
      services: ['Cloud Storage'],
      regions: ['us-central1'],
      onset: Instant.parse('2025-06-12T17:51:00.000Z'),
      now: NOW,
    },
    knownPublic: new Map(),
  };
}

test('a process of its own asks, reads and matches as is done in place', async () => {
  const bytes = fixture('gcp-2025-06-12-1908.json');
  server.serve('/feed.json', bytes);
  const work = elsewhere();
  const asked = value(await work.ask({ url: `${server.url}/feed.json` }));
  if (asked.status !== 'changed') throw new Error('nothing came');
  const received = unpacked(asked.body);
  expect(Buffer.compare(received, bytes)).toBe(0);
  expect(asked.body.encoding).toBe('gzip');
  expect(asked.headers).toMatchObject({ 'content-type': 'application/json' });
  const here = feedWorkHere(catalog);
  const matched = await work.match(job(received));
  expect(matched).toEqual(await here.match(job(bytes)));
  expect(matched.saying).toBe('matching');
  expect(await work.state(job(bytes))).toEqual(await here.state(job(bytes)));
});

test('a process that hangs is ended: the feed could not be checked, and the next one is read', async () => {
  server.serve('/slow.json', '[]');
  server.misbehave('/slow.json', 'slow_headers');
  const work = elsewhere(2_000);
  const [asked, other] = await Promise.all([
    work.ask({ url: `${server.url}/slow.json` }),
    work.match(job(Buffer.from('<html>'))),
  ]);
  expect(asked).toMatchObject({
    error: {
      feedState: 'unreadable',
      message: 'The reading of this feed broke off: not done within 2 seconds.',
    },
  });
  expect(other.saying).toBe('could_not_check');
  server.serve('/quick.json', '[]');
  expect(value(await elsewhere().ask({ url: `${server.url}/quick.json` })).status).toBe('changed');
});

test('what is asked of a closed one is answered as not checked', async () => {
  const work = elsewhere();
  await work.close();
  expect(await work.match(job(Buffer.from('[]')))).toMatchObject({
    saying: 'could_not_check',
    reason: 'The reading of this feed broke off: the app is closing.',
  });
});
