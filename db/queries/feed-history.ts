import type { FeedId, IncidentId } from '../../main/core/ids.ts';
import type { ReadableDb } from '../database.ts';
import { LONGEST_PAUSE_SECONDS, type FeedRun } from '../feed-history-api.ts';

interface RunRow extends Omit<FeedRun, 'headers'> {
  readonly headers: string;
}

/** What every feed of an incident answered, poll by poll, equal ones in a row put together. */
export function feedHistory(
  db: ReadableDb,
  { incidentId, feedId }: { readonly incidentId: IncidentId; readonly feedId?: FeedId | undefined },
): FeedRun[] {
  return db
    .prepare<[{ incidentId: string; feedId: string | null; pause: number }], RunRow>(
      `WITH polled AS (
         SELECT fetch, feed_id, at, state, reason, sha256, headers,
           state IS lag(state) OVER polls AND reason IS lag(reason) OVER polls
             AND sha256 IS lag(sha256) OVER polls
             AND unixepoch(at) - unixepoch(lag(at) OVER polls) <= $pause AS same
         FROM feed_fetch
         WHERE incident_id IS $incidentId AND ($feedId IS NULL OR feed_id = $feedId)
         WINDOW polls AS (PARTITION BY feed_id ORDER BY fetch)
       ), numbered AS (
         SELECT *, sum(same IS NOT 1) OVER (PARTITION BY feed_id ORDER BY fetch) AS run FROM polled
       )
       -- SQLite takes the bare columns from the row that min() found.
       SELECT feed_id AS feedId, at AS "from", last AS until, polls, state, reason, run.sha256, blob.size, headers
       FROM (SELECT feed_id, run, min(fetch) AS first, at, max(at) AS last, count(*) AS polls,
               state, reason, sha256, headers
             FROM numbered GROUP BY feed_id, run) AS run
         LEFT JOIN blob ON blob.sha256 = run.sha256
       ORDER BY feed_id, first`,
    )
    .all({ incidentId, feedId: feedId ?? null, pause: LONGEST_PAUSE_SECONDS })
    .map((row) => ({ ...row, headers: JSON.parse(row.headers) as FeedRun['headers'] })); // as recordFetch wrote it
}
