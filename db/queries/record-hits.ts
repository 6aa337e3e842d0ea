import { KIND } from '../../main/core/evidence/record-batch.ts';
import { parseSearch } from '../../main/core/evidence/search.ts';
import { instantOf } from '../../main/core/time.ts';
import type { Args, Value } from '../api.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { type Bounds, boundsOf, incidentNumber } from './found-records.ts';
import { barMinutes } from './record-histogram.ts';
import { areKindsKnown, type FinishedBatch, kindsOf, NO_RECORD } from './record-kinds.ts';
import { FINISHED, OF_INCIDENT } from './record-rows.ts';
import { FEW_TEXTS, positionsOf, textsHolding, type TextsOfWord } from './record-search.ts';

/** Steps after which an answer is given, and the rest asked for again: mostly less than 100 ms of the thread that questions share. */
const STEPS_AT_ONCE = 30_000;
/** Records that are read in the time of one step when a batch is gone through for their kinds. */
const KINDS_PER_STEP = 8;
/** Records whose texts are gone through in the time of one step. */
const RECORDS_PER_STEP = 4;
/** So few in a batch are read one by one. */
const FEW_HITS = 500;

const MINUTE = 60_000;

type Limits = Pick<Bounds, 'fromMs' | 'toMs'>;

/** Takes a record that holds all words: its minute since 1970, its kind, and whether it is within `from` and `to`. */
type Take = (minute: number, kind: number, isWithin: boolean) => void;

/**
 * How many records a search finds, and when they were, of as many batches as fit into one answer, in the order in which they came
 * in; `next` says where to go on. `found` counts those within `from` and `to`; the bars show all times.
 */
export function recordHits(
  db: ReadableDb,
  { incidentId, filter, most, after }: Args<'recordHits'>,
  stepsAtOnce = STEPS_AT_ONCE,
): Value<'recordHits'> {
  const minutes = barMinutes(db, { incidentId, most });
  const words = parseSearch(filter.text ?? '');
  const incident = incidentNumber(db, incidentId);
  const texts = incident === undefined ? null : textsHolding(db, incident, words);
  if (texts === null) return { minutes, found: 0, bars: [], next: null };

  const limits = boundsOf({ filter });
  const counter = newCounter(minutes, limits.kind);
  const batches = prepared<object, FinishedBatch>(
    db,
    `SELECT batch, first_record AS firstRecord, positions FROM log_batch
     WHERE ${OF_INCIDENT} AND records > 0 AND ${FINISHED} AND batch > $after ORDER BY batch`,
  ).all({ incidentId, after: after ?? 0 });
  let steps = 0;
  let next: number | null = null;
  for (const [index, batch] of batches.entries()) {
    steps += goThrough(db, batch, { texts, limits }, counter.take);
    if (steps >= stepsAtOnce && index + 1 < batches.length) {
      next = batch.batch;
      break;
    }
  }
  return { minutes, ...counter.counted(), next };
}

function newCounter(minutes: number, wanted: number | null) {
  const bars = new Map<number, { records: number; changes: number; errors: number }>();
  let found = 0;
  let current = { records: 0, changes: 0, errors: 0 };
  let span = NaN;
  const take: Take = (minute, kind, isWithin) => {
    if (wanted !== null && kind !== wanted) return;
    if (isWithin) found += 1;
    const own = Math.floor(minute / minutes);
    if (own !== span) {
      span = own;
      current = bars.get(own) ?? { records: 0, changes: 0, errors: 0 };
      bars.set(own, current);
    }
    current.records += 1;
    if (kind === KIND.change) current.changes += 1;
    else if (kind === KIND.error) current.errors += 1;
  };
  return {
    take,
    counted: (): Pick<Value<'recordHits'>, 'found' | 'bars'> => ({
      found,
      bars: [...bars]
        .sort(([a], [b]) => a - b)
        .map(([begin, counts]) => ({ from: instantOf(begin * minutes * MINUTE), ...counts })),
    }),
  };
}

/** Takes what one batch has, and answers how many steps that took. */
function goThrough(
  db: ReadableDb,
  batch: FinishedBatch,
  { texts, limits }: { readonly texts: readonly TextsOfWord[]; readonly limits: Limits },
  take: Take,
): number {
  const positions = texts.length === 0 ? null : positionsOf(db, batch.batch, texts);
  const lookedUp = texts.reduce(
    (steps, { numbers: { length } }) =>
      steps + (length <= FEW_TEXTS ? length : batch.positions / RECORDS_PER_STEP),
    1, // the batch itself
  );
  if (positions !== null && positions.length <= FEW_HITS) {
    takeOneByOne(db, batch, positions, limits, take);
    return lookedUp + positions.length;
  }
  const steps = areKindsKnown(db, batch.batch) ? 0 : batch.positions / KINDS_PER_STEP;
  takeInTurn(db, batch, positions, limits, take);
  return lookedUp + steps;
}

interface Row {
  readonly atMs: number;
  readonly kind: number;
}

function reader(db: ReadableDb) {
  return prepared<[number], Row>(db, 'SELECT at_ms AS atMs, kind FROM log_row WHERE record = ?');
}

function takeOneByOne(
  db: ReadableDb,
  { firstRecord }: FinishedBatch,
  positions: Uint16Array,
  { fromMs, toMs }: Limits,
  take: Take,
): void {
  const read = reader(db);
  for (const position of positions) {
    const row = read.get(firstRecord + position);
    // A duplicate that was left out has positions, and no record.
    if (row !== undefined)
      take(Math.floor(row.atMs / MINUTE), row.kind, row.atMs >= fromMs && row.atMs <= toMs);
  }
}

/** The records of a batch come in the order of time; so how many each minute has tells the minute of each. */
function takeInTurn(
  db: ReadableDb,
  batch: FinishedBatch,
  positions: Uint16Array | null,
  limits: Limits,
  take: Take,
): void {
  const kinds = kindsOf(db, batch);
  const minutes = prepared<[number], { minute: number; records: number }>(
    db,
    'SELECT minute, records FROM log_minute WHERE batch = ? ORDER BY minute',
  ).all(batch.batch);
  const read = reader(db);
  let position = -1;
  let hit = 0;
  for (const { minute, records } of minutes) {
    const within = sharedWith(minute, limits);
    for (let seen = 0; seen < records && position < batch.positions;) {
      position += 1;
      const kind = kinds[position] ?? NO_RECORD;
      const isHit = positions === null || positions[hit] === position;
      if (isHit) hit += 1;
      if (kind === NO_RECORD) continue;
      seen += 1;
      if (!isHit) continue;
      if (within !== 'partly') take(minute, kind, within === 'wholly');
      else {
        const atMs = read.get(batch.firstRecord + position)?.atMs ?? NaN;
        take(minute, kind, atMs >= limits.fromMs && atMs <= limits.toMs);
      }
    }
  }
}

function sharedWith(minute: number, { fromMs, toMs }: Limits): 'wholly' | 'partly' | 'not' {
  const [first, last] = [minute * MINUTE, (minute + 1) * MINUTE - 1];
  if (last < fromMs || first > toMs) return 'not';
  return first >= fromMs && last <= toMs ? 'wholly' : 'partly';
}
