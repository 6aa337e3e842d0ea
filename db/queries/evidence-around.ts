import { isDenied } from '../../main/core/evidence/denied.ts';
import { groupErrorTallies, type ErrorTally } from '../../main/core/evidence/group-errors.ts';
import { providerWords } from '../../main/core/evidence/provider-words.ts';
import { leadingChanges, rankLeading, recordOf } from '../../main/core/evidence/rank-leading.ts';
import type { RankedChange } from '../../main/core/evidence/model.ts';
import { epochMs, instantOf } from '../../main/core/time.ts';
import type { Args, Value } from '../api.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { deniedAround } from './denied-around.ts';
import { groupsAround, type GroupsAround } from './groups-around.ts';
import { recordsNumbered } from './log-records.ts';
import { idText } from './record-batches.ts';

/** Records with a flag that are read: those nearest to onset. */
const MOST_FLAGGED = 300;

/** What the logs of an incident say about its onset. */
export function evidenceAround(db: ReadableDb, args: Args<'evidenceAround'>): Value<'evidenceAround'> {
  const { context, tables } = args;
  const groups = groupsAround(db, args);
  const flagged = flaggedRecords(db, groups, args);
  return {
    ranked: rankedAround(db, groups, args),
    flagged,
    errors: groupErrorTallies(errorTallies(db, groups, args), context, tables.errors),
    ...deniedAround(db, groups, args),
    providerWords: providerWords(flagged, context),
  };
}

/** The changes before onset, best first, exactly as `rankChanges` would rank every record. */
export function rankedAround(
  db: ReadableDb,
  { calls, groups }: GroupsAround,
  { context, tables }: Args<'evidenceAround'>,
): RankedChange[] {
  const read = prepared<[number], { id: string | Buffer }>(db, 'SELECT id FROM log_row WHERE record = ?');
  const leading = leadingChanges(calls, groups, context, tables.changes, (record) =>
    idText(read.get(record)?.id ?? ''),
  );
  return rankLeading(recordsNumbered(db, leading.records), leading, context, tables.changes);
}

/** Errors of which the message is read. */
const MOST_MESSAGES = 200;

/** The errors of each call, before onset and from then on; what was denied with the message of the newest. */
function errorTallies(
  db: ReadableDb,
  { calls, groups }: GroupsAround,
  { context, tables }: Args<'evidenceAround'>,
): ErrorTally[] {
  const onset = epochMs(context.onset);
  const sums = new Map<number, ErrorSum>();
  for (let index = 0; index < groups.call.length; index += 1) {
    const call = groups.call[index] ?? 0;
    if ((calls[call]?.errorCode ?? null) === null) continue;
    const last = groups.last[index] ?? 0;
    const key = last < onset ? 2 * call : 2 * call + 1;
    const sum = sums.get(key) ?? { call, count: 0, first: Infinity, last: -Infinity, record: 0 };
    sums.set(key, sum);
    sum.count += groups.count[index] ?? 0;
    sum.first = Math.min(sum.first, groups.first[index] ?? 0);
    if (last > sum.last) sum.record = groups.lastRecord[index] ?? 0;
    sum.last = Math.max(sum.last, last);
  }
  const message = messageReader(db);
  return [...sums.values()].flatMap(({ call, count, first, last, record }) => {
    const facts = calls[call];
    if (facts === undefined) return [];
    const { errorCode, source, name, principal, flags } = facts;
    const denied = isDenied(recordOf(facts, context.onset), tables.errors);
    const errorMessage = denied ? message(record) : null;
    const when = { first: instantOf(first), last: instantOf(last) };
    return [{ errorCode, errorMessage, source, name, principal, flags, count, ...when }];
  });
}

interface ErrorSum {
  readonly call: number;
  count: number;
  first: number;
  last: number;
  /** The number of the newest. */
  record: number;
}

/** Reads the messages of so many errors, and of no more. */
function messageReader(db: ReadableDb): (record: number) => string | null {
  let left = MOST_MESSAGES;
  return (record) => {
    if (left === 0) return null;
    left -= 1;
    return recordsNumbered(db, [record])[0]?.errorMessage ?? null;
  };
}

function flaggedRecords(
  db: ReadableDb,
  { calls, groups }: GroupsAround,
  { context }: Args<'evidenceAround'>,
): Value<'evidenceAround'>['flagged'] {
  const onset = epochMs(context.onset);
  const nearest: { record: number; away: number }[] = [];
  groups.call.forEach((call, index) => {
    if ((calls[call]?.flags.length ?? 0) === 0) return;
    nearest.push({
      record: groups.lastRecord[index] ?? 0,
      away: Math.abs((groups.last[index] ?? 0) - onset),
    });
  });
  nearest.sort((a, b) => a.away - b.away);
  return recordsNumbered(
    db,
    nearest.slice(0, MOST_FLAGGED).map(({ record }) => record),
  );
}
