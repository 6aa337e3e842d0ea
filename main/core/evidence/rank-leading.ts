import { epochMs, type Instant, instantOf } from '../time.ts';
import { effectOf } from './change-effect.ts';
import type { ChangeTable } from './change-table.ts';
import type { LogRecord, RankedChange } from './model.ts';
import {
  byStanding,
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

/** Whether each record of a call has to be known by its own time: restarts, and changes that wait for one. */
export function countsSingly({ name, flags }: Pick<Call, 'name' | 'flags'>, table: ChangeTable): boolean {
  return flags.includes(DELAYED) || table.data.effects.restarts.includes(name);
}

/**
 * Finds the few changes that can come first among any number of them, as `rankChanges` would, without looking at each: of a
 * change's own only its time counts here, and in a minute the newest of a call is the nearest to onset. What touches a thing that
 * fails, or carries a name of the incident, ranks higher than is seen here: the store is to find those by their texts.
 * `restarts` are those among the records; groups of calls that `countsSingly` are of one record each. `idOf` tells ids
 * apart where several are equal in everything else.
 */
export function leadingChanges(
  { calls, groups }: { readonly calls: readonly Call[]; readonly groups: ChangeGroups },
  context: ChangeContext,
  table: ChangeTable,
  { restarts, idOf }: { readonly restarts: readonly LogRecord[]; readonly idOf: (record: number) => string },
): LeadingChanges {
  const place = placeIn(context, table, restarts);
  const { repeats } = table.data.ranking;
  const habits = habitsOf(calls);
  const scorers = calls.map((call) => scorerOf(call, place));
  const minutesOf = Math.floor(place.longest / 60_000) + 2;
  const keyOf = (habit: number, atMs: number): number =>
    habit * minutesOf + Math.floor(place.onset / 60_000) - Math.floor(atMs / 60_000);
  const folds = foldColumns(groups.call.length);
  const minutes = new Uint32Array(habits.numbers.size);
  for (let index = 0; index < groups.call.length; index += 1) {
    const call = groups.call[index] ?? 0;
    const atMs = groups.last[index] ?? 0;
    const before = place.onset - atMs;
    const scoreOf = scorers[call] ?? null;
    if (scoreOf === null || before < 0 || before > place.longest) continue;
    const score = scoreOf(atMs);
    const habit = habits.ofCalls[call] ?? 0;
    const fold = folds.at(keyOf(habit, atMs));
    const record = groups.lastRecord[index] ?? 0;
    const isFirst = folds.count[fold] === 0;
    if (isFirst) {
      folds.habit[fold] = habit;
      minutes[habit] = (minutes[habit] ?? 0) + 1;
    }
    folds.count[fold] = (folds.count[fold] ?? 0) + (groups.count[index] ?? 0);
    const known = folds.score[fold] ?? 0;
    const knownMs = folds.atMs[fold] ?? 0;
    const isBetter =
      score > known ||
      (score === known &&
        (atMs > knownMs || (atMs === knownMs && idOf(record) < idOf(folds.record[fold] ?? 0))));
    if (!isFirst && !isBetter) continue;
    folds.score[fold] = score;
    folds.atMs[fold] = atMs;
    folds.record[fold] = record;
  }
  for (let fold = 0; fold < folds.size(); fold += 1) {
    if ((minutes[folds.habit[fold] ?? 0] ?? 0) < repeats.minutes) continue;
    folds.score[fold] = (folds.score[fold] ?? 0) + repeats.points;
  }
  return {
    records: highest(folds, context.limit ?? LIMIT),
    countOf: (change) => {
      const habit = habits.numbers.get(habitOf(change));
      const fold = habit === undefined ? undefined : folds.known(keyOf(habit, epochMs(change.at)));
      return fold === undefined ? 1 : (folds.count[fold] ?? 1);
    },
    repeats: new Map([...habits.numbers].map(([habit, number]) => [habit, minutes[number] ?? 0])),
  };
}

/**
 * Ranks what `leadingChanges` found and what the store found by its texts, with the records read. Some may be of the same minute
 * and call: the best counts.
 */
export function rankLeading(
  records: readonly LogRecord[],
  { countOf, repeats }: LeadingChanges,
  context: ChangeContext,
  table: ChangeTable,
  restarts: readonly LogRecord[],
): RankedChange[] {
  const best = new Map<string, Folded>();
  const place = placeIn(context, table, restarts);
  for (const item of rankable(records, place)) {
    const key = `${item.record.at.slice(0, 16)} ${habitOf(item.record)}`;
    const known = best.get(key);
    if (known !== undefined && byStanding(known, item) <= 0) continue;
    best.set(key, { ...item, count: countOf(item.record) });
  }
  return explained([...best.values()], place, repeats);
}

const DELAYED = 'delayed_effect';

/** Changes of one habit within one minute, in columns: how high the best of them stands, which record it is, how many there are. */
interface FoldColumns {
  /** The place of a key, a new one when it was not seen before. */
  readonly at: (key: number) => number;
  readonly known: (key: number) => number | undefined;
  readonly size: () => number;
  readonly score: Float64Array;
  readonly atMs: Float64Array;
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
    atMs: new Float64Array(most),
    habit: new Uint32Array(most),
    count: new Uint32Array(most),
    record: new Float64Array(most),
  };
}

/** The score of a record of that call by when it was made (milliseconds since 1970); null for a call that is no change. */
function scorerOf(call: Call, place: Place): ((atMs: number) => number) | null {
  if (call.errorCode !== null || call.readOnly === true) return null;
  const record = recordOf(call, place.context.onset);
  if (!isChange(record, place.table)) return null;
  const scoreOf = (at: Instant, before: number): number => {
    let score = 0;
    visit({ ...record, at }, before, place, (points) => {
      score += points;
    });
    return score;
  };
  if (call.flags.includes(DELAYED)) return (atMs) => scoreOf(instantOf(atMs), place.onset - atMs);
  // All but the nearness is the same for all of them.
  const { nearness } = place.table.data.ranking;
  const standing = scoreOf(record.at, Infinity);
  const { later } = effectOf(record, Infinity, [], place.table);
  return (atMs) => {
    const minutes = Math.max(0, place.onset - atMs - later) / 60_000;
    return standing + nearness.points * 2 ** (-minutes / nearness.halvesEveryMinutes);
  };
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
