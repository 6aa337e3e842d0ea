import type { LogRecord } from '../../main/core/evidence/model.ts';
import type { Instant } from '../../main/core/time.ts';
import { idText } from './record-batches.ts';

/** A record as it is read, with what it shares with others. */
export interface RecordRow extends Omit<LogRecord, 'id' | 'at' | 'readOnly' | 'resources' | 'flags'> {
  readonly number: number;
  readonly id: string | Buffer;
  readonly atMs: number;
  readonly readOnly: 0 | 1 | null;
  readonly resources: string;
  readonly flags: string;
}

/** CROSS JOIN: the rows decide the order, and what they have in common is looked up. */
export const SELECT = `SELECT r.record AS number, r.id, r.at_ms AS atMs, c.source, c.name, c.region, c.account, c.principal,
    c.actor, coalesce(address.value, '') AS sourceIp, c.user_agent AS userAgent, c.read_only AS readOnly,
    c.error_code AS errorCode, message.value AS errorMessage, coalesce(resources.value, '[]') AS resources,
    c.flags, coalesce(detail.value, '') AS detail
  FROM log_row r CROSS JOIN log_call c ON c.call = r.call
  LEFT JOIN log_text address ON address.text = r.address LEFT JOIN log_text message ON message.text = r.message
  LEFT JOIN log_text resources ON resources.text = r.resources LEFT JOIN log_text detail ON detail.text = r.detail`;

/**
 * `+ 0`: SQLite, built with STAT4, compiles a statement over several tables anew whenever a parameter changes that its plan might
 * depend on (https://www.sqlite.org/c3ref/prepare.html); that took six times as long as the reading.
 */
export const BY_NUMBER = `${SELECT} WHERE r.record = ? + 0`;

/** Hides what an import has not finished. There are hardly ever more than one or two such files. */
export const FINISHED = `file NOT IN (SELECT number FROM evidence_file WHERE state <> 'complete')`;

export const OF_INCIDENT = 'incident = (SELECT number FROM incident WHERE id = $incidentId)';

export function logRecord(row: RecordRow): LogRecord {
  const { source, name, region, account, principal, actor, sourceIp, userAgent } = row;
  const { errorCode, errorMessage, detail } = row;
  return {
    id: idText(row.id),
    at: isoOf(row.atMs),
    ...{ source, name, region, account, principal, actor, sourceIp, userAgent },
    readOnly: row.readOnly === null ? null : row.readOnly === 1,
    errorCode,
    errorMessage,
    resources: textList(row.resources),
    flags: textList(row.flags),
    detail,
  };
}

/** Not parsed again: a page is hundreds of rows, and only instants were written. */
export function isoOf(atMs: number): Instant {
  return new Date(atMs).toISOString() as Instant;
}

function textList(json: string): string[] {
  return JSON.parse(json) as string[]; // written from a list of texts
}
