import type { FeedReading, ProviderEvent } from '../../core/feeds/model.ts';
import { addMinutes, type Instant } from '../../core/time.ts';
import type { FeedAdapter, ReadingContext } from './adapter.ts';
import { openDocument, type FeedDocument } from './document.ts';
import {
  BadItem,
  earliest,
  isRecord,
  latest,
  listField,
  textField,
  timeField,
  unique,
  type UnknownRecord,
} from './fields.ts';
import { conclude, gather, oldestFirst, unreadable, type Rejected } from './reading.ts';
import { googleZones } from './zones.ts';

const TITLE = 'Google Cloud incidents.json';
const BASE_URL = 'https://status.cloud.google.com/';

/**
 * status.cloud.google.com/incidents.json: an array of incidents, newest first, no authentication. The schema of
 * 2020 (`most-recent-update`, no `id`, no locations) and Google Workspace's (no locations) are read too.
 */
export const gcpIncidents: FeedAdapter = { kind: 'gcp_incidents', title: TITLE, recognises, parse };

function recognises(document: FeedDocument): boolean {
  if (document.form !== 'json' || !Array.isArray(document.value)) return false;
  return document.value.some((item) => isGoogleIncident(item) && !isWithoutPlace(item));
}

/** An incident of either of Google's two status pages. */
export function isGoogleIncident(item: unknown): item is UnknownRecord {
  return isRecord(item) && 'external_desc' in item && 'begin' in item;
}

const LOCATIONS = ['currently_affected_locations', 'previously_affected_locations'];

/** Google Workspace has no locations; Google Cloud's incidents had none as long as they had no id either. */
export function isWithoutPlace(item: UnknownRecord): boolean {
  return 'id' in item && !LOCATIONS.some((key) => key in item);
}

function parse(bytes: Uint8Array, context: ReadingContext): FeedReading {
  const document = openDocument(bytes);
  if (!document.ok) return unreadable(document.error.message);
  if (document.value.form !== 'json' || !Array.isArray(document.value.value)) {
    return unreadable(`The answer is not ${TITLE}: that is a JSON array of incidents.`);
  }
  const rejected: Rejected[] = [];
  const events = gather(document.value.value, '', rejected, (item, place) => {
    const event = readGoogleIncident(item, place, rejected);
    context.keepRaw?.(event.nativeId, { form: 'json', value: item });
    return { ...event, ...publicBy(event.publishedAt, context.fetchedAt) };
  });
  return conclude(TITLE, events, rejected);
}

interface Update {
  readonly when: Instant | null;
  readonly text: string;
  readonly status: string;
}

/** An incident as both pages tell it. Throws `BadItem`; updates that cannot be read are set aside. */
export function readGoogleIncident(item: unknown, place: string, rejected: Rejected[]): ProviderEvent {
  if (!isRecord(item)) throw new BadItem(place, 'not an incident object');
  if (!('begin' in item)) throw new BadItem(place, 'no begin, which every incident of Google Cloud has');
  const nativeId = idOf(item);
  if (nativeId === null) throw new BadItem(place, 'no id, and no service_key and number to make one of');
  const updates = gather(listField(item, 'updates'), `${place}.updates`, rejected, readUpdate);
  const claimedEnd = timeField(item, 'end', place);
  const regions = regionsOf(item);
  const publishedAt = earliest(updates.map((update) => update.when)) ?? timeField(item, 'created', place);
  return {
    provider: 'gcp',
    nativeId,
    title: textField(item, 'external_desc') || textField(item, 'service_name') || nativeId,
    kind: 'issue',
    lifecycle: lifecycleOf(claimedEnd, updates),
    severity: severityOf(item),
    services: servicesOf(item),
    regions,
    claimedStart: timeField(item, 'begin', place),
    claimedEnd,
    publishedAt,
    lastUpdate: latest([timeField(item, 'modified', place), ...updates.map((update) => update.when)]),
    updates: oldestFirst(updates.map(({ when, text, status }) => ({ at: when, text, status }))),
    url: urlOf(textField(item, 'uri')),
    ...googleZones(regions),
  };
}

