import { instantOf, type Instant } from '../../core/time.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Minutes to add to the local clock to get UTC. AWS writes Pacific time; the others are RFC 822's and those of the places
 * where pages are written. A name that means two zones (IST) is none.
 */
const ZONES: Readonly<Record<string, number>> = {
  ...{ PDT: 420, PST: 480, MDT: 360, MST: 420, CDT: 300, CST: 360, EDT: 240, EST: 300 },
  ...{ GMT: 0, UTC: 0, UT: 0, Z: 0, WET: 0, BST: -60, CET: -60, CEST: -120, JST: -540 },
};

const PUB_DATE =
  /^(?:[A-Za-z]{3},\s*)?(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(20\d\d)\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([A-Z]{1,4}|[+-]\d{2}:?\d{2})$/;

/** An RSS date with one of the zones AWS uses (`Mon, 17 Aug 2026 21:01:19 PDT`); null when it is not one. */
export function parsePubDate(text: string): Instant | null {
  const match = PUB_DATE.exec(text.trim());
  if (match === null) return null;
  const [, day, monthName, year, hour, minute, second, zone] = match;
  const month = MONTHS.indexOf((monthName ?? '').toLowerCase());
  const offset = offsetMinutes(zone ?? '');
  if (month < 0 || offset === null) return null;
  const local = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second ?? 0));
  const whole = new Date(local);
  const valid = whole.getUTCDate() === Number(day) && Number(hour) < 24 && Number(minute) < 60;
  return valid ? instantOf(local + offset * 60_000) : null;
}

function offsetMinutes(zone: string): number | null {
  const named = ZONES[zone];
  if (named !== undefined) return named;
  const numeric = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (numeric === null) return null;
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3]);
  return numeric[1] === '+' ? -minutes : minutes;
}

const MONTH_NAME =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
const PROSE_START = new RegExp(
  `\\b(?:Starting|Beginning|Between|Since)(?:\\s+(?:at|on))?\\s+(?:(${MONTH_NAME})\\s+(\\d{1,2}),?\\s+(?:at\\s+)?)?` +
    `(\\d{1,2}):(\\d{2})\\s*([AP]M)(?:\\s*(PDT|PST))?`,
  'i',
);

/** A claimed start further back than this from the first post is more likely misread than meant. */
const FURTHEST_BACK_MS = 7 * 24 * 3_600_000;

/**
 * The start of impact as the prose tells it ("Starting August 14 7:33 PM PDT, ..."), which is up to hours before the
 * first post; null when there is none or it makes no sense. Day and zone may be left out: the zone is then the one
 * of the second time in a range or the feed's own, the day the last one on which that clock time was past.
 */
export function startInProse(text: string, postedAt: Instant): Instant | null {
  const match = PROSE_START.exec(text);
  if (match === null) return null;
  const zone = match[6] ?? /\b(PDT|PST)\b/.exec(text.slice(match.index, match.index + 120))?.[1];
  const offset = zone === undefined ? null : (ZONES[zone.toUpperCase()] ?? null);
  if (offset === null) return null;
  const posted = Date.parse(postedAt);
  const hour = (Number(match[3]) % 12) + (match[5]?.toUpperCase() === 'PM' ? 12 : 0);
  const day = dayOf(posted - offset * 60_000, match[1], match[2]);
  let start = day + (hour * 60 + Number(match[4]) + offset) * 60_000;
  if (match[1] === undefined && start > posted) start -= 24 * 3_600_000;
  return start <= posted && posted - start <= FURTHEST_BACK_MS ? instantOf(start) : null;
}

/** Midnight (as local epoch milliseconds) of the named day in the year of the post, or of the day of the post. */
function dayOf(localPosted: number, monthName: string | undefined, day: string | undefined): number {
  const posted = new Date(localPosted);
  if (monthName === undefined || day === undefined) {
    return Date.UTC(posted.getUTCFullYear(), posted.getUTCMonth(), posted.getUTCDate());
  }
  const month = MONTHS.indexOf(monthName.slice(0, 3).toLowerCase());
  const thisYear = Date.UTC(posted.getUTCFullYear(), month, Number(day));
  return thisYear > localPosted ? Date.UTC(posted.getUTCFullYear() - 1, month, Number(day)) : thisYear;
}
