import type { LogRecord } from '../../core/evidence/model.ts';
import { parseInstant } from '../../core/time.ts';
import {
  type EvidenceAdapter,
  type FindingsTaken,
  type Head,
  type NotTaken,
  type Recognition,
  rejected,
} from './adapter.ts';
import { eventOfAzureRow, isActivityTable, rowsOfTables } from './azure-rows.ts';
import { azureRisk } from './azure-risk.ts';
import { azureStatus } from './azure-status.ts';
import { asObject, asText, bounded, type Json, type JsonObject } from './json.ts';

/** `az monitor activity-log list` gives so many events unless told otherwise. */
const CLI_PAGE = 50;

/**
 * The Azure Activity Log: REST answers (`value[]`), the bare list that the CLI prints, what diagnostic settings stream to
 * storage and event hubs (`records[]` or lines), and the snake_case of the Python SDK. Resource logs streamed in the
 * same form, such as those of storage accounts, are read too. So are tables: the portal's CSV, and AzureActivity of Log Analytics.
 * Fields: https://learn.microsoft.com/azure/azure-monitor/platform/activity-log-schema
 */
export const azureActivity: EvidenceAdapter = {
  id: 'azure_activity',
  recognise,
  read(value, contentId) {
    const event = asObject(value);
    if (event === null) return rejected('not an object');
    return event['tables'] === undefined
      ? readEvent(eventOfAzureRow(event), contentId)
      : readTables(event, contentId);
  },
  notes({ recognisedAs, records, head }) {
    if (recognisedAs === 'azure_activity_streamed') return [];
    const notes = ['The Activity Log is of one subscription, all its regions, and at most 90 days.'];
    if (recognisedAs === 'azure_activity_table') {
      notes.push('A table holds what its query or filter let through, and names operations as it pleases.');
      return notes;
    }
    if (recognisedAs === 'azure_activity_list') {
      notes.push('Unless told otherwise, az gives 50 events of the last six hours.');
    }
    if (head.paths.has('nextLink') || records === CLI_PAGE) {
      notes.push('This may be the first page only: there were more events than were saved.');
    }
    return notes;
  },
};

