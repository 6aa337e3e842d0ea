import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createInProcessClient } from '../../db/in-process.ts';
import { FeedId } from '../../main/core/ids.ts';
import { temporaryFolder, value } from '../support/database.ts';
import { startFeedServer } from '../support/feed-server.ts';
import { seedEvening } from '../support/gcp-evening.ts';
import { demarc, demarcJson, FIXTURES, jsonFile } from './run.ts';

const RECORDED = path.join(FIXTURES, 'feeds/gcp-2025-06-12-1908.json');

describe('feeds parse', () => {
  test('tells state and events of recorded bytes', async () => {
    const args = ['feeds', 'parse', '--kind', 'gcp_incidents', RECORDED, '--at', '2025-06-12T19:08Z'];
    const { status, json } = await demarcJson(args);
    expect(status).toBe(0);
    expect(json).toMatchObject({
      feedState: 'ok',
      events: expect.arrayContaining([
        expect.objectContaining({ nativeId: 'outage20250612', lifecycle: 'open' }),
      ]) as unknown,
      rejected: [],
    });
  });

  test('tells why bytes could not be read as that kind; that is an answer, not a failure', async () => {
    const file = jsonFile(temporaryFolder(), 'login.html', '<!doctype html><html><body>Log in</body></html>');
    const { status, json } = await demarcJson(['feeds', 'parse', '--kind', 'aws_rss', file]);
    expect({ status, json }).toEqual({
      status: 0,
      json: {
        feedState: 'unreadable',
        reason: 'The answer is an HTML page, not the feed.',
        events: [],
        rejected: [],
      },
    });
  });

  test('without --kind the content tells, also inside a message', async () => {
    const plain = await demarcJson(['feeds', 'parse', RECORDED]);
    expect(plain.json).toMatchObject({ kind: 'gcp_incidents', feedState: 'ok' });
    const event = readFileSync(path.join(FIXTURES, 'feeds/aws_health_events.bridge.json'), 'utf8');
    const [first] = JSON.parse(event) as readonly unknown[];
    const message = { Type: 'Notification', Message: JSON.stringify(first) };
    const { out } = await demarc(['feeds', 'parse', jsonFile(temporaryFolder(), 'sns.json', message)]);
    expect(out).toMatch(/^aws_health_events \(AWS Health events, taken out of a message\)\nok\n/);
    const other = await demarc([
      'feeds',
      'parse',
      jsonFile(temporaryFolder(), 'x.json', { weather: 'fine' }),
    ]);
    expect(other).toEqual({
      status: 0,
      out: 'unreadable: The answer is JSON, but of no kind that Demarc reads. Name its kind with --kind.\n',
      err: '',
    });
  });

  test('a file that is not there is status 3', async () => {
    const { status, err } = await demarc(['feeds', 'parse', '--kind', 'aws_rss', '/nowhere.rss']);
    expect({ status, err }).toEqual({ status: 3, err: 'There is no file /nowhere.rss.\n' });
  });
});

describe('feeds check', () => {
  test('asks each feed now; one that answers with a login page could not be checked', async () => {
    const server = await startFeedServer();
    onTestFinished(() => server.close());
    server.serve('/gcp', readFileSync(RECORDED));
    server.misbehave('/aws', 'html_200');
    const data = temporaryFolder();
    const db = createInProcessClient({ dataDir: data });
    for (const [id, kind] of [
      ['gcp', 'gcp_incidents'],
      ['aws', 'aws_rss'],
    ] as const) {
      const feed = { id: FeedId.parse(id), name: id, provider: id, kind, url: `${server.url}/${id}` };
      value(await db.call('saveFeed', { feed: { ...feed, enabled: true, builtin: false } }));
    }
    await db.close();
    const { status, json } = await demarcJson(['feeds', 'check', 'gcp', 'aws', '--data', data]);
    expect(status).toBe(0);
    expect(json).toMatchObject([
      { id: 'aws', feedState: 'unreadable', events: [] },
      { id: 'gcp', feedState: 'ok', events: [{ nativeId: 'outage20250612' }, { nativeId: 'anOlderOne' }] },
    ]);
    const { out } = await demarc(['feeds', 'check', 'aws', '--data', data]);
    expect(out).toMatch(/^aws {2}could not check {2}/);
  });

  test('a feed that is not configured is named', async () => {
    const { status, err } = await demarc(['feeds', 'check', 'weather', '--data', temporaryFolder()]);
    expect({ status, err }).toEqual({ status: 3, err: 'There is no feed weather.\n' });
  });
});

describe('feeds history', () => {
  test('tells what each feed said when, and with --at what it said at that minute', async () => {
    const server = await startFeedServer();
    onTestFinished(() => server.close());
    const data = temporaryFolder();
    await seedEvening(data, server);
    const { out } = await demarc(['feeds', 'history', 'DM-1', '--data', data]);
    expect(out).toContain('  first public word T+71 min, 2025-06-12 19:01:38Z\n');
    expect(out).toContain('  first read by us T+75 min, not yet at T+70 min\n');
    expect(out).toMatch(/T\+40 min +T\+55 min +could not check: The answer is an HTML page/);
    const at = ['--feed', 'gcp-incidents', '--at', '2025-06-12T19:11Z', '--data', data];
    const { status, json } = await demarcJson(['feeds', 'history', 'DM-1', ...at]);
    expect(status).toBe(0);
    expect(json).toMatchObject([
      {
        feedId: 'gcp-incidents',
        saying: 'matching',
        polled: { from: '2025-06-12T19:06:00.000Z', polls: 4 },
        events: [
          {
            starts: [{ claimed: '2025-06-12T19:00:00.000Z' }],
            raw: {
              form: 'json',
              items: 1,
              cut: false,
              text: expect.stringMatching(/^\{\n {2}[\s\S]*outage20250612/) as string,
            },
          },
        ],
      },
    ]);
    const text = await demarc(['feeds', 'history', 'DM-1', ...at]);
    expect(text.out).toMatch(/^### DM-1: Google Cloud status at 2025-06-12 19:11:00Z \(T\+80 min\)\n/);
    const unknown = await demarc([
      'feeds',
      'history',
      'DM-1',
      '--feed',
      'none',
      '--at',
      '2025-06-12T19:11Z',
      '--data',
      data,
    ]);
    expect({ status: unknown.status, err: unknown.err }).toEqual({
      status: 3,
      err: 'This incident has no feed none.\n',
    });
  });
});

describe('feeds add', () => {
  test('finds the feed of a host, adds it switched on, and says what it says now', async () => {
    const server = await startFeedServer();
    onTestFinished(() => server.close());
    server.serve('/api/v2/summary.json', readFileSync(path.join(FIXTURES, 'feeds/statuspage-traps.json')));
    const data = temporaryFolder();
    const host = server.url.replace('http://', '');
    const { status, json } = await demarcJson(['feeds', 'add', host, '--name', 'Ours', '--data', data]);
    expect(status).toBe(0);
    expect(json).toMatchObject({
      name: 'Ours',
      provider: 'other',
      kind: 'statuspage',
      url: `${server.url}/api/v2/summary.json`,
      enabled: true,
      state: 'ok',
    });
  });

  test('a host without a feed is the answer no, with all that was tried', async () => {
    const server = await startFeedServer();
    onTestFinished(() => server.close());
    const { status, out } = await demarc(['feeds', 'add', server.url, '--data', temporaryFolder()]);
    expect(status).toBe(1);
    expect(out).toMatch(/^No feed was found there\.\n/);
    expect(out).toContain(`${server.url}/api/v2/summary.json`);
  });
});
