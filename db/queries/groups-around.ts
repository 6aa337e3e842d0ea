import type { Call } from '../../main/core/evidence/record-batch.ts';
import { epochMs } from '../../main/core/time.ts';
import type { Args } from '../api.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { FINISHED, OF_INCIDENT } from './log-records.ts';
import { type GroupColumns, groupsIn } from './record-groups.ts';

export interface GroupsAround {
  readonly calls: readonly Call[];
  /** `call` is a place in `calls`. No sum of changes or errors reaches over onset or over the ends of the window. */
  readonly groups: GroupColumns;
}

const MINUTE = 60_000;

interface Window {
  readonly incidentId: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The sums by call and minute around onset. The minutes in which onset and the ends of the window lie are summed up anew from
 * their records, so that every sum is wholly on one side.
 */
export function groupsAround(
  db: ReadableDb,
  { incidentId, context, window }: Args<'evidenceAround'>,
): GroupsAround {
  const onset = epochMs(context.onset);
  const around = { incidentId, from: onset - window.before * MINUTE, to: onset + window.after * MINUTE };
  const split = [...new Set([around.from, onset, around.to].map((at) => Math.floor(at / MINUTE)))];
  const calls = callReader(db);
  const batches = groupsOfBatches(db, around);
  const apart = split.flatMap((minute) => recordsOfMinute(db, around, minute));
  const most = batches.reduce((sum, batch) => sum + batch.call.length, apart.length);
  const groups = columnsFor(most);
  let size = 0;
  for (const batch of batches) {
    for (let index = 0; index < batch.call.length; index += 1) {
      const first = batch.first[index] ?? 0;
      const last = batch.last[index] ?? 0;
      if (last < around.from || first > around.to) continue;
      const call = calls.placeOf(batch.call[index] ?? 0);
      if (split.includes(Math.floor(last / MINUTE)) && calls.isCounted(call)) continue;
      groups.call[size] = call;
      groups.count[size] = batch.count[index] ?? 0;
      groups.first[size] = first;
      groups.last[size] = last;
      groups.lastRecord[size] = batch.lastRecord[index] ?? 0;
      size += 1;
    }
  }
  for (const { call, record, atMs } of apart) {
    groups.call[size] = calls.placeOf(call);
    groups.count[size] = 1;
    groups.first[size] = atMs;
    groups.last[size] = atMs;
    groups.lastRecord[size] = record;
    size += 1;
  }
  return {
    calls: calls.all,
    groups: {
      call: groups.call.subarray(0, size),
      count: groups.count.subarray(0, size),
      first: groups.first.subarray(0, size),
      last: groups.last.subarray(0, size),
      lastRecord: groups.lastRecord.subarray(0, size),
    },
  };
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

interface CallRow extends Omit<Call, 'readOnly' | 'flags'> {
  readonly readOnly: 0 | 1 | null;
  readonly flags: string;
}

/** Brings the calls of a database, which are numbered through all incidents, into a list of their own. */
function callReader(db: ReadableDb) {
  const kept = keptCalls(db);
  const places = new Map<number, number>();
  const all: Call[] = [];
  const counted: boolean[] = [];
  return {
    all,
    /** Whether its records are changes or errors, which have an index of their own. */
    isCounted: (place: number): boolean => counted[place] ?? false,
    placeOf(number: number): number {
      const known = places.get(number);
      if (known !== undefined) return known;
      const call = kept.get(number) ?? callNumbered(db, number);
      kept.set(number, call);
      places.set(number, all.length);
      counted.push(call.errorCode !== null || call.readOnly !== true);
      all.push(call);
      return all.length - 1;
    },
  };
}

/** Calls of finished imports never change, and every look at an incident needs most of them. */
const KEPT = new WeakMap<ReadableDb, Map<number, Call>>();
const MOST_KEPT = 100_000;

function keptCalls(db: ReadableDb): Map<number, Call> {
  const known = KEPT.get(db);
  if (known !== undefined && known.size < MOST_KEPT) return known;
  const empty = new Map<number, Call>();
  KEPT.set(db, empty);
  return empty;
}

function callNumbered(db: ReadableDb, number: number): Call {
  const row = prepared<[number], CallRow>(
    db,
    `SELECT source, name, region, account, principal, actor, user_agent AS userAgent, read_only AS readOnly,
       error_code AS errorCode, flags FROM log_call WHERE call = ?`,
  ).get(number);
  if (row === undefined) throw new Error(`Call ${number} is gone`);
  return {
    ...row,
    readOnly: row.readOnly === null ? null : row.readOnly === 1,
    flags: JSON.parse(row.flags) as string[], // written from a list of texts
  };
}
