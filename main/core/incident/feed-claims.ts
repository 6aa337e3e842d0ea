import type { EventMatch } from '../feeds/model.ts';
import { event, type EventData, type IncidentEvent } from './events.ts';

type Reading = EventData<'feed.read'>;
type Change = Pick<EventData<'feed.claim_changed'>, 'claim' | 'from' | 'to' | 'added' | 'removed'>;

/**
 * What the provider now claims differently about events it had told of before: start, end, state, severity, and which
 * services and regions it names. All are edited after the fact, start times sometimes by hours, so every version is worth an
 * entry. `earlier` is what the feed said when it could last be read.
 */
export function claimChanges(earlier: readonly EventMatch[], now: Reading): IncidentEvent[] {
  return now.matches.flatMap((match) => {
    const before = earlier.find(({ nativeId }) => nativeId === match.nativeId);
    if (before === undefined) return [];
    const { feedId, feedName } = now;
    const about = { feedId, feedName, nativeId: match.nativeId, title: match.title };
    return changesOf(before, match).map((change) => event('feed.claim_changed', { ...about, ...change }));
  });
}

const NOT_SAID = 'not said';

function changesOf(before: EventMatch, now: EventMatch): Change[] {
  const changes: Change[] = [];
  const differ = (claim: Change['claim'], from: string, to: string): void => {
    if (from !== to) changes.push({ claim, from, to });
  };
  differ('start', before.claimedStart ?? NOT_SAID, now.claimedStart ?? NOT_SAID);
  // Absent means that the reading before is from a version that did not keep it: nothing is known to have changed.
  if (before.claimedEnd !== undefined) {
    differ('end', before.claimedEnd ?? NOT_SAID, now.claimedEnd ?? NOT_SAID);
  }
  differ('lifecycle', before.lifecycle, now.lifecycle);
  if (before.severity !== undefined) differ('severity', before.severity, now.severity ?? before.severity);
  return [...changes, ...scopeChange(before, now)];
}

function scopeChange(before: EventMatch, now: EventMatch): Change[] {
  if (before.services === undefined || before.regions === undefined) return [];
  const [services, regions] = [now.services ?? [], now.regions ?? []];
  const added = [...without(services, before.services), ...without(regions, before.regions)];
  const removed = [...without(before.services, services), ...without(before.regions, regions)];
  if (added.length + removed.length === 0) return [];
  const [from, to] = [sizeOf(before.services, before.regions), sizeOf(services, regions)];
  return [{ claim: 'scope', from, to, added, removed }];
}

function without(names: readonly string[], known: readonly string[]): string[] {
  return names.filter((name) => !known.includes(name));
}

function sizeOf(services: readonly string[], regions: readonly string[]): string {
  const count = (names: readonly string[], what: string): string =>
    `${names.length} ${what}${names.length === 1 ? '' : 's'}`;
  return `${count(services, 'service')}, ${count(regions, 'region')}`;
}
