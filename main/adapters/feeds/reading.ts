import type { FeedReading, ProviderEvent } from '../../core/feeds/model.ts';
import type { Instant } from '../../core/time.ts';
import { BadItem } from './fields.ts';

/** An item that was set aside. */
export type Rejected = FeedReading['rejected'][number];
type EventUpdate = ProviderEvent['updates'][number];

/** A reading that says nothing about the provider, and why (one sentence). */
export function unreadable(reason: string): FeedReading {
  return { feedState: 'unreadable', reason, events: [], rejected: [] };
}

/** Bounds that no real feed comes near; beyond them a document is noise, and reading on would only cost time. */
const MOST_ITEMS = 20_000;
const MOST_REJECTED = 1_000;

/**
 * Reads each item by itself; one that cannot be read is added to `rejected` with its place (`incidents[3]`) and reason,
 * and the others go on.
 */
export function gather<T, I = unknown>(
  items: readonly I[],
  place: string,
  rejected: Rejected[],
  read: (item: I, place: string) => T,
): readonly T[] {
  const good: T[] = [];
  for (const [index, item] of items.entries()) {
    const at = `${place}[${index}]`;
    if (index === MOST_ITEMS || rejected.length >= MOST_REJECTED) {
      rejected.push({
        place: at,
        reason: `not read, nor the ${items.length - index - 1} after it: too many items`,
      });
      break;
    }
    try {
      good.push(read(item, at));
    } catch (error) {
      if (!(error instanceof BadItem)) throw error;
      rejected.push({ place: error.place, reason: error.message });
    }
  }
  return good;
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
  // What does not say for whom it is told is told to everybody.
  const kept: Pick<FeedReading, 'events' | 'rejected'> = {
    events: events.map((event) => ({ scope: 'public', ...event })),
    rejected: [...rejected],
  };
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
