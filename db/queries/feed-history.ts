import type { FeedId, IncidentId } from '../../main/core/ids.ts';
import { LONGEST_PAUSE_MINUTES } from '../../main/core/report/feed-lanes.ts';
import type { ReadableDb } from '../database.ts';
import type { FeedRun } from '../feed-history-api.ts';

interface RunRow extends Omit<FeedRun, 'headers'> {
  readonly headers: string;
}

/**
 * What every feed of an incident answered, poll by poll, equal ones in a row put together. A pause in which nobody knows what the
 * feed said ends a row.
 */
export function feedHistory(
  db: ReadableDb,
  { incidentId, feedId }: { readonly incidentId: IncidentId; readonly feedId?: FeedId | undefined },
): FeedRun[] {
  return db
    .prepare<[{ incidentId: string; feedId: string | null; pause: number }], RunRow>(
      `WITH polled AS (
         SELECT fetch, feed_id, at,
           state IS lag(state) OVER polls AND reason IS lag(reason) OVER polls
             AND sha256 IS lag(sha256) OVER polls
             AND unixepoch(at) - unixepoch(lag(at) OVER polls) <= $pause AS same
         FROM feed_fetch
         WHERE incident_id IS $incidentId AND ($feedId IS NULL OR feed_id = $feedId)
         WINDOW polls AS (PARTITION BY feed_id ORDER BY fetch)
       ), numbered AS (
         SELECT fetch, feed_id, at, sum(same IS NOT 1) OVER (PARTITION BY feed_id ORDER BY fetch) AS run FROM polled
       )
       SELECT one.feed_id AS feedId, one.at AS "from", until, polls, state, reason, one.sha256, size, headers
       FROM (SELECT min(fetch) AS first, max(at) AS until, count(*) AS polls FROM numbered GROUP BY feed_id, run)
         JOIN feed_fetch AS one ON one.fetch = first
         LEFT JOIN blob ON blob.sha256 = one.sha256
       ORDER BY one.feed_id, first`,
    )
    .all({ incidentId, feedId: feedId ?? null, pause: LONGEST_PAUSE_MINUTES * 60 })
    .map((row) => ({ ...row, headers: JSON.parse(row.headers) as FeedRun['headers'] })); // as recordFetch wrote it
}
