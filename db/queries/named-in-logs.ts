import { TEXT_FIELDS } from '../../main/core/evidence/record-batch.ts';
import type { Args, Value } from '../api.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { FINISHED, OF_INCIDENT } from './record-rows.ts';

const NAMES = [TEXT_FIELDS.indexOf('principal'), TEXT_FIELDS.indexOf('resource')];

/** The calls that the finished files of an incident hold, and the ARNs that its logs name. */
export function namedInLogs(db: ReadableDb, { incidentId }: Args<'namedInLogs'>): Value<'namedInLogs'> {
  const calls = prepared<object, { source: string; name: string }>(
    db,
    `SELECT DISTINCT log_call.source, log_call.name
     FROM (SELECT first_call, calls FROM log_batch WHERE ${OF_INCIDENT} AND ${FINISHED}) AS batch
     CROSS JOIN log_call
     WHERE log_call.call >= batch.first_call AND log_call.call < batch.first_call + batch.calls`,
  ).all({ incidentId });
  const names = prepared<object, string>(
    db,
    `SELECT DISTINCT value FROM log_text
     WHERE ${OF_INCIDENT} AND field IN (${NAMES.join(', ')}) AND value LIKE 'arn:aws%'`,
  )
    .pluck()
    .all({ incidentId });
  return { calls, names };
}
