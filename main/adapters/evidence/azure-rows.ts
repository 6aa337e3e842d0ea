import { readTime } from '../../core/evidence/mapping/times.ts';
import { asList, asObject, asText, type Json, type JsonObject, parseJson } from './json.ts';

/**
 * What the columns are called in an event, by their letters alone: those of the portal's export of the Activity Log, and of the table
 * AzureActivity of Log Analytics, https://learn.microsoft.com/azure/azure-monitor/reference/tables/azureactivity
 */
const COLUMNS: ReadonlyMap<string, string> = new Map([
  ['timegenerated', 'eventTimestamp'],
  ['timegeneratedutc', 'eventTimestamp'],
  ['time', 'eventTimestamp'],
  ['operationnamevalue', 'operationName'],
  ['operationname', 'operationName'],
  ['activitystatusvalue', 'status'],
  ['status', 'status'],
  ['activitysubstatusvalue', 'subStatus'],
  ['categoryvalue', 'category'],
  ['eventcategory', 'category'],
  ['caller', 'caller'],
  ['eventinitiatedby', 'caller'],
  ['calleripaddress', 'callerIpAddress'],
  ['eventdataid', 'eventDataId'],
  ['correlationid', 'correlationId'],
  ['resourceid', 'resourceId'],
  ['subscriptionid', 'subscriptionId'],
  ['properties', 'properties'],
  ['claims', 'claims'],
]);

/** Columns that a table of the Activity Log has, by their letters; any other table of Azure is another matter. */
const MARKS: readonly (readonly string[])[] = [
  ['operationname', 'status', 'eventcategory', 'eventinitiatedby', 'time'],
  ['operationnamevalue', 'activitystatusvalue', 'timegenerated'],
  ['operationnamevalue', 'activitystatusvalue', 'timegeneratedutc'],
];

/** Whether names of columns are those of such a table. */
export function isActivityTable(names: readonly string[]): boolean {
  const letters = new Set(names.map(lettersOf));
  return MARKS.some((marks) => marks.every((mark) => letters.has(mark)));
}

/** A row of such a table as an event; anything else as it is. */
export function eventOfAzureRow(row: JsonObject): JsonObject {
  const names = Object.keys(row);
  if (!isActivityTable(names)) return row;
  const event: Record<string, Json> = {};
  for (const name of names) {
    const field = COLUMNS.get(lettersOf(name));
    const text = asText(row[name]).trim();
    // Log Analytics has old columns of the same meaning beside the new ones, and the old are empty.
    if (field === undefined || text === '') continue;
    if (field === 'eventTimestamp') event[field] = timeOf(text);
    else event[field] = /^[{]/.test(text) ? (parseJson(text) ?? text) : text;
  }
  const resource = asText(row['Resource']).trim();
  if (event['resourceId'] === undefined && resource !== '') {
    const group = asText(row['Resource group']).trim();
    event['resourceId'] = [group, resource].filter((part) => part !== '').join('/');
  }
  return event;
}

/** The rows of `tables` in an answer of Log Analytics, each as an object by the names of its columns. */
export function rowsOfTables(document: JsonObject): readonly JsonObject[] {
  return asList(document['tables']).flatMap((table) => {
    const columns = asList(asObject(table)?.['columns']).map((column) => asText(asObject(column)?.['name']));
    return asList(asObject(table)?.['rows']).map((row) =>
      Object.fromEntries(asList(row).map((cell, at) => [columns[at] ?? `column ${at}`, cell])),
    );
  });
}

/** Both portals print times in UTC, one of them as Americans write dates. */
function timeOf(text: string): string {
  return readTime(text, { zone: 'UTC', order: 'mdy', reference: 0 })?.at ?? text;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
