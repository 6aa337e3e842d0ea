import changes from '../../../resources/evidence/changes.json' with { type: 'json' };
import errors from '../../../resources/evidence/errors.json' with { type: 'json' };
import patterns from '../../../resources/evidence/patterns.json' with { type: 'json' };
import { parseChangeTable } from '../../../main/core/evidence/change-table.ts';
import { parseErrorTable } from '../../../main/core/evidence/error-table.ts';
import { parsePatternTable } from '../../../main/core/evidence/pattern-table.ts';
import type { LogRecord } from '../../../main/core/evidence/model.ts';
import { addMinutes, Instant } from '../../../main/core/time.ts';

/** The onset that the records below are placed around. */
export const ONSET = Instant.parse('2026-03-04T09:30:00.000Z');

function sound<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
}

/** The tables that come with the program. */
export const TABLES = {
  changes: sound(parseChangeTable(changes)),
  errors: sound(parseErrorTable(errors)),
  patterns: sound(parsePatternTable(patterns)),
};

let count = 0;

/** A successful change so many minutes before onset (negative: after it), with the given fields. */
export function record(minutesBefore: number, fields: Partial<LogRecord> = {}): LogRecord {
  count += 1;
  return {
    id: `record-${count}`,
    at: addMinutes(ONSET, -minutesBefore),
    source: 's3.amazonaws.com',
    name: 'PutBucketPolicy',
    region: 'eu-west-1',
    account: '111122223333',
    principal: 'arn:aws:iam::111122223333:user/bob',
    actor: 'person',
    sourceIp: '198.51.100.7',
    userAgent: 'aws-cli/2.15.0',
    readOnly: false,
    errorCode: null,
    errorMessage: null,
    resources: [],
    flags: [],
    detail: '',
    ...fields,
  };
}