function recognise(head: Head): Recognition | null {
  const has = (path: string): boolean => head.paths.has(path);
  const isEvent = (at: string): boolean =>
    (has(`${at}eventTimestamp`) && has(`${at}operationName.value`)) ||
    (has(`${at}event_timestamp`) && has(`${at}operation_name.value`));
  const isStreamed = (at: string): boolean =>
    has(`${at}time`) &&
    has(`${at}operationName`) &&
    (has(`${at}resourceId`) || has(`${at}callerIpAddress`)) &&
    (has(`${at}category`) || has(`${at}correlationId`) || has(`${at}tenantId`) || has(`${at}properties`));
  const records = (recognisedAs: string, key: string | null): Recognition => ({
    kind: 'records',
    recognisedAs,
    container: key === null ? { kind: 'sequence' } : key === '' ? { kind: 'list' } : { kind: 'wrapped', key },
  });
  const header = head.text.split('\n', 1)[0] ?? '';
  if (!/^\s*[{[]/.test(header) && isActivityTable(header.split(',')))
    return { kind: 'records', recognisedAs: 'azure_activity_table', container: { kind: 'rows' } };
  if (has('[].OperationNameValue') && has('[].ActivityStatusValue'))
    return records('azure_activity_table', '');
  if (has('tables[].columns[].name') && /"OperationNameValue"/.test(head.text))
    return { kind: 'records', recognisedAs: 'azure_activity_table', container: { kind: 'document' } };
  if (isEvent('value[].')) return records('azure_activity_rest', 'value');
  if (isEvent('[].')) return records('azure_activity_list', '');
  if (isEvent('')) return records('azure_activity_lines', null);
  if (isStreamed('records[].')) return records('azure_activity_streamed', 'records');
  if (isStreamed('[].')) return records('azure_activity_streamed', '');
  if (isStreamed('')) return records('azure_activity_streamed', null);
  return null;
}

/** All rows of an answer of Log Analytics, which is one document. */
function readTables(document: JsonObject, contentId: () => string): FindingsTaken | NotTaken {
  const rows = rowsOfTables(document);
  const read = rows.map((row, at) => readEvent(eventOfAzureRow(row), () => `${contentId()}#${at}`));
  const records = read.flatMap((one) => ('notTaken' in one ? [] : [one]));
  return records.length === 0
    ? rejected('no row of the Activity Log in its tables')
    : { findings: [], records };
}

/** A field by its name or by its snake_case name. */
function field(object: JsonObject, name: string): Json | undefined {
  return object[name] ?? object[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}

/** A text, or the `value` of `{value, localizedValue}`. */
function valueOf(value: Json | undefined): string {
  return asText(value) || asText(asObject(value)?.['value']);
}

function readEvent(event: JsonObject, contentId: () => string): LogRecord | NotTaken {
  // Streamed names come in capitals, so all are made small: one operation has one name.
  const operation = valueOf(field(event, 'operationName')).toLowerCase();
  if (operation === '') return rejected('no operationName of the Azure Activity Log');
  const at = parseInstant(asText(field(event, 'eventTimestamp')) || asText(event['time']));
  if (at === null) return rejected('its time is missing or is not a time in ISO 8601 with its zone');
  const status = azureStatus({
    status: valueOf(event['status']) || asText(field(event, 'resultType')),
    subStatus: valueOf(field(event, 'subStatus')) || asText(field(event, 'resultSignature')),
    httpStatus: event['statusCode'],
    statusText: asText(event['statusText']),
    properties: asObject(event['properties']),
  });
  const category = valueOf(event['category']).toLowerCase();
  const resourceId = asText(field(event, 'resourceId'));
  const who = identityOf(event, category);
  const risk = azureRisk(operation, asObject(event['properties']), category);
  const id = asText(field(event, 'eventDataId'));
  return {
    id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : contentId(),
    at,
    source: bounded(sourceOf(operation, resourceId, category), 128),
    name: bounded(operation, 128),
    region: bounded(regionOf(event), 64),
    account: bounded(subscriptionOf(event, resourceId), 64),
    principal: bounded(who.principal, 512),
    actor: who.actor,
    sourceIp: bounded(addressOf(event), 128),
    userAgent: bounded(asText(asObject(event['properties'])?.['userAgentHeader']), 256),
    readOnly: readOnlyOf(operation, category),
    errorCode: status.code,
    errorMessage: status.message,
    resources: resourcesOf(event, resourceId),
    flags: status.kind === 'begun' ? [...risk.flags, 'begun'] : [...risk.flags],
    detail: bounded(risk.detail, 300),
  };
}

/** The resource provider, e.g. `microsoft.network`. */
function sourceOf(operation: string, resourceId: string, category: string): string {
  if (category === 'servicehealth') return 'microsoft.servicehealth';
  if (category === 'resourcehealth') return 'microsoft.resourcehealth';
  const slash = operation.indexOf('/');
  if (slash > 0) return operation.slice(0, slash);
  // Resource logs name plain operations, e.g. `GetBlob`.
  const provider = /\/providers\/([^/]+)/i.exec(resourceId)?.[1]?.toLowerCase();
  return provider ?? (category.startsWith('storage') ? 'microsoft.storage' : 'azure');
}

function regionOf(event: JsonObject): string {
  const region = asText(event['location']).toLowerCase().replaceAll(' ', '');
  return region === 'global' ? '' : region;
}

function subscriptionOf(event: JsonObject, resourceId: string): string {
  const said = asText(field(event, 'subscriptionId'));
  return (said || (/\/subscriptions\/([^/]+)/i.exec(resourceId)?.[1] ?? '')).toLowerCase();
}

/** Storage writes the port behind the address. */
function addressOf(event: JsonObject): string {
  const request = asObject(field(event, 'httpRequest'));
  const address =
    asText(event['callerIpAddress']) || (request === null ? '' : asText(field(request, 'clientIpAddress')));
  return address.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
}

const CLAIM = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/';

function identityOf(
  event: JsonObject,
  category: string,
): { readonly principal: string; readonly actor: LogRecord['actor'] } {
  const claims = asObject(event['claims']) ?? asObject(asObject(event['identity'])?.['claims']) ?? {};
  const named =
    asText(claims[`${CLAIM}upn`]) || asText(claims[`${CLAIM}emailaddress`]) || asText(claims[`${CLAIM}name`]);
  const principal = asText(event['caller']) || named || asText(claims['name']) || asText(claims['appid']);
  const byItself = category === 'autoscale' || category === 'policy' || /^microsoft\./i.test(principal);
  if (byItself) return { principal, actor: 'service' };
  if (claims['idtyp'] === 'app') return { principal, actor: 'role' };
  if (principal.includes('@')) return { principal, actor: 'person' };
  // An application is named by its id alone.
  return { principal, actor: /^[0-9a-f-]{36}$/i.test(principal) ? 'role' : 'unknown' };
}

/** What these categories tell is not a change of ours. */
const TELLING: ReadonlySet<string> = new Set([
  'servicehealth',
  'resourcehealth',
  'alert',
  'recommendation',
  'security',
  'storageread',
]);

/** By the last word of the operation; `/action` only reads when the word before it says so. */
function readOnlyOf(operation: string, category: string): boolean | null {
  if (TELLING.has(category) || operation.endsWith('/read')) return true;
  const parts = operation.split('/');
  const verb = parts.at(-1) === 'action' ? (parts.at(-2) ?? '') : parts.length === 1 ? operation : '';
  if (/^(list|get|read|check|validate|test|query|search|download|export|show|audit)/.test(verb)) return true;
  return parts.length === 1 ? null : false;
}

function resourcesOf(event: JsonObject, resourceId: string): string[] {
  const properties = asObject(event['properties']);
  const blob = asText(properties?.['objectKey']) || asText(properties?.['accountName']);
  return [resourceId, blob].filter((name) => name !== '').map((name) => bounded(name, 512));
}
