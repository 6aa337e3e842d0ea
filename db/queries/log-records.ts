import type { LogRecord } from '../../main/core/evidence/model.ts';
import type { IncidentId } from '../../main/core/ids.ts';
import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import type { Instant } from '../../main/core/time.ts';
import { epochMs, instantOf } from '../../main/core/time.ts';
import type { RecordCounts, RecordFilter, RecordKey, RecordPage, RecordWindow } from '../api.ts';
import type { ReadableDb, WritableDb } from '../database.ts';

/** An import under way: the numbers that its records carry. */
export interface Staging {
  readonly number: number;
  readonly incident: number;
  readonly afterRecord: number;
}

interface RecordRow extends Omit<LogRecord, 'at' | 'readOnly' | 'resources' | 'flags'> {
  readonly atMs: number;
  readonly readOnly: 0 | 1 | null;
  readonly resources: string;
  readonly flags: string;
}

const COLUMNS = `id, at_ms AS atMs, source, name, region, account, principal, actor, source_ip AS sourceIp,
  user_agent AS userAgent, read_only AS readOnly, error_code AS errorCode, error_message AS errorMessage,
  resources, flags, detail`;

/** Written exactly as in the partial indexes, or SQLite does not use them. */
const KINDS = {
  changes: 'read_only IS NOT 1 AND error_code IS NULL',
  errors: 'error_code IS NOT NULL',
} as const;

/** Hides what an import has not finished. There are hardly ever more than one or two such files. */
const FINISHED = `file NOT IN (SELECT number FROM evidence_file WHERE state = 'importing')`;

const OF_INCIDENT = 'incident = (SELECT number FROM incident WHERE id = $incidentId)';

/** Adds records to an import under way. One whose id the incident has already is a duplicate. */
export function insertStaged(
  db: WritableDb,
  staging: Staging,
  records: readonly LogRecord[],
): { inserted: number; duplicates: number } {
  const insert = db.prepare<unknown[]>(
    `INSERT INTO log_record (incident, file, id, at_ms, source, name, region, account, principal, actor,
       source_ip, user_agent, read_only, error_code, error_message, resources, flags, detail)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (incident, id) DO NOTHING`,
  );
  let inserted = 0;
  for (const record of records) inserted += insert.run(...columnsOf(staging, record)).changes;
  return { inserted, duplicates: records.length - inserted };
}

function columnsOf({ incident, number }: Staging, record: LogRecord): unknown[] {
  return [
    incident,
    number,
    record.id,
    epochMs(record.at),
    record.source,
    record.name,
    record.region,
    record.account,
    record.principal,
    record.actor,
    record.sourceIp,
    record.userAgent,
    record.readOnly === null ? null : Number(record.readOnly),
    record.errorCode,
    record.errorMessage,
    JSON.stringify(record.resources),
    JSON.stringify(record.flags),
    record.detail,
  ];
}

/** Removes the records of an import under way. */
export function removeStaged(db: WritableDb, { number, afterRecord }: Staging): void {
  db.prepare('DELETE FROM log_record WHERE record > ? AND file = ?').run(afterRecord, number);
}

/** What an import has brought, counted once when it is finished. */
export function countStaged(
  db: ReadableDb,
  { number, afterRecord }: Staging,
): { records: number; changes: number; errors: number; fromMs: number | null; toMs: number | null } {
  const counted = db
    .prepare<
      [number, number],
      { records: number; changes: number; errors: number; fromMs: number | null; toMs: number | null }
    >(
      `SELECT count(*) AS records, count(*) FILTER (WHERE ${KINDS.changes}) AS changes,
         count(*) FILTER (WHERE ${KINDS.errors}) AS errors, min(at_ms) AS fromMs, max(at_ms) AS toMs
       FROM log_record WHERE record > ? AND file = ?`,
    )
    .get(afterRecord, number);
  if (counted === undefined) throw new Error('count(*) gave no row');
  return counted;
}

/** Calls that may have changed something: not known to be read-only, and not failed. Nearest to `to` first. */
export function changeCandidates(db: ReadableDb, window: RecordWindow): RecordPage {
  return recordsOfKind(db, 'changes', window);
}

/** Calls that failed. Nearest to `to` first. */
export function errorRecords(db: ReadableDb, window: RecordWindow): RecordPage {
  return recordsOfKind(db, 'errors', window);
}

function recordsOfKind(db: ReadableDb, kind: keyof typeof KINDS, window: RecordWindow): RecordPage {
  const { incidentId, from, to, limit } = window;
  return listRecords(db, { incidentId, limit, filter: { kind, from, to } });
}

/** Newest first; `after` is the last record of the page before, and the cost does not grow with the depth. */
export function listRecords(
  db: ReadableDb,
  args: {
    readonly incidentId: IncidentId;
    readonly after?: RecordKey | undefined;
    readonly limit: number;
    readonly filter?: RecordFilter | undefined;
  },
): RecordPage {
  const { incidentId, after, limit, filter = {} } = args;
  const conditions = [
    OF_INCIDENT,
    FINISHED,
    ...(filter.kind ? [KINDS[filter.kind]] : []),
    ...(filter.from ? ['at_ms >= $fromMs'] : []),
    ...(filter.to ? ['at_ms <= $toMs'] : []),
    ...(filter.text ? [TEXT_MATCH] : []),
    // Records of one millisecond follow their row numbers.
    ...(after
      ? [
          `(at_ms, record) <
            ($afterMs, (SELECT record FROM log_record WHERE ${OF_INCIDENT} AND id = $afterId))`,
        ]
      : []),
  ];
  const rows = db
    .prepare<[object], RecordRow>(
      `SELECT ${COLUMNS} FROM log_record WHERE ${conditions.join(' AND ')}
       ORDER BY at_ms DESC, record DESC LIMIT $limit`,
    )
    .all({
      incidentId,
      limit: limit + 1,
      ...(filter.from && { fromMs: epochMs(filter.from) }),
      ...(filter.to && { toMs: epochMs(filter.to) }),
      ...(filter.text && { text: `%${likeText(filter.text)}%` }),
      ...(after && { afterMs: epochMs(after.at), afterId: after.id }),
    });
  return { records: rows.slice(0, limit).map(logRecord), more: rows.length > limit };
}

/** One record of a finished import. */
export function getRecord(
  db: ReadableDb,
  { incidentId, recordId }: { readonly incidentId: IncidentId; readonly recordId: string },
): Result<LogRecord> {
  const row = db
    .prepare<[object], RecordRow>(
      `SELECT ${COLUMNS} FROM log_record WHERE ${OF_INCIDENT} AND id = $recordId AND ${FINISHED}`,
    )
    .get({ incidentId, recordId });
  return row
    ? ok(logRecord(row))
    : fail('not_found', 'There is no such record in the logs of this incident.');
}

const TEXT_MATCH = `(${[
  'name',
  'source',
  'principal',
  'source_ip',
  'error_code',
  'error_message',
  'detail',
  'resources',
]
  .map((column) => `${column} LIKE $text ESCAPE '\\'`)
  .join(' OR ')})`;

function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
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

function logRecord({ atMs, readOnly, resources, flags, ...row }: RecordRow): LogRecord {
  return {
    ...row,
    // Not parsed again: a page is thousands of rows, and only `epochMs` has written them.
    at: new Date(atMs).toISOString() as Instant,
    readOnly: readOnly === null ? null : readOnly === 1,
    resources: textList(resources),
    flags: textList(flags),
  };
}

function textList(json: string): string[] {
  return JSON.parse(json) as string[]; // written by columnsOf
}
