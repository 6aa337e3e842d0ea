import type { FeedLanes } from '../../../main/core/report/feed-lanes.ts';
import type { Instant } from '../../../main/core/time.ts';
import { minutesBetween, epochMs, instantOf } from '../../../main/core/instants.ts';

type Axis = Pick<FeedLanes, 'from' | 'until' | 'onset'>;

/** The first and last whole minute since onset that can be looked at. */
export function minutesOf({ from, until, onset }: Axis): { readonly first: number; readonly last: number } {
  return { first: Math.floor(minutesBetween(onset, from)), last: Math.floor(minutesBetween(onset, until)) };
}

/** The moment of a whole minute since onset. */
export function momentOf({ onset }: Axis, minute: number): Instant {
  return instantOf(epochMs(onset) + minute * 60_000);
}

/**
 * The moment of the change before or after the one looked at (null: now), or null where there is none. `marks` are the moments
 * at which the feed began to say something else.
 */
export function stepTo(
  marks: readonly Instant[],
  at: Instant | null,
  towards: 'earlier' | 'later',
): Instant | null {
  const sorted = [...new Set(marks)].sort();
  if (towards === 'earlier') {
    return sorted.findLast((mark) => at === null || mark < at) ?? null;
  }
  return at === null ? null : (sorted.find((mark) => mark > at) ?? null);
}
