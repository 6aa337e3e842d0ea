import type { ProviderEvent } from '../../core/feeds/model.ts';
import type { FeedAdapter } from './adapter.ts';
import { armItems, azureTime, propertiesOf, severityOfLevel, wordField } from './azure-fields.ts';
import { BadItem, isRecord, listField, textField, unique, type UnknownRecord } from './fields.ts';
import { jsonFeed, type JsonItems } from './json-feed.ts';
import { plainText } from './plain-text.ts';
import type { Rejected } from './reading.ts';

/**
 * Service Health records of the Azure activity log: the answer of its REST API, an export (`records`), a list, one
 * record, or the body of an alert's webhook, old or of the common schema. Fields as documented on learn.microsoft.com, "Azure activity log event
 * schema, Service health category". Each record is one communication; those of one tracking id are one event.
 */
export const azureActivityLog: FeedAdapter = jsonFeed({
  kind: 'azure_activity_log',
  title: 'Azure activity log of Service Health',
  shape: 'that is a list of records of the category ServiceHealth, or one of them',
  itemsOf,
  isItem: isRecordOfHealth,
  joins: true,
  readItem: readRecord,
});

function itemsOf(value: unknown): JsonItems | null {
  const inner = isRecord(value) ? webhookRecord(value) : null;
  if (inner !== null) return inner;
  if (isRecord(value) && Array.isArray(value['records'])) {
    return { lists: [{ place: 'records', items: listField(value, 'records') }] };
  }
  return armItems(value, isRecordOfHealth);
}

function webhookRecord(value: UnknownRecord): JsonItems | null {
  const data = value['data'];
  if (!isRecord(data)) return null;
  const context = data['context'];
  if (isRecord(context) && isRecord(context['activityLog']))
    return { lists: [{ place: 'data.context.activityLog', items: [context['activityLog']] }] };
  // The common alert schema says in its essentials what the context is about.
  const [essentials, alert] = [data['essentials'], data['alertContext']];
  const isHealth = isRecord(essentials) && textField(essentials, 'monitoringService') === 'ServiceHealth';
  return isHealth && isRecord(alert)
    ? { lists: [{ place: 'data.alertContext', items: [alert] }], certain: true }
    : null;
}

function isRecordOfHealth(item: unknown): boolean {
  if (!isRecord(item)) return false;
  const named =
    wordField(item, 'category') === 'ServiceHealth' || textField(item, 'eventSource') === 'ServiceHealth';
  return named && isRecord(item['properties']);
}

function readRecord(item: unknown, place: string, rejected: Rejected[]): ProviderEvent | null {
  if (!isRecord(item) || !isRecord(item['properties']))
    throw new BadItem(place, 'not an activity log record');
  // The log of a subscription is mostly what we did ourselves: other categories are no word of the provider.
  if (wordField(item, 'category') !== '' && !isRecordOfHealth(item)) return null;
  const properties = propertiesOf(item);
  const nativeId = textField(properties, 'trackingId') || textField(item, 'correlationId');
  if (nativeId === '') throw new BadItem(place, 'no trackingId');
  const told = azureTime(item, 'eventTimestamp', place) ?? azureTime(item, 'time', place);
  const shown = azureTime(item, 'submissionTimestamp', place);
  const at = `${place}.properties`;
  const lifecycle = lifecycleOf(item, properties);
  const text = plainText(textField(properties, 'communication')) || plainText(textField(item, 'description'));
  const impacted = impactedOf(properties, at, rejected);
  return {
    provider: 'azure',
    nativeId,
    title: textField(properties, 'title') || textField(properties, 'defaultLanguageTitle') || nativeId,
    kind: kindOf(textField(properties, 'incidentType')),
    lifecycle,
    severity: severityOfLevel(wordField(item, 'level')),
    services: impacted.services,
    regions: impacted.regions,
    claimedStart: azureTime(properties, 'impactStartTime', at),
    claimedEnd: azureTime(properties, 'impactMitigationTime', at) ?? (lifecycle === 'closed' ? told : null),
    publishedAt: told ?? shown,
    // When the record could be queried, which is when anyone could know of it.
    ...(shown === null ? {} : { publicBy: shown }),
    lastUpdate: told ?? shown,
    updates:
      text === ''
        ? []
        : [{ at: told, text, status: textField(properties, 'stage') || wordField(item, 'status') }],
    url: null,
    scope: 'account',
  };
}

const KINDS: Readonly<Record<string, ProviderEvent['kind']>> = {
  Incident: 'issue',
  Maintenance: 'maintenance',
};

function kindOf(incidentType: string): ProviderEvent['kind'] {
  return KINDS[incidentType] ?? 'notice';
}

const STAGES: Readonly<Record<string, ProviderEvent['lifecycle']>> = {
  Active: 'open',
  InProgress: 'open',
  Resolved: 'closed',
  RCA: 'closed',
  Complete: 'closed',
  Completed: 'closed',
  Canceled: 'closed',
  Planned: 'upcoming',
  Rescheduled: 'upcoming',
};

function lifecycleOf(item: UnknownRecord, properties: UnknownRecord): ProviderEvent['lifecycle'] {
  return STAGES[textField(properties, 'stage')] ?? STAGES[wordField(item, 'status')] ?? 'open';
}

/** `impactedServices` is JSON escaped into a string; `service` and `region` are the same as words, comma between them. */
function impactedOf(
  properties: UnknownRecord,
  place: string,
  rejected: Rejected[],
): Pick<ProviderEvent, 'services' | 'regions'> {
  const listed = impactedList(properties['impactedServices']);
  if (listed === null)
    rejected.push({ place: `${place}.impactedServices`, reason: 'the JSON inside is not a list' });
  const records = (listed ?? []).filter(isRecord);
  const services = records.map((each) => textField(each, 'ServiceName'));
  const regions = records.flatMap((each) =>
    listField(each, 'ImpactedRegions').flatMap((region) =>
      isRecord(region) ? [textField(region, 'RegionName')] : [],
    ),
  );
  return {
    services: unique(services.length > 0 ? services : words(properties, 'service')),
    regions: unique(regions.length > 0 ? regions : words(properties, 'region')),
  };
}

function impactedList(value: unknown): readonly unknown[] | null {
  if (value === undefined || value === null || value === '') return [];
  if (typeof value !== 'string') return Array.isArray(value) ? value : null;
  try {
    const inner: unknown = JSON.parse(value);
    return Array.isArray(inner) ? inner : null;
  } catch {
    return null;
  }
}

function words(properties: UnknownRecord, key: string): readonly string[] {
  return textField(properties, key)
    .split(/[,;]/)
    .map((word) => word.trim());
}
