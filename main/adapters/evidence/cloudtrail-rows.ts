import { asList, asObject, asText, type Json, type JsonObject, named } from './json.ts';
import { structIn } from './struct-text.ts';

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
    'responseElements',
    'additionalEventData',
    'addendum',
    'resources',
  ].map((name) => [lettersOf(name), name]),
);

/** SQL knows small letters only: what the fields of an identity are called in an event. */
const IDENTITY: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'principalId',
    'accountId',
    'accessKeyId',
    'userName',
    'sessionContext',
    'sessionIssuer',
    'invokedBy',
    'creationDate',
    'mfaAuthenticated',
  ].map((name) => [name.toLowerCase(), name]),
);

/** Whether columns of a row make an event of CloudTrail. */
export function isEventRow(event: JsonObject): boolean {
  return ['eventName', 'eventSource', 'eventTime'].every((name) => asText(event[name]) !== '');
}

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
    else if (name !== undefined && text === '' && asObject(cell) !== null) event[name] = cell ?? null;
    else if (name !== undefined && text !== '' && text !== 'null') event[name] = structIn(text) ?? text;
  }
  const identity = asObject(event['userIdentity']);
  if (identity !== null) event['userIdentity'] = withNames(identity);
  const resources = asList(event['resources']);
  if (resources.length > 0) event['resources'] = resources.map(withArn);
  if (asObject(event['userIdentity']) === null && user !== '') {
    event['userIdentity'] = { userName: user, type: user === 'root' ? 'Root' : '' };
  }
  return event;
}

function withNames(identity: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(identity).map(([name, value]) => {
      const inner = asObject(value);
      return [named(IDENTITY, name) ?? name, inner === null ? value : withNames(inner)];
    }),
  );
}

function withArn(resource: Json): Json {
  const fields = asObject(resource);
  const arn = asText(fields?.['arn']);
  return fields === null || arn === '' ? resource : { ...fields, ARN: arn };
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
