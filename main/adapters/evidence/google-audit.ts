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
import { googleRisk } from './google-risk.ts';
import { asList, asObject, asText, bounded, type JsonObject } from './json.ts';

/**
 * Google Cloud Audit Logs (admin activity, data access, system event, policy denied): what `gcloud logging read` prints,
 * what sinks write to buckets as lines, `entries:list` of REST, and exports of BigQuery. Entries without an audit
 * payload are counted and left out.
 * Fields: https://cloud.google.com/logging/docs/reference/audit/auditlog/rest/Shared.Types/AuditLog
 */
export const googleAudit: EvidenceAdapter = {
  id: 'google_audit',
  recognise,
  read(value, contentId) {
    const entry = asObject(value);
    return entry === null ? rejected('not an object') : readEntry(entry, contentId);
  },
  notes: () => [
    'Data access is logged only where it was switched on: what is not read in it may still have happened.',
    'Unless told otherwise, gcloud logging read gives the last day.',
  ],
};

function recognise(head: Head): Recognition | null {
  const isEntry = (at: string): boolean =>
    ['protoPayload', 'protopayload_auditlog'].some(
      (payload) =>
        head.paths.has(`${at}${payload}.methodName`) && head.paths.has(`${at}${payload}.serviceName`),
    ) ||
    (head.paths.has(`${at}protoPayload.methodName`) && head.paths.has(`${at}resource.type`));
  if (isEntry('entries[].')) return found({ kind: 'wrapped', key: 'entries' });
  if (isEntry('[].')) return found({ kind: 'list' });
  return isEntry('') ? found({ kind: 'sequence' }) : null;
}

function found(container: (Recognition & { kind: 'records' })['container']): Recognition {
  return { kind: 'records', recognisedAs: 'google_audit', container };
}

function readEntry(entry: JsonObject, contentId: () => string): LogRecord | NotTaken {
  const payload = asObject(entry['protoPayload']) ?? asObject(entry['protopayload_auditlog']);
  if (payload === null) return skipped('entries that are not audit entries');
  const method = asText(payload['methodName']);
  if (method === '') return rejected('no methodName of a Google Cloud audit entry');
  const time = asText(entry['timestamp']) || asText(payload['timestamp']);
  const at = instantIn(time);
  if (at === null) return rejected('its timestamp is missing or is not a time in RFC 3339');
  const log = /cloudaudit\.googleapis\.com(?:%2F|\/)(\w+)/i.exec(asText(entry['logName']))?.[1] ?? '';
  const labels = asObject(asObject(entry['resource'])?.['labels']) ?? {};
  const source = sourceOf(payload, method);
  const name = nameOf(method, source);
  const who = identityOf(payload, log);
  const error = errorOf(payload, log);
  const risk = googleRisk(name, payload, log);
  const operation = asObject(entry['operation']);
  const begun = operation?.['first'] === true && operation['last'] !== true;
  const insertId = asText(entry['insertId']);
  const request = asObject(payload['requestMetadata']);
  return {
    id: insertId === '' ? contentId() : bounded(`${log}:${time}:${insertId}`, 256),
    at,
    source: bounded(source, 128),
    name: bounded(name, 128),
    region: bounded(regionOf(labels, payload), 64),
    account: bounded(
      asText(labels['project_id']) || (/^projects\/([^/]+)/.exec(asText(entry['logName']))?.[1] ?? ''),
      64,
    ),
    principal: bounded(who.principal, 512),
    actor: who.actor,
    sourceIp: bounded(asText(request?.['callerIp']), 128),
    userAgent: bounded(asText(request?.['callerSuppliedUserAgent']), 256),
    readOnly: readOnlyOf(name, payload, log),
    errorCode: error.code,
    errorMessage: error.message,
    resources: [...new Set([asText(payload['resourceName']), ...risk.resources])]
      .filter((resource) => resource !== '')
      .slice(0, 20)
      .map((resource) => bounded(resource, 512)),
    flags: begun ? [...risk.flags, 'begun'] : [...risk.flags],
    detail: bounded(risk.detail, 300),
  };
}

