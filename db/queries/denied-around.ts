import {
  deniedAfterChange,
  deniedPrincipals,
  isDenied,
  isPolicyChange,
} from '../../main/core/evidence/denied.ts';
import type { LogRecord } from '../../main/core/evidence/model.ts';
import { habitOf } from '../../main/core/evidence/rank-changes.ts';
import { recordOf } from '../../main/core/evidence/rank-leading.ts';
import type { SearchWord } from '../../main/core/evidence/search.ts';
import { addMinutes, epochMs, instantOf } from '../../main/core/time.ts';
import type { Args, Value } from '../api.ts';
import type { ReadableDb } from '../database.ts';
import type { GroupsAround } from './groups-around.ts';
import { findRecords } from './found-records.ts';
import { recordsNumbered } from './log-records.ts';
import type { KnownTexts } from './record-search.ts';

/**
 * So many changes of policies are looked at, so many calls that were denied, and so many records of each: nearest to onset. Of what
 * is newly denied so many are read.
 */
const MOST = { changes: 300, calls: 40, records: 60, fresh: 200 } as const;

type DeniedAround = Pick<Value<'evidenceAround'>, 'deniedAfterChange' | 'deniedPrincipals' | 'deniedCalls'>;

/** What was denied around onset, and after which change of a policy. */
export function deniedAround(
  db: ReadableDb,
  groups: GroupsAround,
  args: Args<'evidenceAround'>,
): DeniedAround {
  const { context, tables } = args;
  const seen = deniedGroups(groups, tables);
  const near = nearOnset(db, seen, args);
  return {
    deniedAfterChange: deniedAfterChange(near.records, tables),
    deniedCalls: near.calls,
    deniedPrincipals: deniedPrincipals(standIns(db, seen, args), context, tables),
  };
}

/** What a call did in a minute, where it was denied or changed a policy. */
interface Seen {
  /** With nothing but what all records of the call share. */
  readonly shared: LogRecord;
  readonly denied: boolean;
  /** Milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
  /** The number of the newest. */
  readonly record: number;
}

function deniedGroups({ calls, groups }: GroupsAround, tables: Args<'evidenceAround'>['tables']): Seen[] {
  const wanted = calls.map((call) => {
    if (call.errorCode === null && tables.changes.rules.get(call.source)?.get(call.name)?.policy !== true) {
      return null;
    }
    const shared = recordOf(call, instantOf(0));
    const denied = isDenied(shared, tables.errors);
    return denied || isPolicyChange(shared, tables.changes) ? { shared, denied } : null;
  });
  const seen: Seen[] = [];
  for (let index = 0; index < groups.call.length; index += 1) {
    const call = wanted[groups.call[index] ?? 0] ?? null;
    if (call === null) continue;
    const { shared, denied } = call;
    const first = groups.first[index] ?? 0;
    seen.push({
      shared,
      denied,
      first,
      last: groups.last[index] ?? 0,
      record: groups.lastRecord[index] ?? 0,
    });
  }
  return seen;
}

/**
 * Records by which to tell who is newly denied: of what was denied before onset, one of each call; from then on the newest of
 * each minute, as it was written where there are not too many; of changes of policies the first and the newest of each minute.
 */
function standIns(db: ReadableDb, seen: readonly Seen[], { context }: Args<'evidenceAround'>): LogRecord[] {
  const onset = epochMs(context.onset);
  const before = new Map<string, Seen>();
  const after: Seen[] = [];
  const standing: LogRecord[] = [];
  for (const one of seen) {
    if (!one.denied) {
      standing.push(...[one.first, one.last].map((at) => ({ ...one.shared, at: instantOf(at) })));
    } else if (one.last < onset) before.set(habitOf(one.shared), one);
    else after.push(one);
  }
  const fresh = after.filter(({ shared }) => !before.has(habitOf(shared))).sort((a, b) => b.last - a.last);
  const read = fresh.slice(0, MOST.fresh);
  const unread = fresh.slice(MOST.fresh);
  return [
    ...recordsNumbered(
      db,
      read.map(({ record }) => record),
    ),
    ...unread.map(({ shared, first }) => ({ ...shared, at: instantOf(first) })),
    ...[...before.values()].map(({ shared, last }) => ({ ...shared, at: instantOf(last) })),
    ...standing,
  ];
}

/** The records that a change of a policy and the denials behind it can be seen in. */
function nearOnset(
  db: ReadableDb,
  seen: readonly Seen[],
  { incidentId, context, window }: Args<'evidenceAround'>,
): { readonly records: readonly LogRecord[]; readonly calls: Value<'evidenceAround'>['deniedCalls'] } {
  const onset = epochMs(context.onset);
  const nearest = seen.toSorted((a, b) => Math.abs(a.last - onset) - Math.abs(b.last - onset));
  const changes = nearest.filter(({ denied }) => !denied).slice(0, MOST.changes);
  const denials = new Map<string, Seen>();
  for (const one of nearest) {
    if (one.denied && !denials.has(habitOf(one.shared))) denials.set(habitOf(one.shared), one);
  }
  const looked = [...denials].slice(0, MOST.calls);
  const filter = {
    from: addMinutes(context.onset, -window.before),
    to: addMinutes(context.onset, window.after),
  };
  const records = recordsNumbered(
    db,
    changes.map(({ record }) => record),
  );
  const known: KnownTexts = new Map();
  for (const [habit, { shared, last }] of looked) {
    const call = { incidentId, known, words: wordsFor(shared), limit: MOST.records };
    const at = instantOf(last);
    // What came up to the denial, and what came after it.
    const until = findRecords(db, { ...call, filter: { ...filter, to: at } });
    const after = findRecords(db, { ...call, filter: { ...filter, from: at }, oldestFirst: true });
    records.push(...[...until, ...after].filter((record) => habitOf(record) === habit));
  }
  return {
    records: [...new Map(records.map((record) => [record.id, record])).values()],
    calls: { all: denials.size, looked: looked.length },
  };
}

function wordsFor({ principal, name, source }: LogRecord): SearchWord[] {
  return [
    { text: principal, fields: ['principal'] },
    { text: name, fields: ['name'] },
    { text: source, fields: ['source'] },
  ];
}
