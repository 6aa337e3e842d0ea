import type { LogRecord } from '../../main/core/evidence/model.ts';
import { writePrint } from '../../main/core/evidence/record-batch.ts';
import { parseSearch } from '../../main/core/evidence/search.ts';
import type { IncidentId } from '../../main/core/ids.ts';
import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import { instantOf } from '../../main/core/time.ts';
import type { RecordCounts, RecordPage, RecordQuery } from '../api.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { boundsOf, foundRows } from './found-records.ts';
import { uint32 } from './record-ids.ts';
import { FINISHED, logRecords, OF_INCIDENT, type RecordRow, rowsNumbered, SELECT } from './record-rows.ts';

/**
 * A page, newest first. `after` gives the records that follow that one, `before` those right in front of it; the cost
 * does not grow with the depth.
 */
export function listRecords(db: ReadableDb, query: RecordQuery): RecordPage {
  const { limit, filter = {} } = query;
  const words = parseSearch(filter.text ?? '');
  const rows =
    words.length === 0 ? plainRows(db, query) : foundRows(db, query, { words, bounds: boundsOf(query) });
  const newer = query.before !== undefined;
  const page = rows.slice(0, limit);
  if (newer) page.reverse();
  const records = logRecords(db, page);
  return {
    records,
    keys: records.map(({ at }, index) => ({ at, number: page[index]?.[0] ?? 0 })),
    more: rows.length > limit,
  };
}

/** One more than asked for, in the order of going. */
function plainRows(db: ReadableDb, query: RecordQuery): RecordRow[] {
  const { fromMs, toMs, key, newer, kind } = boundsOf(query);
  const conditions = [
    `r.${OF_INCIDENT}`,
    FINISHED,
    // Written exactly as in the partial indexes, or SQLite does not use them.
    ...(kind === null ? [] : [`kind = ${kind}`]),
    ...(fromMs === -Infinity ? [] : ['at_ms >= $fromMs']),
    ...(toMs === Infinity ? [] : ['at_ms <= $toMs']),
    ...(key === null ? [] : [`(at_ms, record) ${newer ? '>' : '<'} ($keyMs, $keyNumber)`]),
  ];
  const direction = newer ? 'ASC' : 'DESC';
  return prepared<object, RecordRow>(
    db,
    `${SELECT} WHERE ${conditions.join(' AND ')} ORDER BY at_ms ${direction}, record ${direction} LIMIT $limit`,
  )
    .raw()
    .all({
      incidentId: query.incidentId,
      limit: query.limit + 1,
      ...(fromMs !== -Infinity && { fromMs }),
      ...(toMs !== Infinity && { toMs }),
      ...(key && { keyMs: key.atMs, keyNumber: key.number }),
    });
}

/** One record of a finished import. */
export function getRecord(
  db: ReadableDb,
  { incidentId, recordId }: { readonly incidentId: IncidentId; readonly recordId: string },
): Result<LogRecord> {
  const print = new Uint32Array(2);
  writePrint(recordId, print, 0);
  const batches = prepared<object, { firstRecord: number; prints: Buffer }>(
    db,
    `SELECT first_record AS firstRecord, prints FROM log_batch WHERE ${OF_INCIDENT} AND records > 0 AND ${FINISHED}`,
  ).all({ incidentId });
  for (const { firstRecord, prints } of batches) {
    const numbers = uint32(prints);
    for (let at = 0; at < numbers.length; at += 2) {
      if (numbers[at] !== print[0] || numbers[at + 1] !== print[1]) continue;
      const [record] = logRecords(db, rowsNumbered(db, [firstRecord + at / 2]));
      if (record?.id === recordId) return ok(record);
    }
  }
  return fail('not_found', 'There is no such record in the logs of this incident.');
}

/** Records by their numbers, in that order, of imports that are known to be finished. */
export function recordsNumbered(db: ReadableDb, numbers: readonly number[]): LogRecord[] {
  const rows = rowsNumbered(db, numbers);
  const places = new Map(rows.map(([number], index) => [number, index]));
  const records = logRecords(db, rows);
  return numbers.flatMap((number) => records[places.get(number) ?? -1] ?? []);
}

/** Sums over the finished files of an incident. */
export function recordCounts(
  db: ReadableDb,
  { incidentId }: { readonly incidentId: IncidentId },
): RecordCounts {
  const row = db
    .prepare<
      [{ incidentId: string }],
      Omit<RecordCounts, 'from' | 'to'> & { fromMs: number | null; toMs: number | null }
    >(
      `SELECT count(*) AS files, coalesce(sum(records), 0) AS records, coalesce(sum(changes), 0) AS changes,
         coalesce(sum(errors), 0) AS errors, min(from_ms) AS fromMs, max(to_ms) AS toMs
       FROM evidence_file WHERE ${OF_INCIDENT} AND state = 'complete'`,
    )
    .get({ incidentId });
  if (row === undefined) throw new Error('sum() gave no row');
  const { fromMs, toMs, ...counts } = row;
  return {
    ...counts,
    from: fromMs === null ? null : instantOf(fromMs),
    to: toMs === null ? null : instantOf(toMs),
  };
}
