import { TEXT_FIELDS } from '../../main/core/evidence/record-batch.ts';
import type { Args, Value } from '../api.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { FINISHED, OF_INCIDENT } from './record-rows.ts';

const NAMES = [TEXT_FIELDS.indexOf('principal'), TEXT_FIELDS.indexOf('resource')];

type Call = Value<'namedInLogs'>['calls'][number];

/** The calls that the finished files of an incident hold, and the ARNs that its logs name. */
export function namedInLogs(db: ReadableDb, { incidentId }: Args<'namedInLogs'>): Value<'namedInLogs'> {
  const batches = `(SELECT first_call, calls, first_text, texts FROM log_batch
     WHERE ${OF_INCIDENT} AND ${FINISHED} AND records > 0) AS batch`;
  const calls = prepared<object, Call>(
    db,
    `SELECT DISTINCT log_call.source, log_call.name FROM ${batches} CROSS JOIN log_call
     WHERE log_call.call >= batch.first_call AND log_call.call < batch.first_call + batch.calls`,
  ).all({ incidentId });
  const names = prepared<object, string>(
    db,
    `SELECT DISTINCT value FROM ${batches} CROSS JOIN log_text
     WHERE text >= batch.first_text AND text < batch.first_text + batch.texts AND ${IS_NAME}`,
  )
    .pluck()
    .all({ incidentId });
  const others = namedByOthers(db, incidentId);
  return {
    calls: [...new Map([...calls, ...others.calls].map((call) => [JSON.stringify(call), call])).values()],
    names: [...new Set([...names, ...others.names])],
  };
}

const IS_NAME = `field IN (${NAMES.join(', ')}) AND value LIKE 'arn:aws%'`;

/** The same of what came with batches that hold no record any more, as far as records of other batches mean it. */
function namedByOthers(db: ReadableDb, incidentId: string): Value<'namedInLogs'> {
  const found = { calls: [] as Call[], names: [] as string[] };
  const batches = prepared<object, Batch>(
    db,
    `SELECT batch, first_record AS firstRecord, positions, first_text AS firstText, texts, first_call AS firstCall, calls,
       records > 0 AS hasRecords
     FROM log_batch WHERE ${OF_INCIDENT} AND ${FINISHED} ORDER BY batch`,
  ).all({ incidentId });
  for (const [index, one] of batches.entries()) {
    if (one.hasRecords === 1 || one.texts + one.calls === 0) continue;
    const used = usedLater(db, one, batches.slice(index + 1));
    for (const { number, ...call } of callsOf(db, one)) if (used.calls.has(number)) found.calls.push(call);
    for (const { number, value } of namesOf(db, one)) if (used.texts.has(number)) found.names.push(value);
  }
  return found;
}

interface Batch {
  readonly batch: number;
  readonly firstRecord: number;
  readonly positions: number;
  readonly firstText: number;
  readonly texts: number;
  readonly firstCall: number;
  readonly calls: number;
  readonly hasRecords: 0 | 1;
}

function callsOf(db: ReadableDb, { firstCall, calls }: Batch) {
  return prepared<number[], Call & { readonly number: number }>(
    db,
    'SELECT call AS number, source, name FROM log_call WHERE call >= ? AND call < ?',
  ).all(firstCall, firstCall + calls);
}

function namesOf(db: ReadableDb, { firstText, texts }: Batch) {
  return prepared<number[], { readonly number: number; readonly value: string }>(
    db,
    `SELECT text AS number, value FROM log_text
     WHERE text >= ? AND text < ? AND ${IS_NAME}`,
  ).all(firstText, firstText + texts);
}

/**
 * What records of later batches mean of the texts and calls of one that holds no record any more: it was read again in another way,
 * or its records were there already. Whoever means one of its calls also has one of the texts that were there by then.
 */
function usedLater(db: ReadableDb, { firstText, texts, firstCall, calls }: Batch, later: readonly Batch[]) {
  const used = { texts: new Set<number>(), calls: new Set<number>() };
  const oldest = prepared<[number], number | null>(
    db,
    'SELECT min(text) FROM log_posting WHERE batch = ?',
  ).pluck();
  const posted = prepared<number[], number>(
    db,
    'SELECT text FROM log_posting WHERE batch = ? AND text >= ? AND text < ?',
  ).pluck();
  const called = prepared<number[], number>(
    db,
    'SELECT DISTINCT call FROM log_row WHERE record >= ? AND record < ? AND call >= ? AND call < ?',
  ).pluck();
  for (const { batch, firstRecord, positions } of later) {
    if ((oldest.get(batch) ?? Infinity) >= firstText + texts) continue;
    for (const text of posted.all(batch, firstText, firstText + texts)) used.texts.add(text);
    const records = [firstRecord, firstRecord + positions];
    for (const call of called.all(...records, firstCall, firstCall + calls)) used.calls.add(call);
  }
  return used;
}
