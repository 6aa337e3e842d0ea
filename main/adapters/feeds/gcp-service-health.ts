import type { ProviderEvent } from '../../core/feeds/model.ts';
import type { FeedAdapter } from './adapter.ts';
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
import { eachOnce } from './join.ts';
import { jsonFeed, type JsonItems } from './json-feed.ts';
import { gather, type Rejected } from './reading.ts';
import { googleZones } from './zones.ts';

/**
 * Personalized Service Health of Google Cloud: the answer to GET v1/projects/P/locations/global/events, the same for an
 * organization, or one event. Fields as in googleapis, google/cloud/servicehealth/v1/event_resources.proto. An event
 * that was a false alarm, closed itself or was merged into another never counts.
 */
export const gcpServiceHealth: FeedAdapter = jsonFeed({
  kind: 'gcp_service_health',
  title: 'Google Cloud Personalized Service Health events',
  shape: 'that is an object with a list called events or organizationEvents, or one event',
  itemsOf,
  isItem: isEvent,
  joins: true,
  readItem: readEvent,
  settle: withMerged,
});

const LISTS = ['events', 'organizationEvents'];

function itemsOf(value: unknown): JsonItems | null {
  if (Array.isArray(value)) return { lists: [{ place: '', items: value }] };
  if (!isRecord(value)) return null;
  if (isEvent(value)) return { lists: [{ place: '', items: [value] }] };
  const lists = LISTS.filter((key) => Array.isArray(value[key]));
  if (lists.length === 0) return null;
  const goesOn = textField(value, 'nextPageToken') === '' ? null : 'nextPageToken';
  return { lists: lists.map((place) => ({ place, items: listField(value, place) })), goesOn };
}

function isEvent(item: unknown): item is UnknownRecord {
  return isRecord(item) && ('detailedState' in item || 'eventImpacts' in item) && 'name' in item;
}

function readEvent(item: unknown, place: string, rejected: Rejected[]): ProviderEvent {
  if (!isEvent(item)) throw new BadItem(place, 'not an event: it has no name and detailedState');
  const nativeId = textField(item, 'name');
  if (nativeId === '') throw new BadItem(`${place}.name`, 'no name');
  const impacts = listField(item, 'eventImpacts').filter(isRecord);
  const updates = gather(listField(item, 'updates'), `${place}.updates`, rejected, readUpdate);
  const updateTime = timeField(item, 'updateTime', place);
  const regions = unique(impacts.map((impact) => textOf(impact, 'location', 'locationName')));
  return {
    provider: 'gcp',
    nativeId,
    title: textField(item, 'title') || textField(item, 'description') || nativeId,
    kind: 'issue',
    lifecycle: lifecycleOf(item),
    severity: severityOf(item),
    services: unique(impacts.map((impact) => textOf(impact, 'product', 'productName'))),
    regions,
    claimedStart: timeField(item, 'startTime', place),
    claimedEnd: timeField(item, 'endTime', place),
    publishedAt: earliest(updates.map((update) => update.at)) ?? updateTime,
    lastUpdate: latest([updateTime, ...updates.map((update) => update.at)]),
    updates: eachOnce(updates),
    url: null,
    scope: nativeId.startsWith('organizations/') ? 'organisation' : 'account',
    ...googleZones(regions),
  };
}

function readUpdate(item: unknown, place: string): ProviderEvent['updates'][number] {
  if (!isRecord(item)) throw new BadItem(place, 'not an update object');
  const parts = ['title', 'description', 'symptom', 'workaround'].map((key) => textField(item, key));
  const text = parts.filter((part) => part !== '').join(' ');
  if (text === '') throw new BadItem(place, 'an update without words');
  return { at: timeField(item, 'updateTime', place), text, status: '' };
}

const DETAILED: Readonly<Record<string, ProviderEvent['lifecycle']>> = {
  MERGED: 'merged',
  FALSE_POSITIVE: 'false_positive',
  AUTO_CLOSED: 'false_positive',
  RESOLVED: 'closed',
};

function lifecycleOf(item: UnknownRecord): ProviderEvent['lifecycle'] {
  return (
    DETAILED[textField(item, 'detailedState')] ?? (textField(item, 'state') === 'CLOSED' ? 'closed' : 'open')
  );
}

/** There is no severity; there is whether Google confirmed it, and whether it thinks that this project feels it. */
function severityOf(item: UnknownRecord): ProviderEvent['severity'] {
  const relevance = textField(item, 'relevance');
  const native = [textField(item, 'detailedCategory'), relevance].filter((word) => word !== '').join(', ');
  return { native, mapped: relevance === 'NOT_IMPACTED' ? 'information' : 'unknown' };
}

/**
 * What was merged into another event counts for nothing by itself, but its scope and its first word are the other's: it is
 * where the story began. `parentEvent` names the other.
 */
function withMerged(events: readonly ProviderEvent[], document: unknown): readonly ProviderEvent[] {
  const found = itemsOf(document)?.lists.flatMap(({ items }) => items) ?? [];
  const parents = new Map(
    found.filter(isEvent).map((item) => [textField(item, 'name'), textField(item, 'parentEvent')]),
  );
  const mergedInto = new Map<string, ProviderEvent[]>();
  for (const event of events) {
    const parent = event.lifecycle === 'merged' ? parents.get(event.nativeId) : undefined;
    if (parent !== undefined) mergedInto.set(parent, [...(mergedInto.get(parent) ?? []), event].slice(-100));
  }
  return events.map((event) => {
    const merged = mergedInto.get(event.nativeId) ?? [];
    if (merged.length === 0) return event;
    return {
      ...event,
      services: unique([event, ...merged].flatMap(({ services }) => services)),
      regions: unique([event, ...merged].flatMap(({ regions }) => regions)),
      publishedAt: earliest([event, ...merged].map(({ publishedAt }) => publishedAt)),
    };
  });
}

function textOf(item: UnknownRecord, key: string, name: string): string {
  const inner = item[key];
  return isRecord(inner) ? textField(inner, name) : '';
}
