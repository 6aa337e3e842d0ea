import {
  type Container,
  type EvidenceAdapter,
  type Head,
  type Recognition,
  rejected,
  skipped,
} from './adapter.ts';
import { cloudTrail } from './cloudtrail.ts';
import { eventOfRow, isEventRow } from './cloudtrail-rows.ts';
import { asList, asObject, asText, type Json, type JsonObject, parseJson } from './json.ts';

/**
 * What a query of CloudTrail Lake gave: `aws cloudtrail get-query-results`, rows of one `{column: text}` for each column, named as the
 * query names them; and rows of Lake or Athena as objects or as a table.
 * Fields: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetQueryResults.html, columns:
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-supported-event-schemas.html
 */
export const cloudTrailLake: EvidenceAdapter = {
  id: 'cloudtrail_lake',
  recognise,
  read(value, contentId) {
    const row = rowOf(value);
    if (row === null) return rejected('not a row of columns');
    const event = wholeEventIn(row) ?? eventOfRow(row);
    return isEventRow(event)
      ? cloudTrail.read(event, contentId)
      : skipped('rows without the time, name or source of an event');
  },
  notes({ head, tail }) {
    const said = `${head.text.slice(0, 2_000)} ${tail}`;
    const status = /"QueryStatus"\s*:\s*"(\w+)"/.exec(said)?.[1];
    const numberOf = (key: string): number =>
      Number(new RegExp(`"${key}"\\s*:\\s*(\\d+)`).exec(said)?.[1] ?? 0);
    return [
      'The answer of a query: it shows what was asked for, and no more. That nothing else was changed does not follow.',
      ...(status === undefined || status === 'FINISHED'
        ? []
        : [`The query had not ended well: its status is ${status}.`]),
      ...(/"NextToken"\s*:\s*"/.test(tail) || numberOf('TotalResultsCount') > numberOf('ResultsCount')
        ? ['This may be the first page only: there were more rows than were saved.']
        : []),
    ];
  },
};

function recognise({ paths, text }: Head): Recognition | null {
  const isNamed = (has: (name: string) => boolean): boolean =>
    ['eventname', 'eventsource', 'eventtime'].every(has);
  const found = (container: Container): Recognition => ({
    kind: 'records',
    recognisedAs: 'cloudtrail_lake',
    container,
  });
  if (isNamed((name) => paths.has(`[].${name}`))) return found({ kind: 'list' });
  if (isNamed((name) => paths.has(name))) return found({ kind: 'sequence' });
  // The console's Event history writes "Event name"; a table of a query has the columns' own names.
  const columns = (/^[^\n]*/.exec(text)?.[0] ?? '')
    .split(',')
    .map((name) => name.trim().replace(/^"|"$/g, '').toLowerCase());
  if (isNamed((name) => columns.includes(name))) return found({ kind: 'rows' });
  const isRows = [...paths].some((path) => path.startsWith('QueryResultRows[][].'));
  const isEmpty = paths.has('QueryStatus') && /"QueryResultRows"\s*:\s*\[\s*\]/.test(text);
  if (!isRows && !isEmpty) return null;
  return found({ kind: 'wrapped', key: 'QueryResultRows', items: 'lists' });
}

function rowOf(value: Json): JsonObject | null {
  const whole = asObject(value);
  if (whole !== null) return whole;
  const cells = asList(value).flatMap((cell) => Object.entries(asObject(cell) ?? {}));
  return cells.length === 0 ? null : Object.fromEntries(cells);
}

/** The column `eventJson` holds the event as it was logged. */
function wholeEventIn(row: JsonObject): JsonObject | null {
  const column = Object.keys(row).find((name) => /^eventjson$/i.test(name));
  return column === undefined ? null : asObject(parseJson(asText(row[column])));
}
