import { epochMs, type Instant } from '../time.ts';
import { restartsIn } from './change-effect.ts';
import type { ChangeTable } from './change-table.ts';
import type { LogRecord, RankedChange } from './model.ts';
import {
  type ChangeContext,
  explained,
  type Folded,
  habitOf,
  isChange,
  LIMIT,
  type Place,
  placeIn,
  rankable,
  visit,
} from './rank-changes.ts';
import type { Call } from './record-batch.ts';

/**
 * The changes of one call within one minute, as a store sums them up, in columns: the place of the call among those given, when
 * the newest was (milliseconds since 1970), how many there were, and by which number the store finds the newest.
 */
export interface ChangeGroups {
  readonly call: ArrayLike<number>;
  readonly last: ArrayLike<number>;
  readonly count: ArrayLike<number>;
  readonly lastRecord: ArrayLike<number>;
}

/** What a store has found out about all changes before onset, for `rankLeading`. */
export interface LeadingChanges {
  /** The numbers of the records worth ranking, in no order. */
  readonly records: readonly number[];
  /** How many calls a change stands for. */
  readonly countOf: (change: LogRecord) => number;
  /** In how many minutes of the window each principal made each call. */
  readonly repeats: ReadonlyMap<string, number>;
}

/**
 * Finds the few changes that can come first among any number of them, as `rankChanges` would, without looking at each: of a
 * change's own only its time counts here, and in a minute the newest of a call is the nearest to onset. `idOf` tells ids apart
 * where several are equal in everything else.
 */
export function leadingChanges(
  calls: readonly Call[],
  groups: ChangeGroups,
  context: ChangeContext,
  table: ChangeTable,
  idOf: (record: number) => string,
): LeadingChanges {
  const place = placeIn(context, table);
  const { nearness, repeats } = table.data.ranking;
  const habits = habitsOf(calls);
  const points = pointsOf(calls, place);
  const minutesOf = Math.floor(place.longest / 60_000) + 2;
  const keyOf = (habit: number, atMs: number): number =>
    habit * minutesOf + Math.floor(place.onset / 60_000) - Math.floor(atMs / 60_000);
  const folds = foldColumns(groups.call.length);
  const minutes = new Uint32Array(habits.numbers.size);
  for (let index = 0; index < groups.call.length; index += 1) {
    const call = groups.call[index] ?? 0;
    const atMs = groups.last[index] ?? 0;
    const before = place.onset - atMs;
    const standing = points[call] ?? NaN;
    if (Number.isNaN(standing) || before < 0 || before > place.longest) continue;
    const score = standing + nearness.points * 2 ** (-before / 60_000 / nearness.halvesEveryMinutes);
    const habit = habits.ofCalls[call] ?? 0;
    const fold = folds.at(keyOf(habit, atMs));
    if (folds.count[fold] === 0) {
      folds.habit[fold] = habit;
      minutes[habit] = (minutes[habit] ?? 0) + 1;
    }
    const record = groups.lastRecord[index] ?? 0;
    const known = folds.score[fold] ?? 0;
    if (
      folds.count[fold] === 0 ||
      score > known ||
      (score === known && idOf(record) < idOf(folds.record[fold] ?? 0))
    ) {
      folds.score[fold] = score;
      folds.record[fold] = record;
    }
    folds.count[fold] = (folds.count[fold] ?? 0) + (groups.count[index] ?? 0);
  }
  for (let fold = 0; fold < folds.size(); fold += 1) {
    if ((minutes[folds.habit[fold] ?? 0] ?? 0) < repeats.minutes) continue;
    folds.score[fold] = (folds.score[fold] ?? 0) + repeats.points;
  }
  return {
    records: highest(folds, (context.limit ?? LIMIT) * LEADING_FACTOR),
    countOf: (change) => {
      const habit = habits.numbers.get(habitOf(change));
      const fold = habit === undefined ? undefined : folds.known(keyOf(habit, epochMs(change.at)));
      return fold === undefined ? 1 : (folds.count[fold] ?? 1);
    },
    repeats: new Map([...habits.numbers].map(([habit, number]) => [habit, minutes[number] ?? 0])),
  };
}

