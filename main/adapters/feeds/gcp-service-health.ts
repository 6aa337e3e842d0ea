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
  return {
    provider: 'gcp',
    nativeId,
    title: textField(item, 'title') || textField(item, 'description') || nativeId,
    kind: 'issue',
    lifecycle: lifecycleOf(item),
    severity: severityOf(item),
    services: unique(impacts.map((impact) => textOf(impact, 'product', 'productName'))),
    regions: unique(impacts.map((impact) => textOf(impact, 'location', 'locationName'))),
    claimedStart: timeField(item, 'startTime', place),
    claimedEnd: timeField(item, 'endTime', place),
    publishedAt: earliest(updates.map((update) => update.at)) ?? updateTime,
    lastUpdate: latest([updateTime, ...updates.map((update) => update.at)]),
    updates: eachOnce(updates),
    url: null,
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

function textOf(item: UnknownRecord, key: string, name: string): string {
  const inner = item[key];
  return isRecord(inner) ? textField(inner, name) : '';
}
