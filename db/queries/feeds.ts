import type { FeedId, IncidentId } from '../../main/core/ids.ts';
import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import type { Feed, FeedFetch, LastFetch } from '../api.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { writeTransaction } from '../database.ts';
import { hasBlob } from './blobs.ts';

interface FeedRow extends Omit<Feed, 'enabled' | 'builtin'> {
  readonly enabled: 0 | 1;
  readonly builtin: 0 | 1;
}

/** All feeds, by provider and name. */
export function listFeeds(db: ReadableDb): Feed[] {
  return db
    .prepare<[], FeedRow>(
      `SELECT id, name, provider, kind, url, enabled, builtin
       FROM feed ORDER BY provider, name COLLATE NOCASE, id`,
    )
    .all()
    .map((row) => ({ ...row, enabled: row.enabled === 1, builtin: row.builtin === 1 }));
}

/** Stores a feed, new or changed. */
export function saveFeed(db: WritableDb, { feed }: { readonly feed: Feed }): Result<null> {
  return writeTransaction(db, () => {
    db.prepare(
      `INSERT INTO feed (id, name, provider, kind, url, enabled, builtin)
       VALUES ($id, $name, $provider, $kind, $url, $enabled, $builtin)
       ON CONFLICT (id) DO UPDATE SET name = $name, provider = $provider, kind = $kind, url = $url,
         enabled = $enabled, builtin = $builtin`,
    ).run({ ...feed, enabled: Number(feed.enabled), builtin: Number(feed.builtin) });
    return ok(null);
  });
}

/** Removes a feed of the user's; what it once said stays with the incidents. */
export function deleteFeed(db: WritableDb, { feedId }: { readonly feedId: FeedId }): Result<null> {
  return writeTransaction(db, () => {
    const feed = listFeeds(db).find(({ id }) => id === feedId);
    if (feed === undefined) return fail('not_found', `There is no feed ${feedId}.`);
    if (feed.builtin)
      return fail('refused', `${feed.name} comes with Demarc: it can be switched off instead.`);
    db.prepare('DELETE FROM feed WHERE id = ?').run(feedId);
    return ok(null);
  });
}

/** Notes one reading of a feed, once. Its bytes must be stored before. */
export function recordFetch(db: WritableDb, { fetch }: { readonly fetch: FeedFetch }): Result<null> {
  return writeTransaction(db, () => {
    if (fetch.sha256 !== null && !hasBlob(db, fetch.sha256)) {
      return fail('not_found', `The bytes ${fetch.sha256} of this reading are not stored.`);
    }
    db.prepare(
      `INSERT INTO feed_fetch (feed_id, incident_id, at, state, reason, sha256, headers)
       SELECT $feedId, $incidentId, $at, $state, $reason, $sha256, $headers
       WHERE NOT EXISTS (SELECT 1 FROM feed_fetch
                         WHERE incident_id IS $incidentId AND feed_id = $feedId AND at = $at
                           AND state = $state AND sha256 IS $sha256)`,
    ).run({ ...fetch, headers: JSON.stringify(fetch.headers) });
    return ok(null);
  });
}

/** The states in which a feed said something; the others are "could not check". */
const READABLE = `state IN ('ok', 'empty')`;

/** Per feed the last reading for an incident (null: for none in particular), and the last readable one. */
export function lastFetches(
  db: ReadableDb,
  { incidentId }: { readonly incidentId: IncidentId | null },
): LastFetch[] {
  const last = newestPerFeed(db, incidentId, 'true');
  const good = new Map(newestPerFeed(db, incidentId, READABLE).map((fetch) => [fetch.feedId, fetch]));
  return last.map((fetch) => ({
    feedId: fetch.feedId,
    last: fetch,
    lastGood: good.get(fetch.feedId) ?? null,
  }));
}

function newestPerFeed(db: ReadableDb, incidentId: IncidentId | null, condition: string): FeedFetch[] {
  return db
    .prepare<[{ incidentId: string | null }], Omit<FeedFetch, 'headers'> & { readonly headers: string }>(
      `SELECT feed_id AS feedId, incident_id AS incidentId, at, state, reason, sha256, headers
       FROM feed_fetch
       WHERE fetch IN (SELECT max(fetch) FROM feed_fetch
                       WHERE incident_id IS $incidentId AND ${condition} GROUP BY feed_id)
       ORDER BY feed_id`,
    )
    .all({ incidentId })
    .map((row) => ({ ...row, headers: JSON.parse(row.headers) as FeedFetch['headers'] })); // as recordFetch wrote it
}
