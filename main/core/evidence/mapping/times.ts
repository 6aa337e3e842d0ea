import { instantOf } from '../../instants.ts';
import type { Instant } from '../../time.ts';
import { wallToMs } from './zones.ts';

/** How a time is to be understood that does not say everything itself. */
export interface TimeSense {
  /** The zone of times without one: `UTC`, `+02:00` or `Europe/Berlin`. */
  readonly zone: string;
  /** Which comes first in `03/04/2026`. */
  readonly order: 'dmy' | 'mdy';
  /** Times without a year are the latest of their kind that are not after this, in milliseconds since 1970. */
  readonly reference: number;
}

/** A time that was read, and what it left open. */
export interface TimeRead {
  readonly at: Instant;
  /** It names its zone, or counts from 1970. */
  readonly zoned: boolean;
  readonly yearless: boolean;
  /** Written so that the order of day and month decides, e.g. `03/04/2026`. */
  readonly ordered: boolean;
}

const MONTHS = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const DAYS = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*';
const CLOCK = '(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?';
const ZONE = '(?:\\s?(Z|UTC|GMT|[+-]\\d{2}:?\\d{2}))?';

interface Parts {
  readonly year: string | undefined;
  readonly month: string | undefined;
  readonly day: string | undefined;
  readonly clock: readonly (string | undefined)[];
  readonly zone: string | undefined;
  readonly half?: string | undefined;
  readonly ordered?: boolean;
}

interface Form {
  readonly pattern: string;
  readonly parts: (found: readonly (string | undefined)[], sense: TimeSense) => Parts;
}

/** The ways in which logs write a time, most telling first. None has a group besides those it reads. */
const FORMS: readonly Form[] = [
  {
    // ISO 8601 and RFC 3339, with `/` as nginx has it: 2026-03-04T09:26:48.120Z, 2026/03/04 09:26:48
    pattern: `(\\d{4})[-/](\\d{2})[-/](\\d{2})[T ]${CLOCK}${ZONE}`,
    parts: ([year, month, day, ...rest]) => ({
      year,
      month,
      day,
      clock: rest.slice(0, 4),
      zone: rest[4],
    }),
  },
  {
    // Common Log Format: 04/Mar/2026:09:26:48 +0100
    pattern: `(\\d{1,2})/(${MONTHS})/(\\d{4}):${CLOCK}${ZONE}`,
    parts: ([day, month, year, ...rest]) => ({ year, month, day, clock: rest.slice(0, 4), zone: rest[4] }),
  },
  {
    // RFC 5322: Wed, 04 Mar 2026 09:26:48 GMT
    pattern: `(?:${DAYS}, )?(\\d{1,2}) (${MONTHS})[a-z]* (\\d{4}),? ${CLOCK}${ZONE}`,
    parts: ([day, month, year, ...rest]) => ({ year, month, day, clock: rest.slice(0, 4), zone: rest[4] }),
  },
  {
    // asctime and Apache's error log: Wed Mar  4 09:26:48.120 2026
    pattern: `${DAYS} (${MONTHS})[a-z]* {1,2}(\\d{1,2}) ${CLOCK}${ZONE} (\\d{4})`,
    parts: ([month, day, ...rest]) => ({
      year: rest[5],
      month,
      day,
      clock: rest.slice(0, 4),
      zone: rest[4],
    }),
  },
  {
    // RFC 3164: Mar  4 09:26:48
    pattern: `(${MONTHS}) {1,2}(\\d{1,2}) ${CLOCK}`,
    parts: ([month, day, ...clock]) => ({ year: undefined, month, day, clock, zone: undefined }),
  },
  {
    // Spreadsheets: 3/4/2026, 9:26:48 AM and 04.03.2026 09:26
    pattern: `(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4}),? ${CLOCK}(?:\\s?([AaPp][Mm]))?${ZONE}`,
    parts: ([first, second, year, ...rest], { order }) => ({
      year,
      month: order === 'mdy' ? first : second,
      day: order === 'mdy' ? second : first,
      clock: rest.slice(0, 4),
      half: rest[4],
      zone: rest[5],
      ordered: true,
    }),
  },
];

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their length. */
const EPOCH = /^(\d{10})(?:\.(\d{1,9}))?$|^(\d{13})(?:\.\d+)?$|^(\d{16})$|^(\d{19})$/;

