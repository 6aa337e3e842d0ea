import type { LogRecord } from '../../core/evidence/model.ts';
import type { Instant } from '../../core/time.ts';
import { type EvidenceAdapter, type Head, type Recognition, rejected } from './adapter.ts';
import { awsInstant } from './aws-instant.ts';
import { cloudTrail } from './cloudtrail.ts';
import { asObject, asText, bounded, type JsonObject, parseJson } from './json.ts';
import { errorInMessage } from './message-errors.ts';

type Reading = ReturnType<EvidenceAdapter['read']>;

/**
 * Events of CloudWatch Logs: `get-log-events` and `filter-log-events` as the CLI prints them, and what a subscription delivers.
 * CloudTrail in a message is read as CloudTrail; any other message is a line of an application's log: when, and what error.
 * Fields: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilteredLogEvent.html
 */
export const cloudWatchLogs: EvidenceAdapter = {
  id: 'cloudwatch_logs',
  recognise,
  read(value, contentId) {
    const event = asObject(value);
    return event === null ? rejected('not an object') : logEvent(event, contentId);
  },
  notes({ tail, head, recognisedAs }) {
    const notes: string[] = [];
    if (recognisedAs === 'cloudwatch_logs')
      notes.push('Lines of application logs tell how things fared and not who changed what.');
    const isPage = /"next(?:Forward)?Token"\s*:\s*"/i;
    if (isPage.test(tail) || isPage.test(head.text.slice(0, 2_000)))
      notes.push('A page of a log: there may be more lines than were saved.');
    return notes;
  },
};

function recognise({ paths, text }: Head): Recognition | null {
  const key = ['events', 'logEvents'].find(
    (name) =>
      paths.has(`${name}[].message`) &&
      paths.has(`${name}[].timestamp`) &&
      (name === 'logEvents' || paths.has(`${name}[].ingestionTime`)),
  );
  if (key === undefined) return null;
  const recognisedAs = holdsCloudTrail(text) ? 'cloudtrail_logs' : 'cloudwatch_logs';
  return { kind: 'records', recognisedAs, container: { kind: 'wrapped', key } };
}

function holdsCloudTrail(text: string): boolean {
  return /"message"\s*:\s*"\{\\"eventVersion\\"/.test(text);
}

function logEvent(event: JsonObject, contentId: () => string): Reading {
  const message = event['message'];
  if (typeof message !== 'string') return rejected('no message');
  const inner = cloudTrailIn(message);
  if (inner !== null) return cloudTrail.read(inner, contentId);
  const at = awsInstant(event['timestamp']);
  if (at === null) return rejected('timestamp is missing or is not a time in milliseconds');
  const id = asText(event['eventId']) || asText(event['id']);
  const stream = asText(event['logStreamName']);
  return lineRecord({ id: id === '' ? contentId() : `cwl:${id}`, at, message, group: '', stream });
}

/** A CloudTrail event in a message; null when it holds none. */
export function cloudTrailIn(message: string): JsonObject | null {
  if (!message.startsWith('{') || !message.includes('"eventSource"')) return null;
  const object = asObject(parseJson(message));
  return object !== null && object['eventName'] !== undefined && object['eventTime'] !== undefined
    ? object
    : null;
}

/** One line of an application's log. It changes nothing, so it is no candidate for a change. */
export function lineRecord(line: {
  readonly id: string;
  readonly at: Instant;
  readonly message: string;
  readonly group: string;
  readonly stream: string;
}): LogRecord {
  const error = errorInMessage(line.message);
  const where = [line.group, line.stream].filter((name) => name !== '');
  return {
    id: bounded(line.id, 512),
    at: line.at,
    source: bounded(line.group === '' ? 'application log' : line.group, 128),
    name: error === null || error.call === '' ? 'log line' : bounded(error.call, 128),
    region: '',
    account: '',
    principal: bounded(line.stream, 512),
    actor: 'unknown',
    sourceIp: '',
    userAgent: '',
    readOnly: true,
    errorCode: error === null ? null : bounded(error.code, 128),
    errorMessage: error === null ? null : bounded(line.message, 1024),
    resources: where.map((name) => bounded(name, 512)),
    flags: ['application_log'],
    detail: bounded(line.message.replace(/\s+/g, ' ').trim(), 300),
  };
}
