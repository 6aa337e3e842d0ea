import type { LogRecord } from '../../main/core/evidence/model.ts';
import type { Instant } from '../../main/core/time.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { callsNumbered } from './kept-calls.ts';

/** A record as it is read: what it shares with others is meant by the number of its call. */
export type RecordRow = readonly [
  number: number,
  /** Milliseconds since 1970. */
  atMs: number,
  call: number,
  /** 32 hexadecimal digits where the id is a GUID in lower case, which is kept as bytes; otherwise the id is in `otherId`. */
  guid: string | null,
  otherId: string | null,
  address: string | null,
  message: string | null,
  resources: string | null,
  detail: string | null,
];

/** Bytes as digits: a buffer for each of them would take longer to make than the rest of the row to read. */
export const SELECT = `SELECT r.record, r.at_ms, r.call, iif(typeof(r.id) = 'blob', hex(r.id), NULL), iif(typeof(r.id) = 'blob', NULL, r.id),
    address.value, message.value, resources.value, detail.value
  FROM log_row r
  LEFT JOIN log_text address ON address.text = r.address LEFT JOIN log_text message ON message.text = r.message
  LEFT JOIN log_text resources ON resources.text = r.resources LEFT JOIN log_text detail ON detail.text = r.detail`;

/** Hides what an import has not finished. There are hardly ever more than one or two such files. */
export const FINISHED = `file NOT IN (SELECT number FROM evidence_file WHERE state <> 'complete')`;

export const OF_INCIDENT = 'incident = (SELECT number FROM incident WHERE id = $incidentId)';

/**
 * The records with those numbers, in the order of their numbers, of imports that are known to be finished; of one kind (`KIND`)
 * when that is given. One statement for all: asking for a row takes longer than reading it. `+ 0` hides the kind from the planner, which
 * would compile the statement anew whenever it changes.
 */
export function rowsNumbered(
  db: ReadableDb,
  numbers: readonly number[],
  kind: number | null = null,
): RecordRow[] {
  return prepared<object, RecordRow>(
    db,
    `${SELECT} WHERE r.record IN (SELECT value FROM json_each($numbers)) AND ($kind IS NULL OR r.kind = $kind + 0) ORDER BY r.record`,
  )
    .raw()
    .all({ numbers: JSON.stringify(numbers), kind });
}

/** The same records as everybody else knows them. */
export function logRecords(db: ReadableDb, rows: readonly RecordRow[]): LogRecord[] {
  const calls = callsNumbered(
    db,
    rows.map(([, , call]) => call),
  );
  const at = instants();
  return rows.map(([, atMs, call, guid, otherId, address, message, resources, detail]) => {
    const shared = calls.get(call);
    if (shared === undefined) throw new Error(`Call ${call} is gone`);
    const { source, name, region, account, principal, actor, userAgent, readOnly, errorCode, flags } = shared;
    return {
      id: guid === null ? (otherId ?? '') : guidOfDigits(guid),
      at: at(atMs),
      ...{ source, name, region, account, principal, actor, userAgent, readOnly, errorCode },
      flags: [...flags],
      sourceIp: address ?? '',
      errorMessage: message,
      resources: resources === null ? [] : (JSON.parse(resources) as string[]), // written from a list of texts
      detail: detail ?? '',
    };
  });
}

/** Writes instants; records of one instant mostly come together. Not parsed again, since only instants were written. */
function instants(): (atMs: number) => Instant {
  let last = NaN;
  let text = '' as Instant;
  return (atMs) => {
    if (atMs !== last) text = new Date(atMs).toISOString() as Instant;
    last = atMs;
    return text;
  };
}

function guidOfDigits(digits: string): string {
  const lower = digits.toLowerCase();
  return `${lower.slice(0, 8)}-${lower.slice(8, 12)}-${lower.slice(12, 16)}-${lower.slice(16, 20)}-${lower.slice(20)}`;
}
