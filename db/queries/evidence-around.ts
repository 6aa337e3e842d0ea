import { restartsIn } from '../../main/core/evidence/change-effect.ts';
import { isDenied } from '../../main/core/evidence/denied.ts';
import { failingNames } from '../../main/core/evidence/failing-names.ts';
import { groupErrorTallies, type ErrorTally } from '../../main/core/evidence/group-errors.ts';
import { providerWords } from '../../main/core/evidence/provider-words.ts';
import { namesFailing } from '../../main/core/evidence/rank-changes.ts';
import { leadingChanges, rankLeading, recordOf } from '../../main/core/evidence/rank-leading.ts';
import type { LogRecord, RankedChange } from '../../main/core/evidence/model.ts';
import { addMinutes, epochMs, instantOf } from '../../main/core/time.ts';
import type { Args, Value } from '../api.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { deniedAround } from './denied-around.ts';
import { groupsAround, type GroupsAround } from './groups-around.ts';
import { recordsOn } from './found-records.ts';
import { listRecords, recordsNumbered } from './log-records.ts';
import { idText } from './record-batches.ts';

/** Records with a flag that are read: those nearest to onset. */
const MOST_FLAGGED = 300;

/** Restarts that are read: those nearest to onset. */
const MOST_RESTARTS = 300;
/** Errors since onset that are read for the names of what fails: the newest. */
const MOST_ERRORS = 2_000;
/** Changes that are read for what they touch: those nearest to onset. */
const MOST_TOUCHING = 1_000;

/** What the logs of an incident say about its onset. */
export function evidenceAround(db: ReadableDb, args: Args<'evidenceAround'>): Value<'evidenceAround'> {
  const { context, tables } = args;
  const groups = groupsAround(db, args);
  const flagged = flaggedRecords(db, groups, args);
  const failing = failingAround(db, groups, args);
  return {
    failing,
    ranked: rankedAround(db, groups, args, failing),
    flagged,
    errors: groupErrorTallies(errorTallies(db, groups, args), context, tables.errors),
    ...deniedAround(db, groups, args),
    providerWords: providerWords(flagged, context),
  };
}

/** The changes before onset, best first, as `rankChanges` would rank every record. */
export function rankedAround(
  db: ReadableDb,
  groups: GroupsAround,
  args: Args<'evidenceAround'>,
  failing: readonly string[],
): RankedChange[] {
  const table = args.tables.changes;
  const context = { ...args.context, resources: failing };
  const read = prepared<[number], { id: string | Buffer }>(db, 'SELECT id FROM log_row WHERE record = ?');
  const idOf = (record: number): string => idText(read.get(record)?.id ?? '');
  const restarts = restartsIn(restartRecords(db, groups, args), table);
  const leading = leadingChanges(groups, context, table, { restarts, idOf });
  const records = [...recordsNumbered(db, leading.records), ...touchingRecords(db, args, failing)];
  return rankLeading(records, leading, context, table, restarts);
}

/** The things that fail, as the errors since onset name them. */
export function failingAround(
  db: ReadableDb,
  { calls, groups }: GroupsAround,
  { incidentId, context, window, tables }: Args<'evidenceAround'>,
): readonly string[] {
  const onset = epochMs(context.onset);
  const to = addMinutes(context.onset, window.after);
  const filter = { kind: 'errors', from: context.onset, to } as const;
  const since = listRecords(db, { incidentId, limit: MOST_ERRORS, filter });
  if (since.records.length === 0) return [];
  const before = new Set<number>();
  for (let index = 0; index < groups.call.length; index += 1) {
    const call = groups.call[index] ?? 0;
    if ((groups.last[index] ?? 0) < onset && (calls[call]?.errorCode ?? null) !== null) before.add(call);
  }
  const earlier = addMinutes(context.onset, -1);
  const failedBefore = [...before].flatMap((call) => {
    const facts = calls[call];
    return facts === undefined ? [] : [recordOf(facts, earlier)];
  });
  return failingNames([...since.records, ...failedBefore], context, tables.errors);
}

function restartRecords(
  db: ReadableDb,
  { calls, groups }: GroupsAround,
  { context, tables }: Args<'evidenceAround'>,
): LogRecord[] {
  const { restarts } = tables.changes.data.effects;
  const onset = epochMs(context.onset);
  const isRestart = calls.map(({ name, errorCode }) => errorCode === null && restarts.includes(name));
  const found: { record: number; away: number }[] = [];
  for (let index = 0; index < groups.call.length; index += 1) {
    if (isRestart[groups.call[index] ?? 0] !== true) continue;
    const away = Math.abs((groups.last[index] ?? 0) - onset);
    found.push({ record: groups.lastRecord[index] ?? 0, away });
  }
  found.sort((a, b) => a.away - b.away);
  return recordsNumbered(
    db,
    found.slice(0, MOST_RESTARTS).map(({ record }) => record),
  );
}

/** The changes before onset that touch what fails or carry a name of the incident. */
function touchingRecords(
  db: ReadableDb,
  { incidentId, context, window, tables }: Args<'evidenceAround'>,
  failing: readonly string[],
): LogRecord[] {
  const isNamed = namesFailing({ ...context, resources: failing }, tables.changes);
  if (isNamed === null) return [];
  const filter = {
    kind: 'changes',
    from: addMinutes(context.onset, -window.before),
    to: context.onset,
  } as const;
  return recordsOn(db, { incidentId, limit: MOST_TOUCHING, filter }, isNamed);
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
  const read = prepared<[number], string>(
    db,
    'SELECT value FROM log_text WHERE text = (SELECT message FROM log_row WHERE record = ?)',
  ).pluck();
  return (record) => {
    if (left === 0) return null;
    left -= 1;
    return read.get(record) ?? null;
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
