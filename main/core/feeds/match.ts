import {
  MOST_NAMES,
  type EventMatch,
  type FeedReading,
  type IncidentScope,
  type ProviderEvent,
  type Saying,
} from './model.ts';
import { PROVIDER_NAMES } from '../sides.ts';
import { minutesBetween, type Instant } from '../time.ts';
import { normal, findRegion, findService, type FeedCatalog } from './catalog.ts';
import { compareNames, type Fit } from './match-names.ts';
import { compareTime } from './match-time.ts';

/** What a feed says about one incident, and how each of its events stands to it. */
export interface FeedMatch {
  readonly saying: Saying;
  /** Why it could not be checked, in one sentence; set only then. */
  readonly reason?: string;
  /** Matching first, then those of another scope, then the unrelated; within each the latest told first. */
  readonly matches: readonly EventMatch[];
  /** Names of the incident's services and regions that the catalog does not know; they are compared letter by letter. */
  readonly unknownNames: readonly string[];
}

/**
 * Matches a reading against an incident by provider, service, region and time. Only an event for which all four fit is
 * `matching`; one that leaves one of them open or fits only in part is `other_scope`, and says why.
 *
 * `knownPublic` gives, per native id, the earliest moment by which an event is known to have been public, from earlier
 * snapshots: later versions of an event lose their first stamps, and what we saw ourselves is surer than any of them.
 */
export function matchEvents(
  reading: FeedReading,
  scope: IncidentScope,
  catalog: FeedCatalog,
  knownPublic: ReadonlyMap<string, Instant> = new Map(),
): FeedMatch {
  const unknownNames = unknownIn(scope, catalog);
  if (reading.feedState !== 'ok' && reading.feedState !== 'empty') {
    return {
      saying: 'could_not_check',
      reason: reading.reason ?? 'The feed could not be read.',
      matches: [],
      unknownNames,
    };
  }
  const matches = reading.events
    .map((event) => matchEvent(event, scope, catalog, knownPublic.get(event.nativeId) ?? null))
    .sort(
      (a, b) => ORDER[a.degree] - ORDER[b.degree] || (b.publishedAt ?? '').localeCompare(a.publishedAt ?? ''),
    );
  const best = matches[0]?.degree;
  if (best === 'matching') return { saying: 'matching', matches, unknownNames };
  if (best === 'other_scope') return { saying: 'elsewhere', matches, unknownNames };
  if (reading.rejected.length === 0) return { saying: 'silent', matches, unknownNames };
  const count = reading.rejected.length;
  return {
    saying: 'could_not_check',
    reason: `Nothing that could be read concerns the incident, but ${count} item${count === 1 ? '' : 's'} could not be read.`,
    matches,
    unknownNames,
  };
}

/** The first public word of an event, as far as its feed and earlier snapshots tell. */
function firstPublicWord(event: ProviderEvent, knownPublic: Instant | null = null): Instant | null {
  const told = event.publicBy ?? event.publishedAt;
  if (told === null) return knownPublic;
  return knownPublic !== null && knownPublic < told ? knownPublic : told;
}

const ORDER: Readonly<Record<EventMatch['degree'], number>> = { matching: 0, other_scope: 1, unrelated: 2 };

function matchEvent(
  event: ProviderEvent,
  scope: IncidentScope,
  catalog: FeedCatalog,
  knownPublic: Instant | null,
): EventMatch {
  const publishedAt = firstPublicWord(event, knownPublic);
  return {
    nativeId: event.nativeId,
    title: event.title,
    ...judge(event, scope, catalog, publishedAt),
    claimedStart: event.claimedStart,
    publishedAt,
    lagMinutes: publishedAt === null ? null : Math.round(minutesBetween(scope.onset, publishedAt)),
    lifecycle: event.lifecycle,
    claimedEnd: event.claimedEnd,
    severity: event.severity.mapped,
    services: named(event.services),
    regions: named(event.regions),
  };
}

/** Sorted, so that another order of the same names is not another claim. */
function named(names: readonly string[]): string[] {
  return [...new Set(names)].sort().slice(0, MOST_NAMES);
}

function judge(
  event: ProviderEvent,
  scope: IncidentScope,
  catalog: FeedCatalog,
  told: Instant | null,
): Pick<EventMatch, 'degree' | 'reason'> {
  const time = compareTime(event, scope, told);
  if (time.fit === 'no') return { degree: 'unrelated', reason: sentence([time.words]) };
  if (event.provider !== scope.provider) {
    const other = event.provider === 'other' ? 'another vendor' : PROVIDER_NAMES[event.provider];
    return { degree: 'other_scope', reason: sentence([`it is an event of ${other}`, time.words]) };
  }
  const service = compareNames(event.services, scope.services, 'service', (name) =>
    findService(catalog, scope.provider, name),
  );
  const region = compareNames(event.regions, scope.regions, 'region', (name) =>
    findRegion(catalog, scope.provider, name),
  );
  const degree = time.fit === 'yes' && bothFit(service.fit, region.fit) ? 'matching' : 'other_scope';
  return { degree, reason: sentence([service.words, region.words, time.words]) };
}

/**
 * Service and region must fit. An event that names no region (a Statuspage, an old feed) is taken at its word on the
 * service alone; an event that names no service counts when its region fits.
 */
function bothFit(service: Fit, region: Fit): boolean {
  if (service === 'yes') return region === 'yes' || region === 'event_names_none';
  return service === 'event_names_none' && region === 'yes';
}

function sentence(parts: readonly string[]): string {
  const text = parts.join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function unknownIn(scope: IncidentScope, catalog: FeedCatalog): readonly string[] {
  const named = (names: readonly string[]) => names.filter((name) => normal(name) !== '');
  return [
    ...named(scope.services).filter((name) => findService(catalog, scope.provider, name) === null),
    ...named(scope.regions).filter((name) => findRegion(catalog, scope.provider, name) === null),
  ];
}
