import type { IncidentId } from '../../main/core/ids.ts';
import { epochMs, type Instant } from '../../main/core/time.ts';
import type { ReadableDb } from '../database.ts';

const MOST_MINUTES = 24 * 60;

/** Records of each minute between two instants, from the sums that each batch was stored with. */
export function minuteCounts(
  db: ReadableDb,
  { incidentId, from, to }: { readonly incidentId: IncidentId; readonly from: Instant; readonly to: Instant },
): readonly number[] {
  const first = Math.floor(epochMs(from) / 60_000);
  const last = Math.min(Math.floor(epochMs(to) / 60_000), first + MOST_MINUTES - 1);
  const counts = Array.from({ length: Math.max(0, last - first + 1) }, () => 0);
  const rows = db
    .prepare<[object], { minute: number; records: number }>(
      `SELECT minute, sum(records) AS records FROM log_minute
       WHERE minute BETWEEN $first AND $last AND batch IN (
         SELECT batch FROM log_batch WHERE incident = (SELECT number FROM incident WHERE id = $incidentId)
           AND file NOT IN (SELECT number FROM evidence_file WHERE state <> 'complete'))
       GROUP BY minute`,
    )
    .all({ incidentId, first, last });
  for (const { minute, records } of rows) counts[minute - first] = records;
  return counts;
}
