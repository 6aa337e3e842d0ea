import type { FeedReading, ProviderEvent } from '../../core/feeds/model.ts';
import type { Instant } from '../../core/time.ts';
import { BadItem } from './fields.ts';

type Rejected = FeedReading['rejected'][number];
type EventUpdate = ProviderEvent['updates'][number];

/** What a pass over a feed's items has gathered. */
export interface Gathered<T> {
  readonly read: readonly T[];
  readonly rejected: readonly Rejected[];
}

/** A reading that says nothing about the provider, and why (one sentence). */
export function unreadable(reason: string): FeedReading {
  return { feedState: 'unreadable', reason, events: [], rejected: [] };
}

/**
 * Reads each item by itself; one that cannot be read is set aside with its place (`incidents[3]`) and reason, and
 * the others go on.
 */
export function gather<T>(
  items: readonly unknown[],
  place: string,
  read: (item: unknown, place: string) => T,
): Gathered<T> {
  const good: T[] = [];
  const rejected: Rejected[] = [];
  items.forEach((item, index) => {
    const at = `${place}[${index}]`;
    try {
      good.push(read(item, at));
    } catch (error) {
      if (!(error instanceof BadItem)) throw error;
      rejected.push({ place: error.place, reason: error.message });
    }
  });
  return { read: good, rejected };
}

/**
 * The reading of a whole document. No events and nothing rejected is `empty`; items of which none could be read
 * are `unreadable`, since what they say is not known.
 */
export function conclude(
  title: string,
  events: readonly ProviderEvent[],
  rejected: readonly Rejected[],
): FeedReading {
  const kept = { events: [...events], rejected: [...rejected] };
  if (events.length > 0) return { feedState: 'ok', ...kept };
  if (rejected.length === 0)
    return { feedState: 'empty', reason: `${title} is whole and lists no event.`, ...kept };
  const first = rejected[0];
  return {
    feedState: 'unreadable',
    reason: `None of the ${rejected.length} items could be read as ${title}; the first, ${first?.place}: ${first?.reason}.`,
    ...kept,
  };
}

/** Oldest first; updates without a time keep their place at the end. */
export function oldestFirst(updates: readonly EventUpdate[]): EventUpdate[] {
  return [...updates].sort((a, b) => rank(a.at) - rank(b.at) || 0);
}

function rank(at: Instant | null): number {
  return at === null ? Number.MAX_SAFE_INTEGER : Date.parse(at);
}
