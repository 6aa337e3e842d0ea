import type { z } from 'zod';

// The schema library as a type only: the window imports this, and must not carry it.

/** An instant in UTC with millisecond precision, always written `2025-06-12T17:51:00.000Z`. */
export type Instant = string & z.$brand<'Instant'>;

const YEAR_0 = Date.parse('0000-01-01T00:00:00Z');
const YEAR_10000 = Date.parse('+010000-01-01T00:00:00Z');

/** Milliseconds since 1970-01-01T00:00Z to an Instant. Throws RangeError outside the years 0 to 9999. */
export function instantOf(epochMs: number): Instant {
  if (!(epochMs >= YEAR_0 && epochMs < YEAR_10000))
    throw new RangeError(`${epochMs} ms cannot be written as an instant`);
  // Within these years this is the one form that an instant has; logs are made of millions of them.
  return new Date(epochMs).toISOString() as Instant;
}

/** Milliseconds since 1970-01-01T00:00Z of an Instant. */
export function epochMs(at: Instant): number {
  return Date.parse(at);
}

/**
 * Reads a date with time and zone in ISO 8601 (any precision, `Z` or an offset) into an Instant.
 * A text without a zone is refused with null: whose clock it was is not known; so is an instant outside the years 0 to 9999.
 */
export function parseInstant(text: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})$/i.test(text))
    return null;
  const ms = Date.parse(text.replace(' ', 'T').replace(',', '.').replace(/\s/g, ''));
  // An offset can lead out of the years that can be written.
  return Number.isNaN(ms) || ms < YEAR_0 || ms >= YEAR_10000 ? null : instantOf(ms);
}

/** Whole and fractional minutes from `from` to `to`; negative when `to` is earlier. */
export function minutesBetween(from: Instant, to: Instant): number {
  return (epochMs(to) - epochMs(from)) / 60_000;
}

/** The instant `minutes` after `at`. */
export function addMinutes(at: Instant, minutes: number): Instant {
  return instantOf(epochMs(at) + Math.round(minutes * 60_000));
}
