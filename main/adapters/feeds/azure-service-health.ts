import type { ProviderEvent } from '../../core/feeds/model.ts';
import type { Instant } from '../../core/time.ts';
import type { FeedAdapter } from './adapter.ts';
import { armItems, azureTime, camelCased, propertiesOf, severityOfLevel } from './azure-fields.ts';
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
import { eachOnce } from './join.ts';
import { jsonFeed } from './json-feed.ts';
import { plainText } from './plain-text.ts';
import { gather, type Rejected } from './reading.ts';

/**
 * Azure Service Health: the answer to GET .../providers/Microsoft.ResourceHealth/events, whole or one event of it.
 * Shapes as in Azure/azure-rest-api-specs, specification/resourcehealth, 2025-05-01; its own example is "Active"
 * with a mitigation time, and tagged a false positive.
 */
export const azureServiceHealth: FeedAdapter = jsonFeed({
  kind: 'azure_service_health',
  title: 'Azure Service Health events',
  shape: 'that is an object with a list called value, or one event',
  itemsOf: (value) => armItems(value, isEvent),
  isItem: isEvent,
  joins: true,
  readItem: (item, place, rejected, { fetchedAt }) => readEvent(item, place, rejected, fetchedAt),
});

function isEvent(item: unknown): boolean {
  if (!isRecord(item) || !isRecord(item['properties'])) return false;
  return 'eventType' in item['properties'] || 'EventType' in item['properties'];
}

function readEvent(item: unknown, place: string, rejected: Rejected[], now: Instant): ProviderEvent {
  if (!isRecord(item) || !isEvent(item)) throw new BadItem(place, 'not an event: it has no eventType');
  const nativeId = textField(item, 'name');
  if (nativeId === '') throw new BadItem(place, 'no name, which is the tracking id');
  const at = `${place}.properties`;
  const told = propertiesOf(item);
  const inner = 'EventType' in told ? camelCased(told) : told;
  const properties = isRecord(inner) ? inner : told;
  const impact = gather(listField(properties, 'impact'), `${at}.impact`, rejected, (each, where) =>
    readImpact(each, where, rejected),
  );
  const updates = impact.flatMap((each) => each.updates);
  const lastUpdate = azureTime(properties, 'lastUpdateTime', at);
  const summary = plainText(textField(properties, 'summary'));
  const claimedStart = azureTime(properties, 'impactStartTime', at);
  const claimedEnd = azureTime(properties, 'impactMitigationTime', at);
  return {
    provider: 'azure',
    nativeId,
    title: textField(properties, 'title') || textField(properties, 'header') || nativeId,
    kind: kindOf(textField(properties, 'eventType')),
    lifecycle: lifecycleOf(properties, claimedStart, claimedEnd, now),
    severity: severityOfLevel(textField(properties, 'eventLevel') || textField(properties, 'level')),
    services: unique(impact.map((each) => each.service)),
    regions: unique(impact.flatMap((each) => each.regions)),
    claimedStart,
    claimedEnd,
    publishedAt: earliest(updates.map((update) => update.at)) ?? lastUpdate,
    lastUpdate: latest([lastUpdate, ...updates.map((update) => update.at)]),
    updates:
      updates.length > 0 || summary === ''
        ? eachOnce(updates)
        : [{ at: lastUpdate, text: summary, status: textField(properties, 'status') }],
    url: null,
    scope: textField(properties, 'eventType') === 'EmergingIssues' ? 'public' : 'account',
  };
}

interface Impact {
  readonly service: string;
  readonly regions: readonly string[];
  readonly updates: ProviderEvent['updates'];
}

function readImpact(item: unknown, place: string, rejected: Rejected[]): Impact {
  if (!isRecord(item)) throw new BadItem(place, 'not an impact object');
  const regions = listField(item, 'impactedRegions').filter(isRecord);
  const updates = regions.flatMap((region, index) =>
    gather(
      listField(region, 'updates'),
      `${place}.impactedRegions[${index}].updates`,
      rejected,
      (update, where) => {
        if (!isRecord(update) || textField(update, 'summary') === '')
          throw new BadItem(where, 'not an update: it has no summary');
        return {
          at: azureTime(update, 'updateDateTime', where),
          text: plainText(textField(update, 'summary')),
          status: textField(region, 'status'),
        };
      },
    ),
  );
  return {
    service: textField(item, 'impactedService'),
    regions: regions.map((region) => textField(region, 'impactedRegion')),
    updates,
  };
}

const KINDS: Readonly<Record<string, ProviderEvent['kind']>> = {
  ServiceIssue: 'issue',
  EmergingIssues: 'issue',
  PlannedMaintenance: 'maintenance',
};

/** Health and security advisories and root cause analyses are notices. */
function kindOf(eventType: string): ProviderEvent['kind'] {
  return KINDS[eventType] ?? 'notice';
}

/** Mitigated, yet "Active", means that Azure still reports on it: the impact has an end, the event has not. */
function lifecycleOf(
  properties: UnknownRecord,
  start: Instant | null,
  end: Instant | null,
  now: Instant,
): ProviderEvent['lifecycle'] {
  if (listField(properties, 'eventTags').includes('False Positive')) return 'false_positive';
  if (textField(properties, 'status') === 'Resolved') return 'closed';
  if (kindOf(textField(properties, 'eventType')) === 'maintenance' && start !== null && start > now)
    return 'upcoming';
  return end !== null && end <= now ? 'recovering' : 'open';
}
