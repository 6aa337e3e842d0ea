import type { LogRecord } from '../../main/core/evidence/model.ts';
import { KIND } from '../../main/core/evidence/record-batch.ts';
import type { SearchWord } from '../../main/core/evidence/search.ts';
import type { IncidentId } from '../../main/core/ids.ts';
import { epochMs } from '../../main/core/time.ts';
import type { RecordQuery } from '../api.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { FINISHED, logRecords, OF_INCIDENT, type RecordRow, rowsNumbered } from './record-rows.ts';
import {
  type KnownTexts,
  positionsOf,
  textsHolding,
  textsOfWord,
  type TextsOfWord,
} from './record-search.ts';

/** Names that are looked up for one question. */
const MOST_NAMES = 250;
/** Records of a batch that are read in one go: at first, and at most when more and more of it are needed. */
const ROWS_AT_ONCE = { first: 8, most: 512 } as const;

/** Between what a page of records lies. */
export interface Bounds {
  readonly fromMs: number;
  readonly toMs: number;
  /** The record that the page begins beside. */
  readonly key: { readonly atMs: number; readonly number: number } | null;
  /** Going from the key to newer ones. */
  readonly newer: boolean;
  readonly kind: number | null;
}

export function boundsOf({
  after,
  before,
  filter = {},
}: Pick<RecordQuery, 'after' | 'before' | 'filter'>): Bounds {
  const key = before ?? after;
  return {
    fromMs: filter.from === undefined ? -Infinity : epochMs(filter.from),
    toMs: filter.to === undefined ? Infinity : epochMs(filter.to),
    key: key === undefined ? null : { atMs: epochMs(key.at), number: key.number },
    newer: before !== undefined,
    kind: filter.kind === undefined ? null : filter.kind === 'changes' ? KIND.change : KIND.error,
  };
}

interface BatchSpan {
  readonly batch: number;
  readonly firstRecord: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** One more than asked for, in the order of going. */
export function foundRows(
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
  const incident = incidentNumber(db, query.incidentId);
  const texts = incident === undefined ? null : textsHolding(db, incident, words, known);
  if (texts === null) return [];
  return search(db, query, { texts, bounds });
}

export function incidentNumber(db: ReadableDb, id: IncidentId): number | undefined {
  return prepared<[string], number>(db, 'SELECT number FROM incident WHERE id = ?').pluck().get(id);
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
  { texts, bounds }: { readonly texts: readonly TextsOfWord[]; readonly bounds: Bounds },
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
      if (
        best !== undefined &&
        (newer ? batch.firstMs > timeOf(best.head) : batch.lastMs < timeOf(best.head))
      )
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

function timeOf([, atMs]: RecordRow): number {
  return atMs;
}

function nearest(open: readonly Cursor[], newer: boolean): Cursor | undefined {
  let best: Cursor | undefined;
  for (const cursor of open) {
    const ahead =
      best === undefined ? -1 : timeOf(cursor.head) - timeOf(best.head) || cursor.head[0] - best.head[0];
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
  { texts, bounds }: { readonly texts: readonly TextsOfWord[]; readonly bounds: Bounds },
): Generator<RecordRow, undefined> {
  const { newer, key, kind, fromMs, toMs } = bounds;
  const positions = positionsOf(db, batch, texts);
  const isBeyond = (number: number, atMs: number): boolean => {
    if (newer ? atMs < fromMs : atMs > toMs) return false;
    if (key === null) return true;
    const ahead = atMs - key.atMs || number - key.number;
    return newer ? ahead > 0 : ahead < 0;
  };
  const at = (step: number): number =>
    firstRecord + (positions[newer ? step : positions.length - 1 - step] ?? 0);
  const isWhole = key === null && (newer ? firstMs >= fromMs : lastMs <= toMs);
  let step = isWhole ? 0 : firstStep(db, positions.length, at, isBeyond);
  for (let size: number = ROWS_AT_ONCE.first; step < positions.length; size *= 2) {
    const numbers: number[] = [];
    const end = Math.min(positions.length, step + Math.min(size, ROWS_AT_ONCE.most));
    for (; step < end; step += 1) numbers.push(at(step));
    const rows = rowsNumbered(db, numbers, kind);
    for (const row of newer ? rows : rows.reverse()) {
      const [number, atMs] = row;
      if (!isBeyond(number, atMs)) continue;
      if (newer ? atMs > toMs : atMs < fromMs) return;
      yield row;
    }
  }
}

/** Where the page begins among positions in the order of time, by halving; a duplicate that was left out has no time. */
function firstStep(
  db: ReadableDb,
  steps: number,
  at: (step: number) => number,
  isBeyond: (number: number, atMs: number) => boolean,
): number {
  const time = prepared<[number], number>(db, 'SELECT at_ms FROM log_row WHERE record = ?').pluck();
  let low = 0;
  let high = steps;
  while (low < high) {
    const middle = (low + high) >> 1;
    let probe = middle;
    let atMs = time.get(at(probe));
    while (atMs === undefined && probe + 1 < high) {
      probe += 1;
      atMs = time.get(at(probe));
    }
    if (atMs === undefined || isBeyond(at(probe), atMs)) high = middle;
    else low = probe + 1;
  }
  return low;
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
  return logRecords(db, foundRows(db, query, { words, bounds, known }).slice(0, query.limit));
}

/** Records with a resource of which `isNamed` is true, newest first; each such name holds one of the `words`. */
export function recordsOn(
  db: ReadableDb,
  query: Pick<RecordQuery, 'incidentId' | 'limit' | 'filter'>,
  { words, isNamed }: { readonly words: readonly string[]; readonly isNamed: (name: string) => boolean },
): LogRecord[] {
  const incident = incidentNumber(db, query.incidentId);
  if (incident === undefined) return [];
  const read = prepared<[number], string>(db, 'SELECT value FROM log_text WHERE text = ?').pluck();
  const named = new Set<number>();
  for (const text of words.slice(0, MOST_NAMES)) {
    const [holding] = textsHolding(db, incident, [{ text, fields: ['resource'] }]) ?? [];
    for (const number of holding?.numbers ?? []) if (isNamed(read.get(number) ?? '')) named.add(number);
  }
  if (named.size === 0) return [];
  const rows = search(db, query, { texts: [textsOfWord([...named])], bounds: boundsOf(query) });
  return logRecords(db, rows.slice(0, query.limit));
}
