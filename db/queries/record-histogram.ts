import type { IncidentId } from '../../main/core/ids.ts';
import { epochMs, instantOf } from '../../main/core/time.ts';
import type { Args, Value } from '../api.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { FINISHED, OF_INCIDENT } from './record-rows.ts';

/** Spans that a bar may stand for, in minutes: they begin where a clock is round. */
const SPANS: readonly number[] = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440];

interface Row {
  readonly span: number;
  readonly records: number;
  readonly changes: number;
  readonly errors: number;
}

const MINUTES_OF_BATCHES = `FROM log_minute
  WHERE batch IN (SELECT batch FROM log_batch WHERE ${OF_INCIDENT} AND ${FINISHED}) AND minute BETWEEN $least AND $highest`;

/** From the sums by minute that each batch was stored with; no record is looked at. */
export function recordHistogram(
  db: ReadableDb,
  { incidentId, from, to, most }: Args<'recordHistogram'>,
): Value<'recordHistogram'> {
  const limits = {
    incidentId,
    least: from === null ? -Number.MAX_SAFE_INTEGER : Math.floor(epochMs(from) / 60_000),
    highest: to === null ? Number.MAX_SAFE_INTEGER : Math.floor(epochMs(to) / 60_000),
  };
  const ends = prepared<object, { first: number | null; last: number | null }>(
    db,
    `SELECT min(minute) AS first, max(minute) AS last ${MINUTES_OF_BATCHES}`,
  ).get(limits);
  if (ends === undefined || ends.first === null || ends.last === null) return { minutes: 1, bars: [] };
  const minutes = spanFor(ends.last - ends.first + 1, most);
  const rows = prepared<object, Row>(
    db,
    `SELECT CAST(floor(minute * 1.0 / $minutes) AS INTEGER) AS span, sum(records) AS records, sum(changes) AS changes,
       sum(errors) AS errors ${MINUTES_OF_BATCHES} GROUP BY span ORDER BY span`,
  ).all({ ...limits, minutes });
  return {
    minutes,
    bars: rows.map(({ span, ...counts }) => ({ from: instantOf(span * minutes * 60_000), ...counts })),
  };
}

/** How many minutes a bar stands for when the whole time of the logs is shown in at most so many bars. */
export function barMinutes(
  db: ReadableDb,
  { incidentId, most }: { readonly incidentId: IncidentId; readonly most: number },
): number {
  const ends = prepared<object, { first: number | null; last: number | null }>(
    db,
    `SELECT min(first_ms) AS first, max(last_ms) AS last FROM log_batch WHERE ${OF_INCIDENT} AND ${FINISHED}`,
  ).get({ incidentId });
  if (ends === undefined || ends.first === null || ends.last === null) return 1;
  return spanFor(Math.floor(ends.last / 60_000) - Math.floor(ends.first / 60_000) + 1, most);
}

/** Records between two instants, to the minute. */
export function countRecords(db: ReadableDb, { incidentId, from, to }: Args<'countRecords'>): number {
  const sum = prepared<object, number>(
    db,
    `SELECT coalesce(sum(log_minute.records), 0) FROM log_minute
     WHERE batch IN (SELECT batch FROM log_batch WHERE ${OF_INCIDENT} AND ${FINISHED})
       AND minute BETWEEN $least AND $highest`,
  ).pluck();
  return (
    sum.get({
      incidentId,
      least: Math.floor(epochMs(from) / 60_000),
      highest: Math.floor(epochMs(to) / 60_000),
    }) ?? 0
  );
}

function spanFor(length: number, most: number): number {
  const known = SPANS.find((minutes) => length / minutes <= most);
  return known ?? 1440 * Math.ceil(length / 1440 / most);
}
