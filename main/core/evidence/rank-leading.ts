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
  const scored = scoredCalls(calls, place);
  const folds = new Map<number, { score: number; habit: number; count: number; record: number }>();
  const minutes: number[] = [];
  for (let index = 0; index < groups.call.length; index += 1) {
    const known = scored[groups.call[index] ?? 0];
    const atMs = groups.last[index] ?? 0;
    const count = groups.count[index] ?? 0;
    const record = groups.lastRecord[index] ?? 0;
    const before = place.onset - atMs;
    if (known === undefined || known === null || before < 0 || before > place.longest) continue;
    const score = known.points + nearness.points * 2 ** (-before / 60_000 / nearness.halvesEveryMinutes);
    const key = foldKey(known.habit, atMs, place);
    const fold = folds.get(key);
    if (fold === undefined) {
      folds.set(key, { score, habit: known.habit, count, record });
      minutes[known.habit] = (minutes[known.habit] ?? 0) + 1;
      continue;
    }
    fold.count += count;
    if (score > fold.score || (score === fold.score && idOf(record) < idOf(fold.record))) {
      fold.score = score;
      fold.record = record;
    }
  }
  const habits = habitNumbers(calls);
  for (const fold of folds.values()) {
    if ((minutes[fold.habit] ?? 0) >= repeats.minutes) fold.score += repeats.points;
  }
  return {
    records: highest([...folds.values()], (context.limit ?? LIMIT) * LEADING_FACTOR),
    countOf: (change) =>
      folds.get(foldKey(habits.get(habitOf(change)) ?? -1, epochMs(change.at), place))?.count ?? 1,
    repeats: new Map([...habits].map(([habit, number]) => [habit, minutes[number] ?? 0])),
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
/** Minutes that fit beside the number of a habit in a whole number. */
const MINUTES = 2 ** 26;

function foldKey(habit: number, atMs: number, { onset }: Place): number {
  return habit * MINUTES + (Math.floor(onset / 60_000) - Math.floor(atMs / 60_000));
}

/** What each call adds to a score whenever it was made; null for calls that are no changes. */
function scoredCalls(
  calls: readonly Call[],
  place: Place,
): readonly ({ readonly points: number; readonly habit: number } | null)[] {
  const habits = habitNumbers(calls);
  return calls.map((call) => {
    if (call.errorCode !== null || call.readOnly === true) return null;
    const record = recordOf(call, place.context.onset);
    if (!isChange(record, place.table)) return null;
    let points = 0;
    visit(record, Infinity, place, (amount) => {
      points += amount;
    });
    return { points, habit: habits.get(habitOf(record)) ?? -1 };
  });
}

function habitNumbers(calls: readonly Call[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const call of calls) {
    const habit = habitOf(call);
    if (!numbers.has(habit)) numbers.set(habit, numbers.size);
  }
  return numbers;
}

/** A record of that call with nothing of its own. */
export function recordOf(call: Call, at: Instant): LogRecord {
  const own = { id: '', at, sourceIp: '', errorMessage: null, resources: [], detail: '' };
  return { ...call, flags: [...call.flags], ...own };
}

function highest(
  folds: readonly { readonly score: number; readonly record: number }[],
  most: number,
): number[] {
  const scores = Float64Array.from(folds, ({ score }) => score).sort();
  const least = scores[Math.max(0, scores.length - most)] ?? -Infinity;
  return folds.filter(({ score }) => score >= least).map(({ record }) => record);
}
