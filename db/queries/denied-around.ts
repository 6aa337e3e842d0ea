import {
  deniedAfterChange,
  type DeniedAfterChange,
  deniedPrincipals,
  type DeniedPrincipals,
  isDenied,
  isPolicyChange,
} from '../../main/core/evidence/denied.ts';
import type { LogRecord } from '../../main/core/evidence/model.ts';
import { habitOf } from '../../main/core/evidence/rank-changes.ts';
import { recordOf } from '../../main/core/evidence/rank-leading.ts';
import type { SearchWord } from '../../main/core/evidence/search.ts';
import { addMinutes, epochMs, instantOf } from '../../main/core/time.ts';
import type { Args } from '../api.ts';
import type { ReadableDb } from '../database.ts';
import type { GroupsAround } from './groups-around.ts';
import { findRecords, listRecords, recordsNumbered } from './log-records.ts';
import { countWithin } from './record-histogram.ts';
import type { KnownTexts } from './record-search.ts';

/** With no more records than this in the window, each is looked at. */
const ALL_RECORDS = 20_000;
/** Otherwise so many changes of policies, so many calls that were denied, and so many records of each: nearest to onset. */
const MOST = { changes: 300, calls: 40, records: 60 } as const;

interface DeniedAround {
  readonly deniedAfterChange: readonly DeniedAfterChange[];
  readonly deniedPrincipals: DeniedPrincipals;
}

/** What was denied around onset, and after which change of a policy. */
export function deniedAround(
  db: ReadableDb,
  groups: GroupsAround,
  args: Args<'evidenceAround'>,
): DeniedAround {
  const { incidentId, context, window, tables } = args;
  const filter = {
    from: addMinutes(context.onset, -window.before),
    to: addMinutes(context.onset, window.after),
  };
  if (countWithin(db, { incidentId, ...filter }) <= ALL_RECORDS) {
    const all = listRecords(db, { incidentId, limit: 2 * ALL_RECORDS, filter });
    return {
      deniedAfterChange: deniedAfterChange(all.records, tables),
      deniedPrincipals: deniedPrincipals(all.records, context, tables),
    };
  }
  const standing = standIns(groups, tables);
  const found = deniedPrincipals(standing, context, tables);
  const ids = recordsNumbered(db, found.recordIds.map(Number)).map(({ id }) => id);
  return {
    deniedAfterChange: deniedAfterChange(nearOnset(db, standing, args), tables),
    deniedPrincipals: { ...found, recordIds: ids },
  };
}

/** One record for what a call did in a minute, with nothing but what all of them share; its id is the newest one's number. */
function standIns({ calls, groups }: GroupsAround, tables: Args<'evidenceAround'>['tables']): LogRecord[] {
  const wanted = calls.map((call) => {
    if (call.errorCode === null && tables.changes.rules.get(call.source)?.get(call.name)?.policy !== true) {
      return null;
    }
    const record = recordOf(call, instantOf(0));
    return isDenied(record, tables.errors) || isPolicyChange(record, tables.changes) ? record : null;
  });
  const standing: LogRecord[] = [];
  groups.call.forEach((call, index) => {
    const record = wanted[call] ?? null;
    if (record === null) return;
    const id = String(groups.lastRecord[index] ?? 0);
    standing.push({ ...record, id, at: instantOf(groups.last[index] ?? 0) });
  });
  return standing;
}

/** The records that a change of a policy and the denials behind it can be seen in. */
function nearOnset(
  db: ReadableDb,
  standing: readonly LogRecord[],
  { incidentId, context, window, tables }: Args<'evidenceAround'>,
): LogRecord[] {
  const onset = epochMs(context.onset);
  const nearest = standing.toSorted(
    (a, b) => Math.abs(epochMs(a.at) - onset) - Math.abs(epochMs(b.at) - onset),
  );
  const changes = nearest.filter((record) => isPolicyChange(record, tables.changes)).slice(0, MOST.changes);
  const denials = new Map<string, LogRecord>();
  for (const record of nearest) {
    if (denials.size === MOST.calls) break;
    if (record.errorCode !== null && !denials.has(habitOf(record))) denials.set(habitOf(record), record);
  }
  const filter = {
    from: addMinutes(context.onset, -window.before),
    to: addMinutes(context.onset, window.after),
  };
  const records = recordsNumbered(
    db,
    changes.map(({ id }) => Number(id)),
  );
  const known: KnownTexts = new Map();
  for (const denial of denials.values()) {
    const call = { incidentId, known, words: wordsFor(denial) };
    // What came up to the denial, and what came after it.
    const until = findRecords(db, {
      ...call,
      limit: MOST.records,
      filter: { ...filter, to: denial.at },
    });
    const after = findRecords(db, {
      ...call,
      limit: MOST.records,
      filter: { ...filter, from: denial.at },
      oldestFirst: true,
    });
    records.push(...[...until, ...after].filter((record) => habitOf(record) === habitOf(denial)));
  }
  return [...new Map(records.map((record) => [record.id, record])).values()];
}

function wordsFor({ principal, name, source }: LogRecord): SearchWord[] {
  return [
    { text: principal, fields: ['principal'] },
    { text: name, fields: ['name'] },
    { text: source, fields: ['source'] },
  ];
}
