import type { LogRecord } from '../../main/core/evidence/model.ts';
import type { StateSeams, StateSpan } from '../../main/core/evidence/state-span.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import type { Staging } from './record-batches.ts';

/** Adds what a file under way knows of its resources. */
export function insertStagedSpans(
  db: WritableDb,
  { incident, number }: Staging,
  spans: readonly StateSpan[],
): void {
  const insert = db.prepare<object>(
    `INSERT INTO state_span (file, incident, resource, from_ms, to_ms, oldest, newest, alone)
     VALUES ($file, $incident, $resource, $fromMs, $toMs, $oldest, $newest, $alone)`,
  );
  for (const { alone, ...span } of spans) {
    insert.run({ ...span, alone: alone === null ? null : JSON.stringify(alone), file: number, incident });
  }
}

interface SeamRow {
  readonly alone: string | null;
  readonly oldest: string;
  readonly newest: string;
  /** The nearest state before this file's oldest. */
  readonly before: string | null;
  /** The nearest oldest state of another file after this file's newest. */
  readonly after: string | null;
}

/** Finished files of the incident. */
const OTHERS = `state_span AS other JOIN evidence_file AS kept ON kept.number = other.file AND kept.state = 'complete'
  WHERE other.incident = mine.incident AND other.resource = mine.resource AND other.file <> mine.file`;

/** Another file that knows what a state came from, or begins with the same one, has told its change. */
const known = (at: string): string => `EXISTS (SELECT 1 FROM ${OTHERS}
  AND other.from_ms <= ${at} AND other.to_ms >= ${at})`;

/** Holds the ends of a file under way against those of the finished files of its incident. */
export function seamsOf(db: ReadableDb, { number }: Staging): StateSeams {
  const rows = db
    .prepare<[number], SeamRow>(
      `SELECT alone, oldest, coalesce(newest, oldest) AS newest,
         CASE WHEN ${known('mine.from_ms')} THEN NULL ELSE
           (SELECT coalesce(other.newest, other.oldest) FROM ${OTHERS} AND other.to_ms < mine.from_ms
            ORDER BY other.to_ms DESC LIMIT 1) END AS before,
         CASE WHEN ${known('mine.to_ms')} THEN NULL ELSE
           (SELECT other.oldest FROM ${OTHERS} AND other.from_ms > mine.to_ms
            ORDER BY other.from_ms LIMIT 1) END AS after
       FROM state_span AS mine WHERE file = ? ORDER BY resource`,
    )
    .all(number);
  return {
    resources: rows.length,
    counted: rows.filter(({ alone }) => alone !== null).length,
    alone: rows.flatMap(({ alone, before }) =>
      // Only a record that was written there.
      alone === null || before !== null ? [] : [JSON.parse(alone) as LogRecord],
    ),
    before: rows.flatMap(({ before, oldest }) => (before === null ? [] : [{ before, after: oldest }])),
    after: rows.flatMap(({ newest, after }) => (after === null ? [] : [{ before: newest, after }])),
  };
}
