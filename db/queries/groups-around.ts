import type { ChangeTable } from '../../main/core/evidence/change-table.ts';
import { countsSingly } from '../../main/core/evidence/rank-leading.ts';
import type { Call } from '../../main/core/evidence/record-batch.ts';
import { epochMs } from '../../main/core/time.ts';
import type { Args } from '../api.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { callsNumbered } from './kept-calls.ts';
import { FINISHED, OF_INCIDENT } from './record-rows.ts';
import { type GroupColumns, groupsIn } from './record-groups.ts';

export interface GroupsAround {
  readonly calls: readonly Call[];
  /** `call` is a place in `calls`. No sum of changes or errors reaches over onset or over the ends of the window. */
  readonly groups: GroupColumns;
}

const MINUTE = 60_000;
/** In so many minutes such calls are told apart; they are rare. */
const MOST_SINGLY = 300;

interface Window {
  readonly incidentId: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The sums by call and minute around onset. The minutes in which onset and the ends of the window lie are summed up anew from
 * their records, so that every sum is wholly on one side; so are calls whose records have to be known one by one.
 */
export function groupsAround(
  db: ReadableDb,
  { incidentId, context, window, tables }: Args<'evidenceAround'>,
): GroupsAround {
  const onset = epochMs(context.onset);
  const around = { incidentId, from: onset - window.before * MINUTE, to: onset + window.after * MINUTE };
  const split = [...new Set([around.from, onset, around.to].map((at) => Math.floor(at / MINUTE)))];
  const calls = callReader(db, tables.changes);
  const batches = groupsOfBatches(db, around);
  const singly = new Map<number, Set<number>>();
  const groups = columnsFor(batches.reduce((sum, batch) => sum + batch.call.length, 0));
  let size = 0;
  for (const batch of batches) {
    for (let index = 0; index < batch.call.length; index += 1) {
      const number = batch.call[index] ?? 0;
      const first = batch.first[index] ?? 0;
      const last = batch.last[index] ?? 0;
      if (last < around.from || first > around.to) continue;
      const call = calls.placeOf(number);
      const minute = Math.floor(last / MINUTE);
      if (split.includes(minute) && calls.isCounted(call)) continue;
      const ofMinute = singly.get(minute);
      if (calls.isSingle(call) && (ofMinute !== undefined || singly.size < MOST_SINGLY)) {
        singly.set(minute, (ofMinute ?? new Set()).add(number));
        continue;
      }
      groups.call[size] = call;
      groups.count[size] = batch.count[index] ?? 0;
      groups.first[size] = first;
      groups.last[size] = last;
      groups.lastRecord[size] = batch.lastRecord[index] ?? 0;
      size += 1;
    }
  }
  const single = [...singly].flatMap(([minute, of]) =>
    recordsOfMinute(db, around, minute).filter(({ call }) => of.has(call)),
  );
  const apart = [...split.flatMap((minute) => recordsOfMinute(db, around, minute)), ...single];
  const all = columnsFor(size + apart.length);
  for (const column of ['call', 'count', 'first', 'last', 'lastRecord'] as const) {
    all[column].set(groups[column].subarray(0, size));
  }
  apart.forEach(({ call, record, atMs }, index) => {
    all.call[size + index] = calls.placeOf(call);
    all.count[size + index] = 1;
    all.first[size + index] = atMs;
    all.last[size + index] = atMs;
    all.lastRecord[size + index] = record;
  });
  return { calls: calls.all, groups: all };
}

function columnsFor(size: number): GroupColumns {
  return {
    call: new Uint32Array(size),
    count: new Uint32Array(size),
    first: new Float64Array(size),
    last: new Float64Array(size),
    lastRecord: new Float64Array(size),
  };
}

function groupsOfBatches(db: ReadableDb, { incidentId, from, to }: Window): GroupColumns[] {
  return prepared<object, { firstRecord: number; groups: Buffer }>(
    db,
    `SELECT first_record AS firstRecord, groups FROM log_batch
     WHERE ${OF_INCIDENT} AND ${FINISHED} AND last_ms >= $from AND first_ms <= $to`,
  )
    .all({ incidentId, from, to })
    .map(({ firstRecord, groups }) => groupsIn(groups, firstRecord));
}

interface CountedRecord {
  readonly record: number;
  readonly call: number;
  readonly atMs: number;
}

/** The changes and errors of one minute, as far as it lies in the window. */
function recordsOfMinute(db: ReadableDb, { incidentId, from, to }: Window, minute: number): CountedRecord[] {
  const bounds = {
    incidentId,
    first: Math.max(from, minute * MINUTE),
    last: Math.min(to, minute * MINUTE + MINUTE - 1),
  };
  // Written exactly as in the partial indexes, or SQLite does not use them.
  return ['kind = 1', 'kind = 2'].flatMap((kind) =>
    prepared<object, CountedRecord>(
      db,
      `SELECT record, call, at_ms AS atMs FROM log_row
       WHERE ${OF_INCIDENT} AND ${FINISHED} AND at_ms BETWEEN $first AND $last AND ${kind}`,
    ).all(bounds),
  );
}

/** Brings the calls of a database, which are numbered through all incidents, into a list of their own. */
function callReader(db: ReadableDb, table: ChangeTable) {
  const places = new Map<number, number>();
  const all: Call[] = [];
  const counted: boolean[] = [];
  const single: boolean[] = [];
  return {
    all,
    /** Whether its records are changes or errors, which have an index of their own. */
    isCounted: (place: number): boolean => counted[place] ?? false,
    /** Whether its records have to be known one by one. */
    isSingle: (place: number): boolean => single[place] ?? false,
    placeOf(number: number): number {
      const known = places.get(number);
      if (known !== undefined) return known;
      const call = callsNumbered(db, [number]).get(number);
      if (call === undefined) throw new Error(`Call ${number} is gone`);
      places.set(number, all.length);
      counted.push(call.errorCode !== null || call.readOnly !== true);
      single.push(call.errorCode === null && call.readOnly !== true && countsSingly(call, table));
      all.push(call);
      return all.length - 1;
    },
  };
}
