import type { ProviderEvent } from '../../core/feeds/model.ts';
import type { Instant } from '../../core/time.ts';
import type { FeedAdapter } from './adapter.ts';
import { readDataJsonItem } from './aws-data-json.ts';
import { regionOfArn, splitKey } from './aws-key.ts';
import { severityOfCode } from './aws-severity.ts';
import { startInProse } from './aws-time.ts';
import {
  BadItem,
  earliest,
  isRecord,
  latest,
  listField,
  textField,
  unique,
  type UnknownRecord,
} from './fields.ts';
import { jsonFeed, type JsonItems } from './json-feed.ts';
import { momentField } from './moments.ts';
import { gather, oldestFirst, type Rejected } from './reading.ts';
import { awsZones } from './zones.ts';

/**
 * https://health.aws.amazon.com/public/currentevents: what the public AWS Health page itself reads. Undocumented,
 * UTF-16 with a byte-order mark, an array, `[]` when nothing is wrong. The `data.json` of 2020 to 2023, which it
 * replaced, is read too. Fields as in recordings of 2026 and in seven public readers of it, which contradict each
 * other on units and on what `status` means; so times are told by size and the state from the services first.
 */
export const awsPublicEvents: FeedAdapter = jsonFeed({
  kind: 'aws_public_events',
  title: 'AWS public events JSON',
  shape: 'that is a JSON array of events, or the older object of current and archive',
  itemsOf,
  isItem: isPublicEvent,
  readItem: (item, place, rejected) =>
    /^(current|archive)\[/.test(place) ? readDataJsonItem(item, place) : readEvent(item, place, rejected),
});

function itemsOf(value: unknown): JsonItems | null {
  if (Array.isArray(value)) return { lists: [{ place: '', items: value }] };
  if (!isRecord(value)) return null;
  if (!Array.isArray(value['current']) || !Array.isArray(value['archive'])) return historyItems(value);
  const lists = ['current', 'archive'].map((place) => ({ place, items: listField(value, place) }));
  return { lists, certain: true };
}

/**
 * What the public page reads of the past (`historyevents.json`): an object of lists by service key, each of events as in
 * `currentevents`, whose `status` is the worst that it was.
 */
function historyItems(value: UnknownRecord): JsonItems | null {
  const lists = Object.entries(value).map(([place, items]) => ({
    place,
    items: Array.isArray(items) ? items : [],
  }));
  const isHistory = lists.length > 0 && lists.every(({ items }) => items.some(isPublicEvent));
  return isHistory ? { lists, certain: true } : null;
}

function isPublicEvent(item: unknown): boolean {
  return isRecord(item) && 'arn' in item && ('event_log' in item || 'impacted_services' in item);
}

interface Post {
  readonly at: Instant | null;
  readonly title: string;
  readonly text: string;
  readonly code: number | null;
}

function readEvent(item: unknown, place: string, rejected: Rejected[]): ProviderEvent {
  if (!isRecord(item)) throw new BadItem(place, 'not an event object');
  const nativeId = textField(item, 'arn');
  if (nativeId === '') throw new BadItem(place, 'no arn');
  const posts = gather(listField(item, 'event_log'), `${place}.event_log`, rejected, readPost);
  const services = servicesOf(item, place, rejected);
  const date = momentField(item, 'date', place);
  const publishedAt = earliest(posts.map((post) => post.at)) ?? date;
  const lastUpdate = latest([
    date,
    ...posts.map((post) => post.at),
    ...services.map((each) => each.changedAt),
  ]);
  const endTime = momentField(item, 'end_time', place);
  const over = endTime !== null || isOver(item, posts, services);
  return {
    provider: 'aws',
    nativeId,
    title:
      textField(item, 'summary').replace(/^\[RESOLVED\]\s*/i, '') || textField(item, 'service') || nativeId,
    kind: 'issue',
    lifecycle: over ? 'closed' : 'open',
    severity: severityOfCode(worstCode(item, posts, services)),
    services: serviceNames(item, services),
    regions: [regionOfArn(nativeId) ?? splitKey(textField(item, 'service')).region],
    claimedStart: startTold(posts, publishedAt) ?? date,
    claimedEnd: over ? (endTime ?? lastUpdate) : null,
    publishedAt,
    lastUpdate: latest([lastUpdate, endTime]),
    updates: oldestFirst(
      posts.map((post) => ({ at: post.at, text: post.text || post.title, status: String(post.code ?? '') })),
    ),
    url: 'https://health.aws.amazon.com/health/status',
    ...awsZones(posts.map((post) => post.text)),
  };
}

function readPost(item: unknown, place: string): Post {
  if (!isRecord(item)) throw new BadItem(place, 'not an update object');
  return {
    at: momentField(item, 'timestamp', place),
    title: textField(item, 'summary'),
    text: textField(item, 'message'),
    code: codeOf(item, 'status'),
  };
}

/** A service of an event as it stands now, and at its worst. */
interface Service {
  readonly key: string;
  readonly name: string;
  readonly current: number | null;
  readonly worst: number | null;
  readonly changedAt: Instant | null;
}

/** From `impacted_services`, brought up to date by the latest of each one's `impacted_service_status_changes`. */
function servicesOf(item: UnknownRecord, place: string, rejected: Rejected[]): readonly Service[] {
  const listed = isRecord(item['impacted_services']) ? Object.entries(item['impacted_services']) : [];
  const services = new Map(
    listed.map(([key, each]): [string, Service] => {
      const told = isRecord(each) ? each : {};
      const [current, worst] = [codeOf(told, 'current'), codeOf(told, 'max')];
      return [key, { key, name: textField(told, 'service_name'), current, worst, changedAt: null }];
    }),
  );
  const where = `${place}.impacted_service_status_changes`;
  const changes = gather(listField(item, 'impacted_service_status_changes'), where, rejected, readChange);
  for (const change of [...changes].sort((a, b) => (a.changedAt ?? '').localeCompare(b.changedAt ?? ''))) {
    const before = services.get(change.key);
    const worst = Math.max(before?.worst ?? 0, change.worst ?? 0);
    services.set(change.key, { ...change, name: change.name || (before?.name ?? ''), worst });
  }
  return [...services.values()];
}

function readChange(item: unknown, place: string): Service {
  if (!isRecord(item)) throw new BadItem(place, 'not a change of status');
  const key = textField(item, 'service');
  const current = codeOf(item, 'current_status');
  if (key === '' || current === null) throw new BadItem(place, 'a change without a service or a status');
  const worst = Math.max(current, codeOf(item, 'previous_status') ?? 0);
  return {
    key,
    name: textField(item, 'service_name'),
    current,
    worst,
    changedAt: momentField(item, 'timestamp', place),
  };
}

/** 0 to 3, as a number or its digit; null for anything else. */
function codeOf(item: UnknownRecord, key: string): number | null {
  const text = textField(item, key);
  return /^[0-3]$/.test(text) ? Number(text) : null;
}

/**
 * Over: said in the summary, or every service is back to 0; where no service is told, the last post's code, then the
 * event's own, which some readers found to be its peak.
 */
function isOver(item: UnknownRecord, posts: readonly Post[], services: readonly Service[]): boolean {
  if (/^\[RESOLVED\]/i.test(textField(item, 'summary'))) return true;
  if (services.length > 0) return services.every((each) => each.current === 0);
  const newest = latest(posts.map((post) => post.at));
  const last = posts.findLast((post) => post.at === newest);
  return (last?.code ?? codeOf(item, 'status')) === 0;
}

function worstCode(item: UnknownRecord, posts: readonly Post[], services: readonly Service[]): number | null {
  const codes = [
    codeOf(item, 'status'),
    ...posts.map((post) => post.code),
    ...services.flatMap((each) => [each.current, each.worst]),
  ].filter((code) => code !== null);
  return codes.length === 0 ? null : Math.max(...codes);
}

/** The impacted services by name; the event's own (`Multiple services`) when it lists none. */
function serviceNames(item: UnknownRecord, services: readonly Service[]): string[] {
  const named = unique(services.map((each) => each.name || splitKey(each.key).service));
  return named.length > 0
    ? named
    : unique([textField(item, 'service_name') || splitKey(textField(item, 'service')).service]);
}

/** The start that the prose tells; the last post to tell one corrects the others. */
function startTold(posts: readonly Post[], first: Instant | null): Instant | null {
  const told = oldestFirst(posts.map(({ at, text }) => ({ at, text, status: '' }))).flatMap(({ at, text }) =>
    at === null ? [] : (startInProse(text, at) ?? []),
  );
  return told.findLast((start) => first === null || start <= first) ?? null;
}
