import type { LogRecord } from '../../core/evidence/model.ts';
import { type Instant, parseInstant } from '../../core/time.ts';
import {
  type EvidenceAdapter,
  type Head,
  type NotTaken,
  type Recognition,
  rejected,
  skipped,
} from './adapter.ts';
import { identityOf } from './cloudtrail-identity.ts';
import { quickReader } from './cloudtrail-quick.ts';
import { resourcesOf } from './cloudtrail-resources.ts';
import { eventOfRow, isEventHeader } from './cloudtrail-rows.ts';
import { hasRiskReader, riskOf } from './cloudtrail-risk.ts';
import { asObject, asText, bounded, type Json, type JsonObject, parseJson } from './json.ts';

/** Page size of `aws cloudtrail lookup-events`, and so a sign that only the first page was saved. */
const LOOKUP_PAGE = 50;

/**
 * AWS CloudTrail in the shapes people have: log files from a bucket, unwrapped lists and lines, the output of
 * `aws cloudtrail lookup-events`, the console's Event history as CSV, events as EventBridge delivers them. What CloudWatch Logs
 * delivers is in `cloudwatch-logs.ts`.
 * Fields: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const cloudTrail: EvidenceAdapter = {
  id: 'cloudtrail',
  recognise,
  read(value, contentId) {
    const event = eventIn(value);
    return typeof event === 'string' ? rejected(event) : readEvent(event, contentId);
  },
  quick: quickReader(readEvent),
  notes({ recognisedAs, records, tail }) {
    if (recognisedAs === 'cloudtrail_csv') {
      return [
        'A table of the Event history: management events of one region and at most 90 days, without what was asked for. The JSON download holds more.',
      ];
    }
    if (recognisedAs !== 'cloudtrail_lookup') return [];
    const notes = ['lookup-events gives management events of one region and at most 90 days.'];
    if (/"NextToken"\s*:\s*"/.test(tail) || records === LOOKUP_PAGE) {
      notes.push('This may be the first page only: there were more events than were saved.');
    }
    return notes;
  },
};

function recognise(head: Head): Recognition | null {
  const has = (path: string): boolean => head.paths.has(path);
  const isEvent = (at: string): boolean =>
    has(`${at}eventName`) && has(`${at}eventSource`) && has(`${at}eventTime`) && !has(`${at}s3`);
  if (has('digestStartTime') && has('digestEndTime')) {
    return {
      kind: 'skipped',
      recognisedAs: 'cloudtrail_digest',
      note: 'A CloudTrail digest: it proves that log files are unchanged and holds no events.',
    };
  }
  if (has('Records[].insightDetails')) {
    return {
      kind: 'skipped',
      recognisedAs: 'cloudtrail_insight',
      note: 'A CloudTrail Insights file: unusual rates of calls, not the calls themselves.',
    };
  }
  const records = (recognisedAs: string, key: string | null): Recognition => ({
    kind: 'records',
    recognisedAs,
    container: key === null ? { kind: 'sequence' } : key === '' ? { kind: 'list' } : { kind: 'wrapped', key },
  });
  if (isEvent('Records[].')) return records('cloudtrail_records', 'Records');
  if (has('Events[].CloudTrailEvent')) return records('cloudtrail_lookup', 'Events');
  if (has('[].CloudTrailEvent')) return records('cloudtrail_lookup', '');
  if (has('CloudTrailEvent')) return records('cloudtrail_lookup', null);
  if (isEvent('[].')) return records('cloudtrail_list', '');
  if (isEvent('')) return records('cloudtrail_lines', null);
  if (isEvent('[].detail.')) return records('cloudtrail_eventbridge', '');
  if (isEvent('detail.')) return records('cloudtrail_eventbridge', null);
  if (/^\s*\{\s*"Records"\s*:\s*\[\s*\]/.test(head.text)) return records('cloudtrail_records', 'Records');
  if (isEventHeader(/^[^\n]*/.exec(head.text)?.[0] ?? '')) {
    return { kind: 'records', recognisedAs: 'cloudtrail_csv', container: { kind: 'rows' } };
  }
  return null;
}

/** The event itself, out of whatever it came in; a sentence when there is none. */
function eventIn(value: Json): JsonObject | string {
  const outer = asObject(value);
  if (outer === null) return 'not an object';
  if (outer['eventName'] !== undefined) {
    // In a table of raw fields the identity is JSON in a cell.
    return typeof outer['userIdentity'] === 'string' ? eventOfRow(outer) : outer;
  }
  const detail = asObject(outer['detail']);
  if (detail !== null) return detail;
  // The time inside the event counts: lookup-events prints its own in local time, with or without a zone.
  const text = outer['CloudTrailEvent'];
  if (typeof text !== 'string') {
    const row = eventOfRow(outer);
    return row['eventName'] === undefined ? 'no CloudTrail event in it' : row;
  }
  const event = asObject(parseJson(text));
  return event ?? 'the event text in it is not JSON';
}

