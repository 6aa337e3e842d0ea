import type { LogRecord } from '../../core/evidence/model.ts';
import { parseInstant } from '../../core/time.ts';
import { type EvidenceAdapter, type NotTaken, rejected, skipped } from './adapter.ts';
import { asList, asObject, asText, bounded, type JsonObject } from './json.ts';

/**
 * The audit log of a Kubernetes API server: lines, a list, or an `EventList`. A record names no cluster.
 * Fields: https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
 */
export const kubernetesAudit: EvidenceAdapter = {
  id: 'kubernetes_audit',
  recognise({ paths }) {
    const isEvent = (at: string): boolean =>
      paths.has(`${at}auditID`) && paths.has(`${at}verb`) && paths.has(`${at}stage`);
    const recognisedAs = 'kubernetes_audit';
    if (isEvent('items[].')) {
      return { kind: 'records', recognisedAs, container: { kind: 'wrapped', key: 'items' } };
    }
    if (isEvent('[].')) return { kind: 'records', recognisedAs, container: { kind: 'list' } };
    return isEvent('') ? { kind: 'records', recognisedAs, container: { kind: 'sequence' } } : null;
  },
  read(value, contentId) {
    const event = asObject(value);
    return event === null ? rejected('not an object') : readEvent(event, contentId);
  },
  notes: () => ['An audit log does not name its cluster, and holds only what its audit policy lets through.'],
};

function readEvent(event: JsonObject, contentId: () => string): LogRecord | NotTaken {
  const verb = asText(event['verb']);
  if (verb === '') return rejected('no verb of a Kubernetes audit event');
  if (event['stage'] === 'RequestReceived')
    return skipped('requests received, each with its response elsewhere');
  const at =
    parseInstant(asText(event['requestReceivedTimestamp'])) ?? parseInstant(asText(event['stageTimestamp']));
  if (at === null) return rejected('requestReceivedTimestamp is missing or is not a time in RFC 3339');
  const object = asObject(event['objectRef']);
  const resource = asText(object?.['resource']);
  const kind = [resource, asText(object?.['subresource'])].filter((part) => part !== '').join('.');
  const user =
    asText(asObject(event['impersonatedUser'])?.['username']) ||
    asText(asObject(event['user'])?.['username']);
  const risk = bindingRisk(resource, asObject(event['requestObject']));
  const error = errorOf(event);
  const id = asText(event['auditID']);
  return {
    id: id === '' ? contentId() : bounded(id, 128),
    at,
    source: 'k8s.io',
    name: bounded(
      kind === '' ? `${verb} ${asText(event['requestURI']).split('?')[0] ?? ''}` : `${kind}.${verb}`,
      128,
    ),
    region: '',
    account: '',
    principal: bounded(user, 512),
    actor: actorOf(user),
    sourceIp: bounded(asText(asList(event['sourceIPs'])[0]), 128),
    userAgent: bounded(asText(event['userAgent']), 256),
    readOnly: /^(get|list|watch|head|options)$/i.test(verb) || /reviews$/.test(resource),
    errorCode: error.code,
    errorMessage: error.message,
    resources: object === null || resource === '' ? [] : [placeOf(object, resource)],
    flags: risk.flags,
    detail: bounded(risk.detail, 300),
  };
}

/** `deployments/shop/web`; without a namespace `nodes/one`. */
function placeOf(object: JsonObject, resource: string): string {
  const parts = [resource, asText(object['namespace']), asText(object['name'])];
  return bounded(parts.filter((part) => part !== '').join('/'), 512);
}

/** `system:` names parts of the cluster; service accounts outside `kube-system` are ours. */
function actorOf(user: string): LogRecord['actor'] {
  if (user === '') return 'unknown';
  if (user.startsWith('system:serviceaccount:')) {
    return user.startsWith('system:serviceaccount:kube-system:') ? 'service' : 'role';
  }
  return /^(system|eks|aks|gke):/.test(user) || /^aksService$/i.test(user) ? 'service' : 'person';
}

function errorOf(event: JsonObject): { readonly code: string | null; readonly message: string | null } {
  const status = asObject(event['responseStatus']);
  const code = status?.['code'];
  const message = asText(status?.['message']);
  if (typeof code !== 'number' || code < 400) return { code: null, message: null };
  return {
    code: bounded(asText(status?.['reason']) || String(code), 128),
    message: message === '' ? null : bounded(message, 1024),
  };
}

function bindingRisk(
  resource: string,
  request: JsonObject | null,
): { readonly flags: string[]; readonly detail: string } {
  if (request === null || !/^(cluster)?rolebindings$/.test(resource)) return { flags: [], detail: '' };
  const role = asText(asObject(request['roleRef'])?.['name']);
  const names = asList(request['subjects']).map((subject) => asText(asObject(subject)?.['name']));
  const flags: string[] = [];
  if (names.some((name) => /^system:(anonymous|unauthenticated)$/.test(name))) flags.push('public_principal');
  if (role === 'cluster-admin') flags.push('admin_granted');
  return { flags, detail: role === '' ? '' : `gives ${role} to ${names.slice(0, 3).join(', ')}` };
}