function readUpdate(item: unknown, place: string): Update {
  if (!isRecord(item)) throw new BadItem(place, 'not an update object');
  if (!('text' in item)) throw new BadItem(place, 'an update without a text');
  return {
    when: timeField(item, 'when', place) ?? timeField(item, 'created', place),
    text: textField(item, 'text'),
    status: textField(item, 'status'),
  };
}

/** `number` counts per service in the schema of 2020 (two incidents are 20013), hence the key before it. */
function idOf(item: UnknownRecord): string | null {
  const id = textField(item, 'id');
  if (id !== '') return id;
  const service = textField(item, 'service_key');
  const number = textField(item, 'number');
  return service === '' || number === '' ? null : `${service}/${number}`;
}

/** `end` alone closes: ended incidents may still list locations under `currently_affected_locations`. */
function lifecycleOf(end: Instant | null, updates: readonly Update[]): ProviderEvent['lifecycle'] {
  if (end !== null) return 'closed';
  const newest = latest(updates.map((update) => update.when));
  const last = updates.find((update) => update.when === newest);
  return last?.status === 'AVAILABLE' ? 'recovering' : 'open';
}

const SEVERITIES: Readonly<Record<string, ProviderEvent['severity']['mapped']>> = {
  high: 'outage',
  medium: 'degraded',
  low: 'information',
  SERVICE_OUTAGE: 'outage',
  SERVICE_DISRUPTION: 'degraded',
  SERVICE_INFORMATION: 'information',
};

function severityOf(item: UnknownRecord): ProviderEvent['severity'] {
  const native = textField(item, 'severity') || textField(item, 'status_impact');
  return { native, mapped: SEVERITIES[native] ?? 'unknown' };
}

/** `service_name` is "Multiple Products" for the big ones, so the list of products comes first. */
function servicesOf(item: UnknownRecord): string[] {
  const products = listField(item, 'affected_products').flatMap((product) =>
    isRecord(product) ? [textField(product, 'title')] : [],
  );
  const named = products.filter((name) => name !== '');
  const fallback = textField(item, 'service_name');
  return unique(named.length > 0 || fallback === '' ? named : [fallback]);
}

/** Locations are ids such as `europe-west9`, `us` or `global`; the schema of 2020 has them only in its prose. */
function regionsOf(item: UnknownRecord): string[] {
  if (!LOCATIONS.some((key) => key in item))
    return unique(textField(item, 'external_desc').match(REGION_IN_PROSE) ?? []);
  const ids = LOCATIONS.flatMap((key) => listField(item, key)).flatMap((at) =>
    isRecord(at) ? [textField(at, 'id')] : [],
  );
  return unique(ids.filter((id) => id !== ''));
}

const REGION_IN_PROSE =
  /\b(?:africa|asia|australia|europe|me|northamerica|southamerica|us)-[a-z]+\d{1,2}(?:-[a-f])?\b/g;

/** Longest time between the writing of a statement and its being public that was measured: 2025-06-12, see below. */
const DRAFT_MINUTES = 15;

/**
 * Google writes first and shows later. On 2025-06-12 the first statement carries `when` and `created` 18:46:38, but
 * nobody saw it before 19:02 (StatusGator), 71 minutes after the onset of 17:51, and no stamp of it says so: an update's
 * `modified` is the moment at which its successor was written, and the incident's `modified` of the first version seen
 * (19:01:51, which fits) is gone from later ones. So `publishedAt`, the earliest possible, is the oldest `when`, and
 * public by is that plus the delay measured, which gives the same 71 minutes in every version; or the moment of our
 * own reading, when that was sooner.
 */
function publicBy(written: Instant | null, fetchedAt: Instant): { readonly publicBy?: Instant } {
  if (written === null) return {};
  const settled = addMinutes(written, DRAFT_MINUTES);
  if (settled <= fetchedAt) return { publicBy: settled };
  return { publicBy: fetchedAt < written ? written : fetchedAt };
}

function urlOf(uri: string): string | null {
  return uri === '' ? null : `${BASE_URL}${uri.replace(/^\/+/, '')}`;
}
