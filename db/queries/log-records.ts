import type { LogRecord } from '../../main/core/evidence/model.ts';
import { KIND, writePrint } from '../../main/core/evidence/record-batch.ts';
import { parseSearch, type SearchWord } from '../../main/core/evidence/search.ts';
import type { IncidentId } from '../../main/core/ids.ts';
import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import type { Instant } from '../../main/core/time.ts';
import { epochMs, instantOf } from '../../main/core/time.ts';
import type { RecordCounts, RecordPage, RecordQuery } from '../api.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { idText } from './record-batches.ts';
import { uint32 } from './record-ids.ts';
import { type KnownTexts, positionsOf, textsHolding, type TextsOfWords } from './record-search.ts';

interface RecordRow extends Omit<LogRecord, 'id' | 'at' | 'readOnly' | 'resources' | 'flags'> {
  readonly number: number;
  readonly id: string | Buffer;
  readonly atMs: number;
  readonly readOnly: 0 | 1 | null;
  readonly resources: string;
  readonly flags: string;
}

/** CROSS JOIN: the rows decide the order, and what they have in common is looked up. */
const SELECT = `SELECT r.record AS number, r.id, r.at_ms AS atMs, c.source, c.name, c.region, c.account, c.principal,
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
const BY_NUMBER = `${SELECT} WHERE r.record = ? + 0`;

/** Hides what an import has not finished. There are hardly ever more than one or two such files. */
export const FINISHED = `file NOT IN (SELECT number FROM evidence_file WHERE state <> 'complete')`;

export const OF_INCIDENT = 'incident = (SELECT number FROM incident WHERE id = $incidentId)';

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
  return {
    records: page.map(logRecord),
    keys: page.map(({ atMs, number }) => ({ at: isoOf(atMs), number })),
    more: rows.length > limit,
  };
}

interface Bounds {
  readonly fromMs: number;
  readonly toMs: number;
  /** The record that the page begins beside. */
  readonly key: { readonly atMs: number; readonly number: number } | null;
  /** Going from the key to newer ones. */
  readonly newer: boolean;
  readonly kind: number | null;
}

function boundsOf({ after, before, filter = {} }: RecordQuery): Bounds {
  const key = before ?? after;
  return {
    fromMs: filter.from === undefined ? -Infinity : epochMs(filter.from),
    toMs: filter.to === undefined ? Infinity : epochMs(filter.to),
    key: key === undefined ? null : { atMs: epochMs(key.at), number: key.number },
    newer: before !== undefined,
    kind: filter.kind === undefined ? null : filter.kind === 'changes' ? KIND.change : KIND.error,
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
  ).all({
    incidentId: query.incidentId,
    limit: query.limit + 1,
    ...(fromMs !== -Infinity && { fromMs }),
    ...(toMs !== Infinity && { toMs }),
    ...(key && { keyMs: key.atMs, keyNumber: key.number }),
  });
}

interface BatchSpan {
  readonly batch: number;
  readonly firstRecord: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

function foundRows(
  db: ReadableDb,
  query: RecordQuery,
  {
    words,
    bounds,
    known,
  }: {
    readonly words: readonly SearchWord[];
    readonly bounds: Bounds;
    readonly known?: KnownTexts | undefined;
  },
): RecordRow[] {
  const incident = prepared<[string], { number: number }>(db, 'SELECT number FROM incident WHERE id = ?').get(
    query.incidentId,
  )?.number;
  const texts = incident === undefined ? null : textsHolding(db, incident, words, known);
  if (texts === null) return [];
  return search(db, query, { texts, bounds });
}

/** What is left of one batch, the nearest to where the page begins in front. */
interface Cursor {
  head: RecordRow;
  readonly rest: Iterator<RecordRow>;
}

/**
 * Merges the batches in the order of time. Each is opened when it could hold the next record, and read only as far as the page
 * needs: what is common fills the page from the first batch, and what is rare has few positions in each.
 */
function search(
  db: ReadableDb,
  query: RecordQuery,
  { texts, bounds }: { readonly texts: TextsOfWords; readonly bounds: Bounds },
): RecordRow[] {
  const { newer } = bounds;
  const batches = batchesWithin(db, query.incidentId, bounds);
  const found: RecordRow[] = [];
  const open: Cursor[] = [];
  let next = 0;
  while (found.length <= query.limit) {
    let best = nearest(open, newer);
    for (let batch = batches[next]; batch !== undefined; batch = batches[next]) {
      // Batches come by their nearer end: those that follow begin further away.
      if (best !== undefined && (newer ? batch.firstMs > best.head.atMs : batch.lastMs < best.head.atMs))
        break;
      next += 1;
      const rest = foundIn(db, batch, { texts, bounds });
      const first = rest.next();
      if (first.done === true) continue;
      open.push({ head: first.value, rest });
      best = nearest(open, newer);
    }
    if (best === undefined) break;
    found.push(best.head);
    const following = best.rest.next();
    if (following.done === true) open.splice(open.indexOf(best), 1);
    else best.head = following.value;
  }
  return found;
}

function nearest(open: readonly Cursor[], newer: boolean): Cursor | undefined {
  let best: Cursor | undefined;
  for (const cursor of open) {
    const ahead =
      best === undefined ? -1 : cursor.head.atMs - best.head.atMs || cursor.head.number - best.head.number;
    if (best === undefined || (newer ? ahead < 0 : ahead > 0)) best = cursor;
  }
  return best;
}

function batchesWithin(db: ReadableDb, incidentId: IncidentId, bounds: Bounds): BatchSpan[] {
  const { fromMs, toMs, key, newer } = bounds;
  const all = prepared<object, BatchSpan>(
    db,
    `SELECT batch, first_record AS firstRecord, first_ms AS firstMs, last_ms AS lastMs FROM log_batch
     WHERE ${OF_INCIDENT} AND records > 0 AND ${FINISHED}`,
  ).all({ incidentId });
  const least = newer && key !== null ? Math.max(fromMs, key.atMs) : fromMs;
  const most = !newer && key !== null ? Math.min(toMs, key.atMs) : toMs;
  return all
    .filter(({ firstMs, lastMs }) => lastMs >= least && firstMs <= most)
    .sort(newer ? (a, b) => a.firstMs - b.firstMs : (a, b) => b.lastMs - a.lastMs);
}

/** The records of one batch that hold all words, nearest to where the page begins first. */
function* foundIn(
  db: ReadableDb,
  { batch, firstRecord, firstMs, lastMs }: BatchSpan,
  { texts, bounds }: { readonly texts: TextsOfWords; readonly bounds: Bounds },
): Generator<RecordRow, undefined> {
  const { newer, key, kind, fromMs, toMs } = bounds;
  const positions = positionsOf(db, batch, texts);
  const read = prepared<[number], RecordRow>(db, BY_NUMBER);
  const look = prepared<[number], { atMs: number; kind: number }>(
    db,
    'SELECT at_ms AS atMs, kind FROM log_row WHERE record = ?',
  );
  const isBeyond = (number: number, atMs: number): boolean => {
    if (newer ? atMs < fromMs : atMs > toMs) return false;
    if (key === null) return true;
    const ahead = atMs - key.atMs || number - key.number;
    return newer ? ahead > 0 : ahead < 0;
  };
  const at = (step: number): number =>
    firstRecord + (positions[newer ? step : positions.length - 1 - step] ?? 0);
  const isWhole = key === null && (newer ? firstMs >= fromMs : lastMs <= toMs);
  const from = isWhole ? 0 : firstStep(positions.length, at, isBeyond, look);
  for (let step = from; step < positions.length; step += 1) {
    const number = at(step);
    if (kind !== null && look.get(number)?.kind !== kind) continue;
    const row = read.get(number);
    if (row === undefined || !isBeyond(number, row.atMs)) continue;
    if (newer ? row.atMs > toMs : row.atMs < fromMs) return;
    yield row;
  }
}

/** Where the page begins among positions in the order of time, by halving; a duplicate that was left out has no time. */
function firstStep(
  steps: number,
  at: (step: number) => number,
  isBeyond: (number: number, atMs: number) => boolean,
  read: { get(number: number): { atMs: number } | undefined },
): number {
  let low = 0;
  let high = steps;
  while (low < high) {
    const middle = (low + high) >> 1;
    let probe = middle;
    let row = read.get(at(probe));
    while (row === undefined && probe + 1 < high) {
      probe += 1;
      row = read.get(at(probe));
    }
    if (row === undefined) high = middle;
    else if (isBeyond(at(probe), row.atMs)) high = middle;
    else low = probe + 1;
  }
  return low;
}

/** One record of a finished import. */
export function getRecord(
  db: ReadableDb,
  { incidentId, recordId }: { readonly incidentId: IncidentId; readonly recordId: string },
): Result<LogRecord> {
  const print = new Uint32Array(2);
  writePrint(recordId, print, 0);
  const read = prepared<[number], RecordRow>(db, BY_NUMBER);
  const batches = prepared<object, { firstRecord: number; prints: Buffer }>(
    db,
    `SELECT first_record AS firstRecord, prints FROM log_batch WHERE ${OF_INCIDENT} AND records > 0 AND ${FINISHED}`,
  ).all({ incidentId });
  for (const { firstRecord, prints } of batches) {
    const numbers = uint32(prints);
    for (let at = 0; at < numbers.length; at += 2) {
      if (numbers[at] !== print[0] || numbers[at + 1] !== print[1]) continue;
      const row = read.get(firstRecord + at / 2);
      if (row !== undefined && idText(row.id) === recordId) return ok(logRecord(row));
    }
  }
  return fail('not_found', 'There is no such record in the logs of this incident.');
}

/** The records that hold every word; newest first unless `oldestFirst`. */
export function findRecords(
  db: ReadableDb,
  {
    words,
    known,
    oldestFirst,
    ...query
  }: Pick<RecordQuery, 'incidentId' | 'limit' | 'filter'> & {
    readonly words: readonly SearchWord[];
    readonly known?: KnownTexts;
    readonly oldestFirst?: boolean;
  },
): LogRecord[] {
  const bounds = { ...boundsOf(query), newer: oldestFirst === true };
  return foundRows(db, query, { words, bounds, known }).slice(0, query.limit).map(logRecord);
}

/** Records by their numbers, in that order, of imports that are known to be finished. */
export function recordsNumbered(db: ReadableDb, numbers: Iterable<number>): LogRecord[] {
  const read = prepared<[number], RecordRow>(db, BY_NUMBER);
  return [...numbers].flatMap((number) => {
    const row = read.get(number);
    return row === undefined ? [] : [logRecord(row)];
  });
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

function logRecord(row: RecordRow): LogRecord {
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
function isoOf(atMs: number): Instant {
  return new Date(atMs).toISOString() as Instant;
}

function textList(json: string): string[] {
  return JSON.parse(json) as string[]; // written from a list of texts
}
