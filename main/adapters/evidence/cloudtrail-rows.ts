import { asObject, asText, type Json, type JsonObject, parseJson } from './json.ts';

/** What the console's columns are called in an event, by their letters alone. */
const COLUMNS: ReadonlyMap<string, string> = new Map(
  [
    'eventID',
    'eventName',
    'eventSource',
    'eventTime',
    'awsRegion',
    'errorCode',
    'errorMessage',
    'sourceIPAddress',
    'userAgent',
    'userIdentity',
    'readOnly',
    'eventCategory',
    'eventType',
    'recipientAccountId',
    'requestParameters',
    'resources',
  ].map((name) => [lettersOf(name), name]),
);

/** True for the header of a CSV of CloudTrail events: the console's Event history, or a table of raw fields. */
export function isEventHeader(line: string): boolean {
  const names = line.split(',').map(lettersOf);
  return ['eventname', 'eventsource', 'eventtime'].every((name) => names.includes(name));
}

/**
 * A row of such a CSV as an event. The console names only the user or the session, not what kind of identity it is, and leaves
 * out what was asked for: such a record says who and what, and nothing of its risk.
 */
export function eventOfRow(row: JsonObject): JsonObject {
  const event: Record<string, Json> = {};
  let user = '';
  for (const [column, cell] of Object.entries(row)) {
    const letters = lettersOf(column);
    const text = asText(cell).trim();
    const name = COLUMNS.get(letters);
    if (letters === 'username') user = text;
    else if (letters === 'resourcename' && text !== '') event['resources'] = [{ ARN: text }];
    else if (name !== undefined && text !== '')
      event[name] = /^[{[]/.test(text) ? (parseJson(text) ?? text) : text;
  }
  if (asObject(event['userIdentity']) === null && user !== '') {
    event['userIdentity'] = { userName: user, type: user === 'root' ? 'Root' : '' };
  }
  return event;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
