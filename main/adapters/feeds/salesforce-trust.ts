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
import { jsonFeed } from './json-feed.ts';
import { plainText } from './plain-text.ts';
import { gather, type Rejected } from './reading.ts';

/**
 * https://api.status.salesforce.com/v1/incidents/active and /v1/maintenances: a JSON array. The shape is known from a
 * reader's schema only (`IncidentImpacts`, `IncidentEvents`, `message`), not from a recording, so nothing but an id
 * is asked of an item.
 */
export const salesforceTrust: FeedAdapter = jsonFeed({
  kind: 'salesforce_trust',
  title: 'Salesforce Trust',
  shape: 'that is a JSON array of incidents or maintenances',
  itemsOf: (value) => (Array.isArray(value) ? { lists: [{ place: '', items: value }] } : null),
  isItem: (item) =>
    isRecord(item) && ('IncidentImpacts' in item || 'IncidentEvents' in item || 'MaintenanceImpacts' in item),
  readItem: readIncident,
});

const SEVERITIES: Readonly<Record<string, ProviderEvent['severity']['mapped']>> = {
  critical: 'outage',
  major: 'outage',
  minor: 'degraded',
  informational: 'information',
};

function readIncident(item: unknown, place: string, rejected: Rejected[]): ProviderEvent {
  if (!isRecord(item)) throw new BadItem(place, 'not an incident object');
  const nativeId = textField(item, 'externalId') || textField(item, 'id');
  if (nativeId === '') throw new BadItem(place, 'no id');
  const maintenance = 'MaintenanceImpacts' in item || 'plannedStartTime' in item;
  const impacts = [...listField(item, 'IncidentImpacts'), ...listField(item, 'MaintenanceImpacts')].filter(
    isRecord,
  );
  const updates = gather(listField(item, 'IncidentEvents'), `${place}.IncidentEvents`, rejected, readUpdate);
  const created = timeField(item, 'createdAt', place);
  const starts = impacts.map((impact) => timeField(impact, 'startTime', `${place}.IncidentImpacts`));
  const ends = impacts.map((impact) => timeField(impact, 'endTime', `${place}.IncidentImpacts`));
  const end = ends.length > 0 && ends.every((each) => each !== null) ? latest(ends) : null;
  const message = isRecord(item['message']) ? item['message'] : {};
  return {
    provider: 'other',
    nativeId,
    title: textField(message, 'subject') || textField(item, 'name') || nativeId,
    kind: maintenance ? 'maintenance' : 'issue',
    lifecycle: lifecycleOf(item, message, end !== null),
    severity: severityOf(impacts),
    services: namesOf(item, 'serviceKeys', 'services'),
    regions: namesOf(item, 'instanceKeys', 'instances'),
    claimedStart: earliest(starts) ?? timeField(item, 'plannedStartTime', place) ?? created,
    claimedEnd: end,
    publishedAt: earliest([created, ...updates.map((update) => update.at)]),
    lastUpdate: latest([timeField(item, 'updatedAt', place), created, ...updates.map((update) => update.at)]),
    updates: eachOnce(updates),
    url: null,
  };
}

function readUpdate(item: unknown, place: string): ProviderEvent['updates'][number] {
  if (!isRecord(item)) throw new BadItem(place, 'not an update object');
  const text = plainText(textField(item, 'message'));
  if (text === '') throw new BadItem(place, 'an update without a message');
  return { at: timeField(item, 'createdAt', place), text, status: textField(item, 'type') };
}

/** What is listed is taken for open until its status or the end of every impact says otherwise. */
function lifecycleOf(
  item: UnknownRecord,
  message: UnknownRecord,
  ended: boolean,
): ProviderEvent['lifecycle'] {
  const status = `${textField(item, 'status')} ${textField(message, 'eventStatus')}`;
  if (ended || /\b(resolved|completed|cancell?ed|closed)\b/i.test(status)) return 'closed';
  return /\b(confirmed|scheduled|planned)\b/i.test(status) ? 'upcoming' : 'open';
}

function severityOf(impacts: readonly UnknownRecord[]): ProviderEvent['severity'] {
  const words = impacts.map((impact) => textField(impact, 'severity'));
  const worst = Object.keys(SEVERITIES).find((word) => words.some((each) => each.toLowerCase() === word));
  if (worst === undefined) return { native: words[0] ?? '', mapped: 'unknown' };
  return { native: worst, mapped: SEVERITIES[worst] ?? 'unknown' };
}

function namesOf(item: UnknownRecord, ...keys: readonly string[]): string[] {
  const names = keys.flatMap((key) => listField(item, key));
  return unique(
    names.map((name) => (isRecord(name) ? textField(name, 'key') : typeof name === 'string' ? name : '')),
  );
}