/** Ranks what `leadingChanges` found, with the records read. Some may be of the same minute and call: the best counts. */
export function rankLeading(
  records: readonly LogRecord[],
  { countOf, repeats }: LeadingChanges,
  context: ChangeContext,
  table: ChangeTable,
): RankedChange[] {
  const best = new Map<string, Folded>();
  const place = placeIn(context, table, restartsIn(records, table));
  for (const item of rankable(records, place)) {
    const key = `${item.record.at.slice(0, 16)} ${habitOf(item.record)}`;
    const known = best.get(key);
    if (known !== undefined && known.score >= item.score) continue;
    best.set(key, { ...item, count: countOf(item.record) });
  }
  return explained([...best.values()], place, repeats);
}

/** More than are shown, since what is left out here is the part of a score that depends on the record alone. */
const LEADING_FACTOR = 2;
/** Changes of one habit within one minute, in columns: how high the best of them stands, which record it is, how many there are. */
interface FoldColumns {
  /** The place of a key, a new one when it was not seen before. */
  readonly at: (key: number) => number;
  readonly known: (key: number) => number | undefined;
  readonly size: () => number;
  readonly score: Float64Array;
  readonly habit: Uint32Array;
  readonly count: Uint32Array;
  readonly record: Float64Array;
}

function foldColumns(most: number): FoldColumns {
  const places = new Map<number, number>();
  return {
    at(key) {
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, places.size);
      return places.size - 1;
    },
    known: (key) => places.get(key),
    size: () => places.size,
    score: new Float64Array(most),
    habit: new Uint32Array(most),
    count: new Uint32Array(most),
    record: new Float64Array(most),
  };
}

/** What each call adds to a score whenever it was made; NaN for calls that are no changes. */
function pointsOf(calls: readonly Call[], place: Place): Float64Array {
  return Float64Array.from(calls, (call) => {
    if (call.errorCode !== null || call.readOnly === true) return NaN;
    const record = recordOf(call, place.context.onset);
    if (!isChange(record, place.table)) return NaN;
    let points = 0;
    visit(record, Infinity, place, (amount) => {
      points += amount;
    });
    return points;
  });
}

interface Habits {
  readonly numbers: ReadonlyMap<string, number>;
  readonly ofCalls: Uint32Array;
}

function habitsOf(calls: readonly Call[]): Habits {
  const numbers = new Map<string, number>();
  const ofCalls = Uint32Array.from(calls, (call) => {
    const habit = habitOf(call);
    const known = numbers.get(habit);
    if (known !== undefined) return known;
    numbers.set(habit, numbers.size);
    return numbers.size - 1;
  });
  return { numbers, ofCalls };
}

/** A record of that call with nothing of its own. Field by field: it is asked for every call that there is. */
export function recordOf(call: Call, at: Instant): LogRecord {
  const { source, name, region, account, principal, actor, userAgent, readOnly, errorCode, flags } = call;
  return {
    id: '',
    at,
    source,
    name,
    region,
    account,
    principal,
    actor,
    sourceIp: '',
    userAgent,
    readOnly,
    errorCode,
    errorMessage: null,
    resources: [],
    flags: [...flags],
    detail: '',
  };
}

function highest(folds: FoldColumns, most: number): number[] {
  const scores = folds.score.slice(0, folds.size()).sort();
  const least = scores[Math.max(0, scores.length - most)] ?? -Infinity;
  const records: number[] = [];
  for (let fold = 0; fold < scores.length; fold += 1) {
    if ((folds.score[fold] ?? 0) >= least) records.push(folds.record[fold] ?? 0);
  }
  return records;
}
