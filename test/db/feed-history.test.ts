import { expect, test } from 'vitest';
import type { FeedFetch } from '../../db/api.ts';
import { databaseFile } from '../../db/store.ts';
import { createInProcessClient } from '../../db/in-process.ts';
import { createDatabase } from '../../db/migrate.ts';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import { openDetached } from '../../db/open.ts';
import { FeedId } from '../../main/core/ids.ts';
import { INCIDENT, minute, temporaryFolder, testClient, value } from '../support/database.ts';

const FEED = FeedId.parse('gcp');

test('polls that gave the same are one run, until something else came or nobody asked', async () => {
  const client = testClient();
  const { sha256 } = value(await client.call('putBlob', { mediaType: 'x', bytes: Buffer.from('[]') }));
  const poll = (at: number, changes: Partial<FeedFetch> = {}): FeedFetch => ({
    feedId: FEED,
    incidentId: INCIDENT,
    at: minute(at),
    state: 'empty',
    reason: '',
    sha256,
    headers: { etag: `"${at}"` },
    ...changes,
  });
  const hole = { state: 'unreadable', reason: 'HTML.', sha256: null, headers: {} } as const;
  const polls = [poll(0), poll(1), poll(16), poll(17, hole), poll(18), poll(33.1)];
  // Told twice, noted once: two windows on one incident hear of the same answer.
  for (const fetch of [...polls, poll(33.1)]) value(await client.call('recordFetch', { fetch }));
  value(await client.call('recordFetch', { fetch: poll(2, { feedId: FeedId.parse('aws') }) }));
  const runs = value(await client.call('feedHistory', { incidentId: INCIDENT, feedId: FEED }));
  expect(runs.map(({ from, until, polls: count, state }) => [from, until, count, state])).toEqual([
    [minute(0), minute(16), 3, 'empty'],
    [minute(17), minute(17), 1, 'unreadable'],
    [minute(18), minute(18), 1, 'empty'],
    [minute(33.1), minute(33.1), 1, 'empty'],
  ]);
  expect(runs[0]).toMatchObject({ sha256, size: 2, headers: { etag: '"0"' } });
  expect(runs[1]).toMatchObject({ sha256: null, size: null, reason: 'HTML.' });
  expect(
    value(await client.call('feedHistory', { incidentId: INCIDENT })).map(({ feedId }) => feedId),
  ).toEqual(['aws', ...Array.from({ length: 4 }, () => 'gcp')]);
});

test('what an older version kept of an answer’s headers is there after the upgrade', async () => {
  const folder = temporaryFolder();
  const [initial] = MIGRATIONS;
  if (initial === undefined) throw new Error('there is no first step');
  const file = databaseFile(folder);
  createDatabase(file, [initial]);
  const old = openDetached(file);
  const insert = old.prepare(
    `INSERT INTO feed_fetch (feed_id, incident_id, at, state, reason, etag, last_modified)
     VALUES ('gcp', 'inc-1', ?, 'empty', '', ?, ?)`,
  );
  insert.run(minute(0), '"1"', 'Thu, 12 Jun 2025 18:00:00 GMT');
  insert.run(minute(20), null, null);
  old.close();
  const client = createInProcessClient({ dataDir: folder });
  const runs = value(await client.call('feedHistory', { incidentId: INCIDENT }));
  await client.close();
  expect(runs.map(({ headers }) => headers)).toEqual([
    { etag: '"1"', 'last-modified': 'Thu, 12 Jun 2025 18:00:00 GMT' },
    {},
  ]);
});
