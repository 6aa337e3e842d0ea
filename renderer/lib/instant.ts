import type { Instant } from '../../main/core/time.ts';

/*
 * The core's own helpers check with zod, which the window carries as types only (it would be a third of its bytes).
 * `toISOString` writes exactly the shape that Instant promises, which is why these may assert it.
 */

/** Milliseconds since 1970-01-01T00:00Z to an Instant. Throws RangeError for a time that no calendar has. */
export function toInstant(epochMs: number): Instant {
  return new Date(epochMs).toISOString() as Instant;
}

/** Milliseconds since 1970-01-01T00:00Z of an Instant. */
export function toEpochMs(at: Instant): number {
  return Date.parse(at);
}

/** Minutes, with fractions, from `from` to `to`; negative when `to` is earlier. */
export function minutesFrom(from: Instant, to: Instant): number {
  return (toEpochMs(to) - toEpochMs(from)) / 60_000;
}
