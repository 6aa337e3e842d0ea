import { ok, type Result } from '../main/core/result.ts';
import type { Args, Value } from './api.ts';
import type { AskingMethod } from './asking.ts';
import type { ReadableDb } from './database.ts';
import { readTransaction } from './database.ts';
import { evidenceAround } from './queries/evidence-around.ts';
import { listRecords } from './queries/log-records.ts';
import { namedInLogs } from './queries/named-in-logs.ts';
import { recordHits } from './queries/record-hits.ts';
import { countRecords, recordHistogram } from './queries/record-histogram.ts';

const QUERIES: { readonly [M in AskingMethod]: (db: ReadableDb, args: Args<M>) => Value<M> } = {
  listRecords,
  recordHits,
  recordHistogram,
  countRecords,
  namedInLogs,
  evidenceAround,
};

/** Looks through records, on one unchanging view of the database: another connection may be writing. */
export function runAsking<M extends AskingMethod>(
  db: ReadableDb,
  method: M,
  args: Args<M>,
): Result<Value<M>> {
  return ok(readTransaction(db, () => QUERIES[method](db, args)));
}
