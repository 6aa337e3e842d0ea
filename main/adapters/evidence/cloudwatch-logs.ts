import type { LogRecord } from '../../core/evidence/model.ts';
import type { Instant } from '../../core/time.ts';
import { type EvidenceAdapter, type Head, type Recognition, rejected } from './adapter.ts';
import { awsInstant } from './aws-instant.ts';
import { cloudTrail } from './cloudtrail.ts';
import { asObject, asText, bounded, type JsonObject, parseJson } from './json.ts';
import { kubernetesAudit } from './kubernetes-audit.ts';
import { errorInMessage } from './message-errors.ts';

type Reading = ReturnType<EvidenceAdapter['read']>;

/**
 * Events of CloudWatch Logs: `get-log-events` and `filter-log-events` as the CLI prints them, what a subscription delivers, the
 * console's download as a table, and lines as an export task writes them when they hold records of a known log.
 * A message that holds such a record (CloudTrail, also as EventBridge passes it on; audit of Kubernetes) is read as that; any other message is a line of an application's log: when, and what error.
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
  if (key === undefined) return recogniseTable(text) ?? recogniseExport(text);
  const recognisedAs = holdsCloudTrail(text) ? 'cloudtrail_logs' : 'cloudwatch_logs';
  return { kind: 'records', recognisedAs, container: { kind: 'wrapped', key } };
}

/** `timestamp,message`, as the console saves what it shows. */
function recogniseTable(text: string): Recognition | null {
  if (!/^"?timestamp"?,"?message"?[,\r\n]/.test(text)) return null;
  const first = text.slice(text.indexOf('\n') + 1);
  if (!/^"?\d{13}"?,/.test(first)) return null;
  const recognisedAs = /^"?\d{13}"?,"\{""eventVersion""/.test(first) ? 'cloudtrail_logs' : 'cloudwatch_logs';
  return { kind: 'records', recognisedAs, container: { kind: 'rows' } };
}

/** A time and a record in JSON on each line. Other lines are told apart by a person, once. */
function recogniseExport(text: string): Recognition | null {
  const [, message = ''] = /^\d{4}-\d\d-\d\dT[\d:.]+Z (\{[^\n]*)/.exec(text) ?? [];
  if (!/^\{"(eventVersion|version|kind)"/.test(message)) return null;
  const isAudit = message.includes('"audit.k8s.io/');
  if (!isAudit && !message.includes('"eventSource"')) return null;
  const recognisedAs = isAudit ? 'cloudwatch_logs' : 'cloudtrail_logs';
  return { kind: 'records', recognisedAs, container: { kind: 'lines', pattern: 'time_first' } };
}

function holdsCloudTrail(text: string): boolean {
  return /"message"\s*:\s*"\{\\"eventVersion\\"/.test(text);
}

function logEvent(event: JsonObject, contentId: () => string): Reading {
  const message = event['message'];
  if (typeof message !== 'string') return rejected('no message');
  const inner = cloudTrailIn(message);
  if (inner !== null) return cloudTrail.read(inner, contentId);
  const audit = auditIn(message);
  if (audit !== null) return kubernetesAudit.read(audit, contentId);
  const stamp = event['timestamp'] ?? event['time'];
  const at = awsInstant(typeof stamp === 'string' && /^\d{13}$/.test(stamp) ? Number(stamp) : stamp);
  if (at === null) return rejected('timestamp is missing or is not a time in milliseconds');
  const id = asText(event['eventId']) || asText(event['id']);
  const stream = asText(event['logStreamName']);
  return lineRecord({ id: id === '' ? contentId() : `cwl:${id}`, at, message, group: '', stream });
}

/** A CloudTrail event in a message, as it is or as a rule of EventBridge passes it on; null when it holds none. */
export function cloudTrailIn(message: string): JsonObject | null {
  if (!message.startsWith('{') || !message.includes('"eventSource"')) return null;
  const object = asObject(parseJson(message));
  const event = object?.['detail-type'] === undefined ? object : asObject(object['detail']);
  return event !== null && event['eventName'] !== undefined && event['eventTime'] !== undefined
    ? event
    : null;
}

/** An event of a Kubernetes API server in a message, where a managed cluster writes its audit log; null when it holds none. */
function auditIn(message: string): JsonObject | null {
  if (!message.startsWith('{') || !message.includes('"audit.k8s.io/')) return null;
  const object = asObject(parseJson(message));
  return object !== null && object['auditID'] !== undefined && object['verb'] !== undefined ? object : null;
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
