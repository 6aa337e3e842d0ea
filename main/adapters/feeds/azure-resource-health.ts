import type { ProviderEvent } from '../../core/feeds/model.ts';
import type { FeedAdapter } from './adapter.ts';
import { armItems, azureTime, propertiesOf } from './azure-fields.ts';
import { BadItem, isRecord, textField, unique, type UnknownRecord } from './fields.ts';
import { jsonFeed } from './json-feed.ts';
import { plainText } from './plain-text.ts';

/**
 * Azure Resource Health: the answer to GET .../providers/Microsoft.ResourceHealth/availabilityStatuses, or one status.
 * Shapes as in Azure/azure-rest-api-specs, specification/resourcehealth, 2025-05-01, where a time is called
 * `occuredTime` and a path ends in `AvailabilityStatueses`. A resource that is available says nothing, unless
 * it was not a moment ago. What Azure says we stopped ourselves is no event of the provider and is left out.
 */
export const azureResourceHealth: FeedAdapter = jsonFeed({
  kind: 'azure_resource_health',
  title: 'Azure Resource Health statuses',
  shape: 'that is an object with a list called value, or one availability status',
  itemsOf: (value) => armItems(value, isStatus),
  isItem: isStatus,
  readItem: readStatus,
});

function isStatus(item: unknown): boolean {
  return isRecord(item) && isRecord(item['properties']) && 'availabilityState' in item['properties'];
}

function readStatus(item: unknown, place: string): ProviderEvent | null {
  if (!isRecord(item) || !isStatus(item))
    throw new BadItem(place, 'not a status: it has no availabilityState');
  const properties = propertiesOf(item);
  const state = textField(properties, 'availabilityState');
  if (state === '') throw new BadItem(`${place}.properties.availabilityState`, 'no availability state');
  if (isOurs(properties)) return null;
  if (state !== 'Available') return currentEvent(item, place, state);
  return isRecord(properties['recentlyResolved'])
    ? resolvedEvent(item, place, properties['recentlyResolved'])
    : null;
}

function isOurs(properties: UnknownRecord): boolean {
  return (
    /user\s*initiated/i.test(textField(properties, 'reasonType')) ||
    /(customer|user)\s*initiated/i.test(textField(properties, 'context'))
  );
}

const SEVERITIES: Readonly<Record<string, ProviderEvent['severity']['mapped']>> = {
  Unavailable: 'outage',
  Degraded: 'degraded',
};

function currentEvent(item: UnknownRecord, place: string, state: string): ProviderEvent {
  const at = `${place}.properties`;
  const properties = propertiesOf(item);
  const reported = azureTime(properties, 'reportedTime', at);
  const occurred = azureTime(properties, 'occuredTime', at) ?? azureTime(properties, 'occurredTime', at);
  return {
    ...commonOf(item, place, occurred ?? ''),
    title: textField(properties, 'title') || state,
    // "Unknown" is that nothing was heard of the resource for ten minutes: no word that anything is wrong.
    kind:
      textField(properties, 'reasonType') === 'Planned'
        ? 'maintenance'
        : state === 'Unknown'
          ? 'notice'
          : 'issue',
    lifecycle: 'open',
    severity: { native: state, mapped: SEVERITIES[state] ?? 'unknown' },
    claimedStart: occurred,
    claimedEnd: null,
    publishedAt: reported ?? occurred,
    lastUpdate: reported ?? occurred,
    updates: updatesOf(reported, textField(properties, 'summary'), state),
  };
}

function resolvedEvent(item: UnknownRecord, place: string, resolved: UnknownRecord): ProviderEvent {
  const at = `${place}.properties.recentlyResolved`;
  const start = azureTime(resolved, 'unavailableOccuredTime', at);
  const end = azureTime(resolved, 'resolvedTime', at);
  return {
    ...commonOf(item, place, start ?? ''),
    title: textField(resolved, 'unavailableSummary') || 'Was unavailable',
    kind: 'issue',
    lifecycle: 'closed',
    severity: { native: 'Unavailable', mapped: 'outage' },
    claimedStart: start,
    claimedEnd: end,
    publishedAt: start,
    lastUpdate: end ?? start,
    updates: updatesOf(start, textField(resolved, 'unavailableSummary'), 'Unavailable'),
  };
}

function updatesOf(
  at: ProviderEvent['lastUpdate'],
  summary: string,
  status: string,
): ProviderEvent['updates'] {
  const text = plainText(summary);
  return text === '' ? [] : [{ at, text, status }];
}

/** The resource is in the id, before Resource Health's own part; its place in the list stands in where it is not. */
function commonOf(item: UnknownRecord, place: string, start: string) {
  const resource = textField(item, 'id').split(/\/providers\/Microsoft\.ResourceHealth\//i)[0] ?? '';
  const common: Pick<
    ProviderEvent,
    'provider' | 'nativeId' | 'services' | 'regions' | 'url' | 'resources' | 'scope'
  > = {
    provider: 'azure',
    nativeId: [resource || place, start].filter((part) => part !== '').join('@'),
    services: unique([serviceOf(resource)]),
    regions: unique([textField(item, 'location')]),
    url: null,
    scope: 'account',
    ...(resource === '' ? {} : { resources: [resource] }),
  };
  return common;
}

/** Resource types by the name that Azure's status page gives their service; others keep their own, which the catalog knows. */
const SERVICES: Readonly<Record<string, string>> = {
  'microsoft.compute/virtualmachines': 'Virtual Machines',
  'microsoft.compute/virtualmachinescalesets': 'Virtual Machine Scale Sets',
  'microsoft.sql/servers': 'SQL Database',
  'microsoft.storage/storageaccounts': 'Storage',
  'microsoft.web/sites': 'App Service',
  'microsoft.containerservice/managedclusters': 'Azure Kubernetes Service (AKS)',
  'microsoft.keyvault/vaults': 'Key Vault',
  'microsoft.documentdb/databaseaccounts': 'Azure Cosmos DB',
  'microsoft.cache/redis': 'Azure Cache for Redis',
};

function serviceOf(resource: string): string {
  const type = /.*\/providers\/([^/]+\/[^/]+)/i.exec(resource)?.[1] ?? '';
  return SERVICES[type.toLowerCase()] ?? type;
}
