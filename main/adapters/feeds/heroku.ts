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
import { plainText } from './plain-text.ts';
import { gather, type Rejected } from './reading.ts';

/**
 * https://status.heroku.com/api/v4/current-status: `{status: [{system, status}], incidents, scheduled}`. `resolved` is
 * false on resolved ones, so `state` decides; and maintenance that is finished stays "upcoming" for months, so its
 * last words decide before its state.
 */
export const heroku: FeedAdapter = jsonFeed({
  kind: 'heroku',
  title: 'Heroku status v4',
  shape: 'that is an object with a list called status, and incidents',
  itemsOf,
  isItem: isRecord,
  readItem: (item, place, rejected) =>
    place.startsWith('status[') ? readSystem(item, place) : readIncident(item, place, rejected),
});

function itemsOf(value: unknown): JsonItems | null {
  if (!isRecord(value) || !Array.isArray(value['status']) || !Array.isArray(value['incidents'])) return null;
  const incidents = ['incidents', 'scheduled'].map((place) => ({ place, items: listField(value, place) }));
  // A system's colour says nothing new while an incident explains it.
  const explained = listField(value, 'incidents').some(
    (item) => isRecord(item) && textField(item, 'id') !== '' && stateOf(item) === 'open',
  );
  return {
    lists: explained ? incidents : [...incidents, { place: 'status', items: listField(value, 'status') }],
    certain: true,
  };
}

const COLOURS: Readonly<Record<string, ProviderEvent['severity']['mapped']>> = {
  green: 'information',
  blue: 'information',
  yellow: 'degraded',
  red: 'outage',
};

function readSystem(item: unknown, place: string): ProviderEvent | null {
  if (!isRecord(item)) throw new BadItem(place, 'not a system object');
  const system = textField(item, 'system');
  const colour = textField(item, 'status');
  if (system === '' || colour === '') throw new BadItem(place, 'a system without a name or a status');
  if (colour === 'green') return null;
  return {
    provider: 'other',
    nativeId: `system:${system}`,
    title: `${system}: ${colour}`,
    kind: 'issue',
    lifecycle: 'open',
    severity: { native: colour, mapped: COLOURS[colour] ?? 'unknown' },
    services: [system],
    regions: [],
    claimedStart: null,
    claimedEnd: null,
    publishedAt: null,
    lastUpdate: null,
    updates: [],
    url: null,
  };
}

function readIncident(item: unknown, place: string, rejected: Rejected[]): ProviderEvent {
  if (!isRecord(item)) throw new BadItem(place, 'not an incident object');
  const nativeId = textField(item, 'id');
  if (nativeId === '') throw new BadItem(place, 'no id');
  const updates = gather(listField(item, 'updates'), `${place}.updates`, rejected, readUpdate);
  const created = timeField(item, 'created_at', place);
  const planned = place.startsWith('scheduled');
  const systems = listField(item, 'systems').filter(isRecord);
  const lastUpdate = latest([
    timeField(item, 'updated_at', place),
    created,
    ...updates.map((update) => update.at),
  ]);
  const lifecycle = planned ? plannedState(item, updates) : stateOf(item);
  const colours = systems.map((system) => textField(system, 'status'));
  const worst = ['red', 'yellow', 'green'].find((colour) => colours.includes(colour)) ?? '';
  const url = textField(item, 'full_url');
  return {
    provider: 'other',
    nativeId,
    title: textField(item, 'title') || nativeId,
    kind: planned ? 'maintenance' : 'issue',
    lifecycle,
    severity: { native: worst, mapped: COLOURS[worst] ?? 'unknown' },
    services: unique(systems.map((system) => textField(system, 'name'))),
    regions: [],
    claimedStart: planned ? (timeField(item, 'scheduled_for', place) ?? created) : created,
    claimedEnd: lifecycle === 'closed' ? lastUpdate : null,
    publishedAt: earliest([created, ...updates.map((update) => update.at)]),
    lastUpdate,
    updates: eachOnce(updates),
    url: url.startsWith('https://') ? url : null,
  };
}

function readUpdate(item: unknown, place: string): ProviderEvent['updates'][number] {
  if (!isRecord(item) || !('contents' in item)) throw new BadItem(place, 'not an update: it has no contents');
  return {
    at: timeField(item, 'created_at', place),
    text: plainText(textField(item, 'contents')),
    status: textField(item, 'update_type'),
  };
}

function stateOf(item: UnknownRecord): ProviderEvent['lifecycle'] {
  return textField(item, 'state') === 'resolved' ? 'closed' : 'open';
}

function plannedState(
  item: UnknownRecord,
  updates: readonly { readonly text: string }[],
): ProviderEvent['lifecycle'] {
  const over = updates.some(({ text }) =>
    /\bmaintenance (is|has been|was) (now )?(complete|completed|finished|cancell?ed)\b/i.test(text),
  );
  if (over || textField(item, 'state') === 'resolved' || textField(item, 'state') === 'completed')
    return 'closed';
  return textField(item, 'state') === 'upcoming' ? 'upcoming' : 'open';
}