const WHOLE = FORMS.map(({ pattern }) => new RegExp(`^${pattern}$`));
/** Each form as one expression of a line's beginning, without groups. */
export const TIME_PATTERN = `(?:${FORMS.map(({ pattern }) => pattern.replace(/\((?!\?)/g, '(?:')).join('|')}|\\d{10}\\.\\d{1,9}|\\d{13}|\\d{10}(?=[\\s,\\]]))`;

/** Reads a time in any of the common forms; null when it is none of them or no such moment exists. */
export function readTime(text: string, sense: TimeSense): TimeRead | null {
  const trimmed = text.trim();
  if (trimmed.length < 10 || trimmed.length > 64) return null;
  const counted = epochOf(trimmed);
  if (counted !== null) return written(counted, { zoned: true, yearless: false, ordered: false });
  for (const [index, whole] of WHOLE.entries()) {
    const found = whole.exec(trimmed);
    const form = FORMS[index];
    if (found === null || form === undefined) continue;
    return momentOf(form.parts(found.slice(1), sense), sense);
  }
  return null;
}

function epochOf(text: string): number | null {
  const found = EPOCH.exec(text);
  if (found === null) return null;
  const [, seconds, fraction, ms, micros, nanos] = found;
  const since1970 =
    seconds !== undefined
      ? Number(seconds) * 1000 + Number(`0.${fraction ?? 0}`) * 1000
      : Number((ms ?? micros ?? nanos ?? '').slice(0, 13));
  // A longer number is no time of a log but an id.
  return since1970 < YEAR_2100 ? since1970 : null;
}

const YEAR_2100 = Date.UTC(2100, 0);
const YEAR_10000 = Date.UTC(10_000, 0);

function momentOf(parts: Parts, sense: TimeSense): TimeRead | null {
  const zone = parts.zone === undefined ? sense.zone : /^[+-]/.test(parts.zone) ? parts.zone : 'UTC';
  const [hours, minute, second, fraction] = parts.clock;
  const hour = hourOf(Number(hours), parts.half);
  const wall = {
    month: monthOf(parts.month ?? ''),
    day: Number(parts.day),
    hour,
    minute: Number(minute),
    second: Number(second ?? 0),
    ms: Math.trunc(Number(`0.${fraction ?? 0}`) * 1000),
  };
  const marks = {
    zoned: parts.zone !== undefined,
    yearless: parts.year === undefined,
    ordered: parts.ordered === true,
  };
  if (parts.year !== undefined) {
    const ms = wallToMs({ ...wall, year: Number(parts.year) }, zone);
    return ms === null ? null : written(ms, marks);
  }
  const ms = latestBefore(wall, zone, sense.reference);
  return ms === null ? null : written(ms, marks);
}

const DAY_MS = 24 * 60 * 60_000;

/** The latest such moment that does not lie after the reference; a day is granted, since clocks differ. */
function latestBefore(
  wall: Omit<Parameters<typeof wallToMs>[0], 'year'>,
  zone: string,
  reference: number,
): number | null {
  const year = new Date(reference).getUTCFullYear();
  // A 29 February may be up to eight years back.
  for (let back = -1; back <= 8; back += 1) {
    const ms = wallToMs({ ...wall, year: year - back }, zone);
    if (ms !== null && ms <= reference + DAY_MS) return ms;
  }
  return null;
}

function monthOf(text: string): number {
  const at = MONTHS.split('|').indexOf(text.slice(0, 3));
  return at === -1 ? Number(text) : at + 1;
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

function written(ms: number, marks: Omit<TimeRead, 'at'>): TimeRead | null {
  const whole = Math.trunc(ms);
  // A zone can lead out of the years that can be written.
  if (whole < 0 || whole >= YEAR_10000) return null;
  return { at: instantOf(whole), ...marks };
}
