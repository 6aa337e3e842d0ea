import type { FeedReading, ProviderEvent } from '../../core/feeds/model.ts';
import type { Instant } from '../../core/time.ts';
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
  type UnknownRecord,
} from './fields.ts';
import { conclude, gather, oldestFirst, unreadable, type Rejected } from './reading.ts';
import { affectedNames, componentsOf, severityOf, unexplained } from './statuspage-components.ts';

const TITLE = 'Statuspage v2';

/**
 * `/api/v2/summary.json`, `incidents.json`, `scheduled-maintenances.json` and `status.json` of Atlassian Statuspage, and
 * incident.io's compatible endpoint, whose lists are null when empty and whose incidents have no components.
 */
export const statuspage: FeedAdapter = { kind: 'statuspage', title: TITLE, recognises, parse };

const ENTRY_LISTS = ['incidents', 'scheduled_maintenances'];
const LISTS = [...ENTRY_LISTS, 'components'];

function recognises(document: FeedDocument): boolean {
  return document.form === 'json' && bodyOf(document.value) !== null;
}

function parse(bytes: Uint8Array, { keepRaw }: ReadingContext): FeedReading {
  const document = openDocument(bytes);
  if (!document.ok) return unreadable(document.error.message);
  const body = document.value.form === 'json' ? bodyOf(document.value.value) : null;
  if (body === null) {
    return unreadable(`The answer is not ${TITLE}: it lists neither incidents nor components nor a status.`);
  }
  const rejected: Rejected[] = [];
  const entries = ENTRY_LISTS.flatMap((list) =>
    gather(listField(body, list), list, rejected, (item, place) => {
      const entry = readEntry(item, place, rejected);
      keepRaw?.(entry.event.nativeId, { form: 'json', value: item });
      return entry;
    }),
  );
  const components = componentsOf(listField(body, 'components'), rejected);
  const events = [...entries.map((entry) => entry.event), ...unexplained(body, components, entries, keepRaw)];
  return conclude(TITLE, events, rejected);
}

/**
 * The document, when it has at least one part that Statuspage answers with and none in another shape: Heroku's
 * status, too, has a list of incidents, beside a `status` that is a list.
 */
function bodyOf(value: unknown): UnknownRecord | null {
  if (!isRecord(value)) return null;
  const lists = LISTS.filter((key) => key in value);
  if (lists.some((key) => value[key] !== null && !Array.isArray(value[key]))) return null;
  const status = value['status'];
  const indicated = isRecord(status) && typeof status['indicator'] === 'string';
  if (status !== undefined && !indicated) return null;
  return lists.length > 0 || indicated ? value : null;
}

/** An incident or a maintenance, and the ids of its components. */
interface Entry {
  readonly event: ProviderEvent;
  readonly componentIds: readonly string[];
}

interface Update {
  readonly displayed: Instant | null;
  readonly created: Instant | null;
  readonly text: string;
  readonly status: string;
  readonly affected: readonly unknown[];
}

function readEntry(item: unknown, place: string, rejected: Rejected[]): Entry {
  if (!isRecord(item)) throw new BadItem(place, 'not an incident object');
  const nativeId = textField(item, 'id');
  if (nativeId === '') throw new BadItem(place, 'no id');
  const updates = gather(
    listField(item, 'incident_updates'),
    `${place}.incident_updates`,
    rejected,
    readUpdate,
  );
  const components = listField(item, 'components');
  const maintenance = isMaintenance(item);
  const lifecycle = lifecycleOf(textField(item, 'status'));
  const event: ProviderEvent = {
    provider: 'other',
    nativeId,
    title: textField(item, 'name') || nativeId,
    kind: maintenance ? 'maintenance' : 'issue',
    lifecycle,
    severity: severityOf(
      textField(item, 'impact'),
      components,
      updates.flatMap((update) => update.affected),
    ),
    services: affectedNames(
      components,
      updates.flatMap((update) => update.affected),
    ),
    regions: [],
    claimedStart: maintenance ? timeField(item, 'scheduled_for', place) : claimedStart(item, place, updates),
    claimedEnd: lifecycle === 'closed' ? claimedEnd(item, place, updates) : null,
    publishedAt: earliest(updates.map((update) => update.created)) ?? timeField(item, 'created_at', place),
    lastUpdate: latest([timeField(item, 'updated_at', place), ...updates.map((update) => update.created)]),
    updates: oldestFirst(
      updates.map(({ displayed, created, text, status }) => ({ at: displayed ?? created, text, status })),
    ),
    url: httpsOrNull(textField(item, 'shortlink')),
  };
  const componentIds = components.flatMap((component) =>
    isRecord(component) ? [textField(component, 'id')] : [],
  );
  return { event, componentIds };
}

function readUpdate(item: unknown, place: string): Update {
  if (!isRecord(item)) throw new BadItem(place, 'not an update object');
  if (!('status' in item)) throw new BadItem(place, 'an update without a status');
  return {
    displayed: timeField(item, 'display_at', place),
    created: timeField(item, 'created_at', place),
    text: textField(item, 'body'),
    status: textField(item, 'status'),
    affected: listField(item, 'affected_components'),
  };
}

function isMaintenance(item: UnknownRecord): boolean {
  return textField(item, 'scheduled_for') !== '' || textField(item, 'impact') === 'maintenance';
}

const LIFECYCLES: Readonly<Record<string, ProviderEvent['lifecycle']>> = {
  investigating: 'open',
  identified: 'open',
  monitoring: 'recovering',
  resolved: 'closed',
  postmortem: 'closed',
  scheduled: 'upcoming',
  in_progress: 'open',
  verifying: 'recovering',
  completed: 'closed',
};

/** A status of which nothing is known stays open: to take it for closed would be to call a problem over. */
function lifecycleOf(status: string): ProviderEvent['lifecycle'] {
  return LIFECYCLES[status] ?? 'open';
}

/**
 * The story's start: `display_at` may be back-dated by hours or days, and `started_at` lies on either side of it, so
 * the earliest claim counts. When it was told is another matter: the `created_at` of the first update, since an
 * incident's own `created_at` is back-dated along with it (GitHub, by 44 hours).
 */
function claimedStart(item: UnknownRecord, place: string, updates: readonly Update[]): Instant | null {
  const claims = [timeField(item, 'started_at', place), ...updates.map((update) => update.displayed)];
  return earliest(claims) ?? timeField(item, 'created_at', place);
}

function claimedEnd(item: UnknownRecord, place: string, updates: readonly Update[]): Instant | null {
  const over = updates.filter((update) => update.status === 'resolved' || update.status === 'completed');
  return (
    timeField(item, 'resolved_at', place) ??
    earliest(over.map((update) => update.displayed ?? update.created))
  );
}

function httpsOrNull(url: string): string | null {
  return url.startsWith('https://') ? url : null;
}
