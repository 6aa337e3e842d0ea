import { event, type EventData, type IncidentEvent } from './events.ts';

type Reading = EventData<'feed.read'>;

/**
 * What the provider now claims differently about an event it had told of before. Start times are edited after
 * the fact, sometimes by hours, so every version is worth an entry.
 */
export function claimChanges(before: Reading | undefined, now: Reading): IncidentEvent[] {
  if (!before) return [];
  return now.matches.flatMap((match) => {
    const earlier = before.matches.find((one) => one.nativeId === match.nativeId);
    if (!earlier) return [];
    const about = {
      feedId: now.feedId,
      feedName: now.feedName,
      nativeId: match.nativeId,
      title: match.title,
    };
    const changes: IncidentEvent[] = [];
    if (earlier.claimedStart !== match.claimedStart) {
      const from = earlier.claimedStart ?? 'not said';
      const to = match.claimedStart ?? 'not said';
      changes.push(event('feed.claim_changed', { ...about, claim: 'start', from, to }));
    }
    if (earlier.lifecycle !== match.lifecycle) {
      const { lifecycle: from } = earlier;
      changes.push(event('feed.claim_changed', { ...about, claim: 'lifecycle', from, to: match.lifecycle }));
    }
    return changes;
  });
}
