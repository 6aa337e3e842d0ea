import type { Call } from '../../main/core/evidence/record-batch.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';

/** Calls of finished imports never change, and every look at an incident needs most of them. */
const KEPT = new WeakMap<ReadableDb, Map<number, Call>>();
const MOST_KEPT = 100_000;

type Row = readonly [
  call: number,
  source: string,
  name: string,
  region: string,
  account: string,
  principal: string,
  actor: Call['actor'],
  userAgent: string,
  readOnly: 0 | 1 | null,
  errorCode: string | null,
  flags: string,
];

/** Calls by their numbers, at least those asked for; all of finished imports. Kept in memory for the next look. */
export function callsNumbered(db: ReadableDb, numbers: Iterable<number>): ReadonlyMap<number, Call> {
  const kept = keptCalls(db);
  const missing = new Set<number>();
  for (const number of numbers) if (!kept.has(number)) missing.add(number);
  if (missing.size === 0) return kept;
  const rows = prepared<[string], Row>(
    db,
    `SELECT call, source, name, region, account, principal, actor, user_agent, read_only, error_code, flags
     FROM log_call WHERE call IN (SELECT value FROM json_each(?))`,
  )
    .raw()
    .all(JSON.stringify([...missing]));
  for (const row of rows) kept.set(row[0], callOf(row));
  if (rows.length < missing.size) throw new Error('A call that records mean is gone');
  return kept;
}

function keptCalls(db: ReadableDb): Map<number, Call> {
  const known = KEPT.get(db);
  if (known !== undefined && known.size < MOST_KEPT) return known;
  const empty = new Map<number, Call>();
  KEPT.set(db, empty);
  return empty;
}

function callOf(row: Row): Call {
  const [, source, name, region, account, principal, actor, userAgent, readOnly, errorCode, flags] = row;
  return {
    ...{ source, name, region, account, principal, actor, userAgent, errorCode },
    readOnly: readOnly === null ? null : readOnly === 1,
    flags: JSON.parse(flags) as string[], // written from a list of texts
  };
}