function readEvent(event: JsonObject, contentId: () => string): LogRecord | NotTaken {
  const rawName = asText(event['eventName']);
  const source = asText(event['eventSource']);
  if (rawName === '' || source === '' || source.startsWith('aws:')) {
    return rejected('no eventName or eventSource of CloudTrail');
  }
  const at = instantIn(asText(event['eventTime']));
  if (at === null) return rejected('eventTime is missing or is not a time in ISO 8601');
  if (event['eventCategory'] === 'Insight') return skipped('Insights events');
  const name = withoutDate(rawName);
  const identity = identityOf(event);
  const account =
    asText(event['recipientAccountId']) || asText(asObject(event['userIdentity'])?.['accountId']);
  const error = errorOf(event, name);
  const flags: string[] = error.flag === null ? [] : [error.flag];
  const detail: string[] = [];
  if (hasRiskReader(name)) {
    const parameters = asObject(event['requestParameters']);
    if (parameters !== null) {
      const risk = riskOf(name, parameters, account);
      flags.push(...risk.flags);
      detail.push(...risk.detail);
    }
  }
  if (identity.root) flags.push('root_user');
  if (identity.session !== '') detail.push(`session ${identity.session}`);
  if (asText(asObject(event['addendum'])?.['reason']) === 'SERVICE_OUTAGE') flags.push('delivery_outage');
  const id = asText(event['eventID']);
  return {
    id: isGuid(id) ? id : contentId(),
    at,
    source: bounded(source, 128),
    name: bounded(name, 128),
    region: bounded(asText(event['awsRegion']), 64),
    account: bounded(account, 64),
    principal: bounded(identity.principal, 512),
    actor: identity.actor,
    sourceIp: bounded(asText(event['sourceIPAddress']), 128),
    userAgent: bounded(asText(event['userAgent']), 256),
    readOnly: readOnlyOf(event['readOnly']),
    errorCode: error.code,
    errorMessage: error.message,
    resources: resourcesOf(event),
    flags,
    detail: bounded(detail.join('; '), 300),
  };
}

/** Lambda and CloudFront append the date of their API: `UpdateFunctionCode20150331v2`, `CreateDistribution2020_05_31`. */
function withoutDate(name: string): string {
  const last = name.charCodeAt(name.length - 1);
  if (last < 0x30 || last > 0x39) return name;
  return name.replace(/20\d{2}_?\d{2}_?\d{2}(v\d+)?$/, '');
}

/** CloudTrail writes seconds, `2023-07-10T12:22:41Z`; records are near each other in time, so the last one is remembered. */
let lastText = '';
let lastInstant: Instant | null = null;

function instantIn(text: string): Instant | null {
  if (text === lastText) return lastInstant;
  lastText = text.length < 40 ? text : '';
  // Tools that store events elsewhere drop the zone; CloudTrail defines eventTime as UTC.
  lastInstant = parseInstant(text) ?? parseInstant(`${text}Z`);
  return lastInstant;
}

/**
 * The error without EC2's prefix, with the side that prefix claims as a flag: it says whose software answered, not whose
 * fault it was. Some services leave errorCode out and write only a message.
 */
function errorOf(
  event: JsonObject,
  name: string,
): { readonly code: string | null; readonly message: string | null; readonly flag: string | null } {
  const code = asText(event['errorCode']);
  const text = asText(event['errorMessage']);
  const message = text === '' ? null : bounded(text, 1024);
  if (code === '') {
    const failedLogin =
      name === 'ConsoleLogin' && asObject(event['responseElements'])?.['ConsoleLogin'] === 'Failure';
    if (failedLogin) return { code: 'ConsoleLoginFailure', message, flag: null };
    return { code: message === null ? null : 'UnnamedError', message, flag: null };
  }
  const side = code.startsWith('Client.')
    ? 'client_fault'
    : code.startsWith('Server.')
      ? 'server_fault'
      : null;
  return { code: bounded(side === null ? code : code.slice(7), 128), message, flag: side };
}

function readOnlyOf(value: Json | undefined): boolean | null {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : null;
}

/** A real event id; hand-made files repeat ids such as `1`, which must not swallow each other. */
function isGuid(id: string): boolean {
  return id.length === 36 && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(id);
}
