import type { Instant } from '../../../main/core/time.ts';
import { epochMs, instantOf } from '../../../main/core/instants.ts';

export type Clock = 'utc' | 'local';
export type When = { readonly at: Instant } | { readonly fault: string };

const FORMS = 'Write a time such as 17:51, 2025-06-12 17:51Z or 15 min ago.';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const AGO = /^-?\s*(\d{1,4})\s*(m|min|mins|minutes?|h|hours?)?\s*(ago)?$/i;
const CLOCK_TIME =
  /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[T ]\s*)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(z|utc|local|[+-]\d{2}:?\d{2})?$/i;

/**
 * Reads the onset as somebody types it at night: `now`, `15`, `15 min ago`, `17:51`, `17:51Z`, `17:51 local`,
 * `2025-06-12 17:51+02:00`. Without a zone it is the given clock's; without a date it is the last time that this
 * time was. A moment later than `now` is a fault, as is anything that is not a time.
 */
export function parseWhen(text: string, now: Instant, clock: Clock): When {
  const typed = text.trim();
  if (typed === '') return { fault: `When did it begin? ${FORMS}` };
  if (/^now$/i.test(typed)) return { at: wholeMinute(epochMs(now)) };
  const ago = AGO.exec(typed);
  if (ago !== null) {
    const unit = /^h/i.test(ago[2] ?? '') ? 60 : 1;
    return { at: wholeMinute(epochMs(now) - Number(ago[1]) * unit * MINUTE) };
  }
  const parts = CLOCK_TIME.exec(typed);
  if (parts === null) return { fault: `“${typed}” is not a time. ${FORMS}` };
  return fromParts(parts, now, clock);
}

function fromParts(parts: RegExpExecArray, now: Instant, clock: Clock): When {
  const [, year, month, day, hour, minute, second = '0', zone = clock] = parts;
  const time: Time = [Number(hour), Number(minute), Number(second)];
  if (time[0] > 23 || time[1] > 59 || time[2] > 59)
    return { fault: `There is no such time of day. ${FORMS}` };
  const inZone = reader(zone.toLowerCase());
  const nowMs = epochMs(now);
  if (year === undefined) {
    const today = inZone.dateOf(nowMs);
    const at = inZone.read(today, time);
    // A minute of grace, for a clock that runs a little behind the one on the wall.
    const ms = at > nowMs + MINUTE ? inZone.read(inZone.dateOf(nowMs - DAY), time) : at;
    return { at: instantOf(ms) };
  }
  const date: CalendarDate = [Number(year), Number(month), Number(day)];
  const check = new Date(Date.UTC(date[0], date[1] - 1, date[2]));
  if (check.getUTCMonth() !== date[1] - 1 || check.getUTCDate() !== date[2]) {
    return { fault: `There is no such day. ${FORMS}` };
  }
  const ms = inZone.read(date, time);
  if (ms > nowMs + MINUTE) return { fault: 'That is still to come. An onset lies in the past.' };
  return { at: instantOf(ms) };
}

type CalendarDate = readonly [year: number, month: number, day: number];
type Time = readonly [hour: number, minute: number, second: number];

interface Reader {
  readonly dateOf: (ms: number) => CalendarDate;
  readonly read: (date: CalendarDate, time: Time) => number;
}

/** How to read a calendar in a zone: `utc`, `z`, `local` (this machine's) or an offset such as `+02:00`. */
function reader(zone: string): Reader {
  if (zone === 'local') {
    return {
      dateOf: (ms) => {
        const date = new Date(ms);
        return [date.getFullYear(), date.getMonth() + 1, date.getDate()];
      },
      read: ([year, month, day], time) => new Date(year, month - 1, day, ...time).getTime(),
    };
  }
  const offset = offsetMs(zone);
  return {
    dateOf: (ms) => {
      const date = new Date(ms + offset);
      return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    },
    read: ([year, month, day], time) => Date.UTC(year, month - 1, day, ...time) - offset,
  };
}

function offsetMs(zone: string): number {
  const parts = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (parts === null) return 0;
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3])) * MINUTE;
}

function wholeMinute(ms: number): Instant {
  return instantOf(Math.floor(ms / MINUTE) * MINUTE);
}
