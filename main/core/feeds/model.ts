import { z } from 'zod';
import { Instant } from '../time.ts';
import { Provider } from '../sides.ts';

/** How a feed answered. Only `ok` and `empty` say anything about the provider; the rest are "could not check". */
export const FeedState = z.enum(['ok', 'empty', 'unreadable', 'stale', 'not_entitled', 'throttled']);
export type FeedState = z.infer<typeof FeedState>;

export const FeedKind = z.enum([
  'gcp_incidents',
  'aws_rss',
  'statuspage',
  'aws_public_events',
  'azure_rss',
  'azure_service_health',
  'azure_resource_health',
  'azure_activity_log',
  'gcp_service_health',
  'google_workspace',
  'slack',
  'heroku',
  'salesforce_trust',
  'oracle_cloud',
  'aws_health_events',
]);
export type FeedKind = z.infer<typeof FeedKind>;

export const Lifecycle = z.enum(['open', 'recovering', 'closed', 'false_positive', 'merged', 'upcoming']);
const EventScope = z.enum(['public', 'account', 'organisation']);
const EventKind = z.enum(['issue', 'maintenance', 'notice']);
const MappedSeverity = z.enum(['outage', 'degraded', 'information', 'unknown']);

/** One thing a provider says is or was wrong. Claimed times are the provider's; `publishedAt` is when it was told. */
export const ProviderEvent = z.strictObject({
  provider: Provider,
  nativeId: z.string(),
  title: z.string(),
  kind: EventKind,
  lifecycle: Lifecycle,
  severity: z.strictObject({ native: z.string(), mapped: MappedSeverity }),
  /** Names as the provider writes them. `global` stands for everywhere. */
  services: z.array(z.string()),
  regions: z.array(z.string()),
  claimedStart: Instant.nullable(),
  claimedEnd: Instant.nullable(),
  /** Earliest moment at which the provider can have told it: first update's or creation's time. */
  publishedAt: Instant.nullable(),
  /**
   * Set for a provider that writes a statement before it shows it: the moment by which the first word was public,
   * by the longest such delay measured. Where absent, `publishedAt` is that moment.
   */
  publicBy: Instant.optional(),
  lastUpdate: Instant.nullable(),
  /** Oldest first. */
  updates: z.array(z.strictObject({ at: Instant.nullable(), text: z.string(), status: z.string() })),
  url: z.string().nullable(),
  /** Ids of our own resources that the provider names as affected; absent where it names none. */
  resources: z.array(z.string()).optional(),
  /** For whom it is told: everybody, one account (subscription, project), or an organisation of them. */
  scope: EventScope.optional(),
  /** Our accounts that the provider names as affected; absent where it names none. */
  accounts: z.array(z.string()).optional(),
  /** Names of zones as the provider writes them (`use1-az4`, `us-central1-a`); absent where it names none. */
  zones: z.array(z.string()).optional(),
});
export type ProviderEvent = z.infer<typeof ProviderEvent>;

/** What a feed's bytes say. `reason` is set, in one sentence, whenever the state is not `ok`. */
export const FeedReading = z.strictObject({
  feedState: FeedState,
  reason: z.string().optional(),
  events: z.array(ProviderEvent),
  /** Items that could not be read, with their place; the others are in `events`. */
  rejected: z.array(z.strictObject({ place: z.string(), reason: z.string() })),
});
export type FeedReading = z.infer<typeof FeedReading>;

/** How far an event concerns an incident. */
const MatchDegree = z.enum(['matching', 'other_scope', 'unrelated']);
/** Names kept of one event; no recorded one has more than 61. */
export const MOST_NAMES = 200;
const Names = z.array(z.string()).max(MOST_NAMES);
export const EventMatch = z.strictObject({
  nativeId: z.string(),
  title: z.string(),
  degree: MatchDegree,
  /** Why, in words: which of provider, service, region and time fit. */
  reason: z.string(),
  claimedStart: Instant.nullable(),
  /** The first public word: the moment that `lagMinutes` counts to. */
  publishedAt: Instant.nullable(),
  /** Whole minutes from the incident's onset to the first public word; negative when it was told before. */
  lagMinutes: z.number().nullable(),
  lifecycle: Lifecycle,
  /** What else it claims; absent in readings that were recorded before these were kept. */
  claimedEnd: Instant.nullable().optional(),
  severity: MappedSeverity.optional(),
  /** As the provider writes them, sorted. */
  services: Names.optional(),
  regions: Names.optional(),
});
export type EventMatch = z.infer<typeof EventMatch>;

/** What a feed says about one incident: the word on the board. */
export const Saying = z.enum(['matching', 'elsewhere', 'silent', 'could_not_check']);
export type Saying = z.infer<typeof Saying>;

/** The scope an incident is matched against. */
export interface IncidentScope {
  readonly provider: Provider;
  readonly services: readonly string[];
  readonly regions: readonly string[];
  readonly onset: Instant;
  readonly now: Instant;
}