/** Tools that store entries elsewhere drop the zone or write `UTC`; Cloud Logging defines timestamps as UTC. */
function instantIn(text: string): Instant | null {
  return parseInstant(text) ?? parseInstant(`${text.replace(/ UTC$/, '')}Z`);
}

/** GKE names itself in the service or only in the method. */
function sourceOf(payload: JsonObject, method: string): string {
  const service = asText(payload['serviceName']);
  return service === '' && method.startsWith('io.k8s.') ? 'k8s.io' : service;
}

/**
 * The method without its version, since that says nothing: `compute.firewalls.patch` of `v1.compute.firewalls.patch`,
 * `ConfigServiceV2.DeleteSink` of `google.logging.v2.ConfigServiceV2.DeleteSink`, `pods.create` of `io.k8s.core.v1.pods.create`.
 */
function nameOf(method: string, source: string): string {
  if (source === 'k8s.io') return method.replace(/^.*\.v\d+(?:(?:alpha|beta)\d+)?\./, '');
  return method
    .replace(/^\//, '')
    .replace(/^google\.(?:[a-z0-9_]+\.)*(?=[A-Z])/, '')
    .replace(/^(?:v\d+\w*|beta|alpha)\./, '');
}

function regionOf(labels: JsonObject, payload: JsonObject): string {
  const said =
    asText(labels['region']) || asText(labels['location']) || asText(labels['zone']) || locationOf(payload);
  const region = said.slice(said.lastIndexOf('/') + 1).toLowerCase();
  return region === 'global' ? '' : region.replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, '$1');
}

function locationOf(payload: JsonObject): string {
  return asText(asList(asObject(payload['resourceLocation'])?.['currentLocations'])[0]);
}

function identityOf(
  payload: JsonObject,
  log: string,
): { readonly principal: string; readonly actor: LogRecord['actor'] } {
  const identity = asObject(payload['authenticationInfo']);
  const principal = asText(identity?.['principalEmail']) || asText(identity?.['principalSubject']);
  // Google's own agents: https://cloud.google.com/iam/docs/service-agents
  const agent =
    /^(?:system:|service-\d+@|\d+@cloudservices\.)|@cloudservices\.gserviceaccount\.com$|^system@google\.com$/;
  if (log === 'system_event' || agent.test(principal)) return { principal, actor: 'service' };
  if (principal.endsWith('gserviceaccount.com')) return { principal, actor: 'role' };
  return { principal, actor: principal.includes('@') ? 'person' : 'unknown' };
}

/** Codes of gRPC, by number: https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const CODES: readonly string[] = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

/** Compute Engine writes its exact code as the message, e.g. `ZONE_RESOURCE_POOL_EXHAUSTED`. */
function errorOf(
  payload: JsonObject,
  log: string,
): { readonly code: string | null; readonly message: string | null } {
  const status = asObject(payload['status']);
  const number = status?.['code'];
  const text = asText(status?.['message']);
  const message = text === '' ? null : bounded(text, 1024);
  if (typeof number === 'number' && number !== 0) {
    const exact = /^[A-Z]+(?:_[A-Z]+)+(?=$|[:\s])/.exec(text)?.[0];
    return { code: exact ?? CODES[number] ?? String(number), message };
  }
  const refused = asList(payload['authorizationInfo']).some((info) => asObject(info)?.['granted'] === false);
  return { code: log === 'policy' || (status === null && refused) ? 'PERMISSION_DENIED' : null, message };
}

/** By the log first, then by the permission that was asked for, then by the verb. */
function readOnlyOf(name: string, payload: JsonObject, log: string): boolean | null {
  if (log === 'activity' || log === 'system_event') return false;
  const types = asList(payload['authorizationInfo']).map((info) =>
    asText(asObject(info)?.['permissionType']),
  );
  if (types.some((type) => type.endsWith('_WRITE'))) return false;
  const verb = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (/^(get|list|aggregatedlist|batchget|search|query|read|watch|test|lookup|export)/.test(verb))
    return true;
  return types.some((type) => type.endsWith('_READ')) ? true : log === 'data_access' ? null : false;
}
