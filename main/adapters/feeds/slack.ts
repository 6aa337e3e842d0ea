import type { ProviderEvent } from '../../core/feeds/model.ts';
import type { FeedAdapter } from './adapter.ts';
import { BadItem, earliest, isRecord, latest, listField, textField, timeField, unique } from './fields.ts';
import { eachOnce } from './join.ts';
import { jsonFeed, type JsonItems } from './json-feed.ts';
import { plainText } from './plain-text.ts';
import { gather, type Rejected } from './reading.ts';

/**
 * https://slack-status.com/api/v2.0.0/current (`{status, active_incidents}`) and /history (an array). No authentication,
 * no severity, times with Pacific offsets, notes in HTML. Documented at docs.slack.dev, "Slack status API"; the id is
 * a text there and a number in every recorded incident.
 */
export const slack: FeedAdapter = jsonFeed({
  kind: 'slack',
  title: 'Slack status',
  shape: 'that is an object with a list of active_incidents, or a JSON array of incidents',
  itemsOf,
  isItem: (item) => isRecord(item) && 'date_created' in item && 'notes' in item,
  readItem: readIncident,
});

function itemsOf(value: unknown): JsonItems | null {
  if (Array.isArray(value)) return { lists: [{ place: '', items: value }] };
  if (!isRecord(value) || !Array.isArray(value['active_incidents'])) return null;
  return {
    lists: [{ place: 'active_incidents', items: listField(value, 'active_incidents') }],
    certain: true,
  };
}

const LIFECYCLES: Readonly<Record<string, ProviderEvent['lifecycle']>> = {
  active: 'open',
  resolved: 'closed',
  completed: 'closed',
  cancelled: 'closed',
  scheduled: 'upcoming',
};

const SEVERITIES: Readonly<Record<string, ProviderEvent['severity']['mapped']>> = {
  outage: 'outage',
  incident: 'degraded',
  notice: 'information',
};

function readIncident(item: unknown, place: string, rejected: Rejected[]): ProviderEvent {
  if (!isRecord(item)) throw new BadItem(place, 'not an incident object');
  const nativeId = textField(item, 'id');
  if (nativeId === '') throw new BadItem(place, 'no id');
  const status = textField(item, 'status');
  const type = textField(item, 'type');
  const updates = gather(listField(item, 'notes'), `${place}.notes`, rejected, readNote);
  const created = timeField(item, 'date_created', place);
  const lifecycle = LIFECYCLES[status] ?? 'open';
  const lastUpdate = latest([timeField(item, 'date_updated', place), ...updates.map((update) => update.at)]);
  const url = textField(item, 'url');
  return {
    provider: 'other',
    nativeId,
    title: textField(item, 'title') || nativeId,
    kind: type === 'notice' ? 'notice' : status === 'scheduled' ? 'maintenance' : 'issue',
    lifecycle,
    severity: { native: type, mapped: SEVERITIES[type] ?? 'unknown' },
    services: unique(listField(item, 'services').map((name) => (typeof name === 'string' ? name : ''))),
    regions: [],
    claimedStart: created,
    claimedEnd: lifecycle === 'closed' ? lastUpdate : null,
    publishedAt: earliest([created, ...updates.map((update) => update.at)]),
    lastUpdate,
    updates: eachOnce(updates),
    url: url.startsWith('https://') ? url : null,
  };
}

function readNote(item: unknown, place: string): ProviderEvent['updates'][number] {
  if (!isRecord(item) || !('body' in item)) throw new BadItem(place, 'not a note: it has no body');
  return { at: timeField(item, 'date_created', place), text: plainText(textField(item, 'body')), status: '' };
}
