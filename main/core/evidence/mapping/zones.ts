/** A moment as a clock on some wall shows it; month from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
}

const MOST_CACHED = 5_000;
const DAY_MS = 24 * 60 * 60_000;
const QUARTER_MS = 15 * 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** True for `UTC`, an offset such as `+02:00`, and a name of the IANA time zone database, e.g. `Europe/Berlin`. */
export function isZone(zone: string): boolean {
  if (zone === 'UTC' || fixedOffset(zone) !== null) return true;
  try {
    return formatOf(zone) !== null;
  } catch {
    return false;
  }
}

/**
 * Milliseconds since 1970 UTC of a wall clock's time in a zone; null when there is no such date. An hour that comes twice when
 * clocks are set back is taken as its first, one that is left out as if clocks had not moved yet.
 */
export function wallToMs(wall: WallTime, zone: string): number | null {
  const { year, month, day, hour, minute, second, ms } = wall;
  if (hour > 23 || minute > 59 || second > 60) return null;
  const plain = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59), ms);
  const date = new Date(plain);
  if (Number.isNaN(plain) || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const fixed = zone === 'UTC' ? 0 : fixedOffset(zone);
  if (fixed !== null) return plain - fixed;
  const before = plain - offsetAt(zone, plain - DAY_MS);
  const after = plain - offsetAt(zone, plain + DAY_MS);
  const shows = (at: number): boolean => at + offsetAt(zone, at) === plain;
  return shows(before) || !shows(after) ? before : after;
}

/** Milliseconds ahead of UTC; null for anything but `+HH:MM`. */
function fixedOffset(zone: string): number | null {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (found === null) return null;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return (found[1] === '-' ? -minutes : minutes) * 60_000;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

/** Zones change their offset at full quarters of an hour only, so one answer serves for all of it. */
function offsetAt(zone: string, ms: number): number {
  const quarter = Math.floor(ms / QUARTER_MS) * QUARTER_MS;
  const key = `${zone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(quarter)) parts[type] = Number(value);
  const of = (type: string): number => parts[type] ?? 0;
  const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  if (offsets.size >= MOST_CACHED) offsets.clear();
  offsets.set(key, wall - quarter);
  return wall - quarter;
}
