import { parseInstant, type Instant } from '../../core/time.ts';
import { type EvidenceAdapter, type Head, type Recognition, rejected, skipped } from './adapter.ts';
import { cloudTrail } from './cloudtrail.ts';
import { eventOfRow } from './cloudtrail-rows.ts';
import { cloudTrailIn, lineRecord } from './cloudwatch-logs.ts';
import { asList, asObject, asText, type Json, type JsonObject } from './json.ts';

type Reading = ReturnType<EvidenceAdapter['read']>;

/**
 * Results of CloudWatch Logs Insights (`get-query-results`): rows of `{field, value}` pairs whose values are all text, and whose
 * `@timestamp` is UTC without saying so. CloudTrail in it, whole or as columns, is read as CloudTrail.
 * Fields: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html
 */
export const logsInsights: EvidenceAdapter = {
  id: 'logs_insights',
  recognise,
  read(value, contentId) {
    const row = rowOf(value);
    return row === null ? rejected('not a row of fields and values') : readRow(row, contentId);
  },
  notes({ records, tail }) {
    const notes = ['A query shows what it asked for, of the log groups and the time it was given.'];
    const status = /"status"\s*:\s*"(\w+)"/.exec(tail)?.[1];
    if (status !== undefined && status !== 'Complete')
      notes.push(`The query had not ended well: its status is ${status}.`);
    const matched = Number(/"recordsMatched"\s*:\s*([\d.]+)/.exec(tail)?.[1] ?? 0);
    if (matched > records && records > 0)
      notes.push(
        `The query matched ${matched} lines and gave ${records} rows: the rest is not in this file.`,
      );
    return notes;
  },
};

function recognise({ paths, text }: Head): Recognition | null {
  const isRows = paths.has('results[][].field') && paths.has('results[][].value');
  const isEmpty = /"results"\s*:\s*\[\s*\]/.test(text) && paths.has('statistics.recordsMatched');
  if (!isRows && !isEmpty) return null;
  return {
    kind: 'records',
    recognisedAs: 'logs_insights',
    container: { kind: 'wrapped', key: 'results', items: 'lists' },
  };
}

function rowOf(value: Json): JsonObject | null {
  if (!Array.isArray(value)) return null;
  const pairs = asList(value).map((item) => {
    const pair = asObject(item);
    return [asText(pair?.['field']), pair?.['value'] ?? ''] as const;
  });
  const named = pairs.filter(([field]) => field !== '' && field !== '@ptr');
  return named.length === 0 ? null : Object.fromEntries(named);
}

function readRow(row: JsonObject, contentId: () => string): Reading {
  const message = asText(row['@message']);
  const inner = cloudTrailIn(message);
  if (inner !== null) return cloudTrail.read(inner, contentId);
  const stamp = row['@timestamp'];
  if (asText(row['eventName']) !== '' && asText(row['eventSource']) !== '') {
    const event = eventOfRow({ eventTime: stamp, ...withoutPaths(row) });
    return cloudTrail.read(event, contentId);
  }
  if (stamp === undefined) return skipped('rows that sum up, without the time of an event');
  const at = instantIn(asText(stamp));
  if (at === null) return rejected('@timestamp is not a time');
  const others = Object.entries(row).filter(([field]) => !field.startsWith('@'));
  const text =
    message === '' ? others.map(([field, value]) => `${field}=${asText(value)}`).join(' ') : message;
  return lineRecord({
    id: contentId(),
    at,
    message: text,
    group: asText(row['@log']).replace(/^\d+:/, ''),
    stream: asText(row['@logStream']),
  });
}

/** `userIdentity.arn` as a column of its own becomes the identity's ARN. */
function withoutPaths(row: JsonObject): JsonObject {
  const arn = asText(row['userIdentity.arn']);
  const type = asText(row['userIdentity.type']);
  if (arn === '' && type === '') return row;
  return { ...row, userIdentity: JSON.stringify({ arn, type }) };
}

/** `2024-01-15 10:30:00.000` is UTC here. */
function instantIn(text: string): Instant | null {
  return parseInstant(text) ?? parseInstant(`${text}Z`);
}
