import type { LogRecord } from '../../core/evidence/model.ts';
import { type Instant, parseInstant } from '../../core/time.ts';
import { type EvidenceAdapter, type NotTaken, rejected } from './adapter.ts';
import { asObject, asText, bounded, type JsonObject } from './json.ts';

/** Reasons that are the trace of a change: a rollout or a new size. All others only tell how things fare. */
const CHANGES: ReadonlySet<string> = new Set([
  'ScalingReplicaSet',
  'SuccessfulRescale',
  'ScaledUpGroup',
  'ScaleDown',
]);

/**
 * Events of a Kubernetes cluster, `kubectl get events -A -o json`, of v1 and events.k8s.io/v1. They tell what befell things and
 * not who changed what; one that repeats is kept once, at its last time. A table of text says no times.
 * Fields: https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 */
export const kubernetesEvents: EvidenceAdapter = {
  id: 'kubernetes_events',
  recognise({ paths, text }) {
    if (/^LAST SEEN +TYPE +REASON +OBJECT/m.test(text)) {
      return {
        kind: 'skipped',
        recognisedAs: 'kubernetes_events',
        note: 'This is the table that kubectl prints: it tells how long ago, not when. Save it with -o json.',
      };
    }
    const isEvent = (at: string): boolean =>
      paths.has(`${at}reason`) && (paths.has(`${at}involvedObject.kind`) || paths.has(`${at}regarding.kind`));
    const recognisedAs = 'kubernetes_events';
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
  notes: () => [
    'A cluster keeps events for an hour unless told otherwise: earlier ones are gone. They do not say who changed what.',
  ],
};

function readEvent(event: JsonObject, contentId: () => string): LogRecord | NotTaken {
  const reason = asText(event['reason']);
  const about = asObject(event['involvedObject']) ?? asObject(event['regarding']);
  if (reason === '' || about === null) return rejected('no reason or object of a Kubernetes event');
  const metadata = asObject(event['metadata']) ?? {};
  const first = firstOf([event['firstTimestamp'], event['deprecatedFirstTimestamp'], event['eventTime']]);
  const series = asObject(event['series']);
  const last = firstOf([
    series?.['lastObservedTime'],
    event['lastTimestamp'],
    event['deprecatedLastTimestamp'],
    event['eventTime'],
    event['firstTimestamp'],
    metadata['creationTimestamp'],
  ]);
  if (last === null) return rejected('none of its times can be read');
  const count = series?.['count'] ?? event['count'] ?? event['deprecatedCount'];
  const message = asText(event['message']) || asText(event['note']);
  const warning = event['type'] === 'Warning';
  const uid = asText(metadata['uid']);
  const times =
    typeof count === 'number' && count > 1 ? `${count} times${first === null ? '' : ` since ${first}`}` : '';
  return {
    // Exported again later, the same event may have a higher count and another last time: then it says something new.
    id: uid === '' ? contentId() : bounded(`${uid}:${last}`, 128),
    at: last,
    source: 'events.k8s.io',
    name: bounded(reason, 128),
    region: '',
    account: '',
    principal: bounded(
      asText(event['reportingComponent']) ||
        asText(event['reportingController']) ||
        asText(asObject(event['source'])?.['component']),
      512,
    ),
    actor: 'unknown',
    sourceIp: '',
    userAgent: '',
    readOnly: !CHANGES.has(reason),
    errorCode: warning ? bounded(reason, 128) : null,
    errorMessage: warning && message !== '' ? bounded(message, 1024) : null,
    resources: [placeOf(about)],
    flags: [],
    detail: bounded([times, warning ? '' : message].filter((part) => part !== '').join('; '), 300),
  };
}

/** The first that is a time: newer events leave the old fields null. */
function firstOf(values: readonly unknown[]): Instant | null {
  for (const value of values) {
    const at = typeof value === 'string' ? parseInstant(value) : null;
    if (at !== null) return at;
  }
  return null;
}

/** `pod/shop/web-1`, as kubectl takes it with the namespace between. */
function placeOf(about: JsonObject): string {
  const parts = [asText(about['kind']).toLowerCase(), asText(about['namespace']), asText(about['name'])];
  return bounded(parts.filter((part) => part !== '').join('/'), 512);
}
