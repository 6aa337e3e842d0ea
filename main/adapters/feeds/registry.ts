import type { FeedKind, FeedReading } from '../../core/feeds/model.ts';
import type { RawEvent } from '../../core/feeds/raw.ts';
import type { FeedAdapter, ReadingContext } from './adapter.ts';
import { awsHealthEvents } from './aws-health-events.ts';
import { awsPublicEvents } from './aws-public-events.ts';
import { awsRss } from './aws-rss.ts';
import { azureActivityLog } from './azure-activity-log.ts';
import { azureResourceHealth } from './azure-resource-health.ts';
import { azureServiceHealth } from './azure-service-health.ts';
import { azureRss } from './azure-rss.ts';
import { openDocument } from './document.ts';
import { gcpIncidents } from './gcp-incidents.ts';
import { gcpServiceHealth } from './gcp-service-health.ts';
import { googleWorkspace } from './google-workspace.ts';
import { heroku } from './heroku.ts';
import { oracleCloud } from './oracle-cloud.ts';
import { rawEvent, type RawItem } from './raw.ts';
import { salesforceTrust } from './salesforce-trust.ts';
import { slack } from './slack.ts';
import { statuspage } from './statuspage.ts';

/** One adapter per kind; the compiler asks for the one that is missing. */
const ADAPTERS: Readonly<Record<FeedKind, FeedAdapter>> = {
  gcp_incidents: gcpIncidents,
  aws_rss: awsRss,
  statuspage,
  aws_public_events: awsPublicEvents,
  azure_rss: azureRss,
  azure_service_health: azureServiceHealth,
  azure_resource_health: azureResourceHealth,
  azure_activity_log: azureActivityLog,
  gcp_service_health: gcpServiceHealth,
  google_workspace: googleWorkspace,
  slack,
  heroku,
  salesforce_trust: salesforceTrust,
  oracle_cloud: oracleCloud,
  aws_health_events: awsHealthEvents,
};

/** What the bytes of a feed of this kind say. Never throws; anything but a whole document of the kind is `unreadable`. */
export function readFeed(kind: FeedKind, bytes: Uint8Array, context: ReadingContext): FeedReading {
  return ADAPTERS[kind].parse(bytes, context);
}

/**
 * What the provider wrote about some events of a feed's bytes, by native id; null for an event that is not in them.
 * Reads the bytes anew: nothing is kept of what was polled.
 */
export function rawEvents(
  kind: FeedKind,
  bytes: Uint8Array,
  context: ReadingContext,
  nativeIds: readonly string[],
): readonly (RawEvent | null)[] {
  const items = new Map<string, RawItem[]>(nativeIds.map((nativeId) => [nativeId, []]));
  readFeed(kind, bytes, {
    ...context,
    keepRaw: (nativeId, item) => void items.get(nativeId)?.push(item),
  });
  return nativeIds.map((nativeId) => rawEvent(items.get(nativeId) ?? []));
}

/** The format of a kind in words. */
export function titleOf(kind: FeedKind): string {
  return ADAPTERS[kind].title;
}

/** The kind whose marks the bytes carry, or null: no whole document, none of the known kinds, or (`[]`) too bare to tell. */
export function detectKind(bytes: Uint8Array): FeedKind | null {
  const document = openDocument(bytes);
  if (!document.ok) return null;
  return Object.values(ADAPTERS).find((adapter) => adapter.recognises(document.value))?.kind ?? null;
}
