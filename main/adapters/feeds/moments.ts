import { instantOf, parseInstant, type Instant } from '../../core/time.ts';
import { parsePubDate } from './aws-time.ts';
import { BadItem, shortly, type UnknownRecord } from './fields.ts';

/** Above this an epoch counts milliseconds; as seconds it would be the year 5138. */
const MOST_SECONDS = 1e11;

/** 1990 to 2099: outside, a number is no time that a feed can mean. */
const FIRST = Date.UTC(1990, 0, 1);
const LAST = Date.UTC(2100, 0, 1);

/**
 * The instant under `key`, written as epoch seconds or milliseconds (a number or its digits), as ISO 8601 with a zone,
 * or as RFC 1123 (whose weekday is not looked at: AWS's own samples have it wrong). Null when it is absent, null, empty.
 * Throws `BadItem` for anything else.
 */
export function momentField(record: UnknownRecord, key: string, place: string): Instant | null {
  const value = record[key];
  if (value === undefined || value === null || value === '') return null;
  const at = momentOf(value);
  if (at === null) throw new BadItem(`${place}.${key}`, `${key} is not a time: ${shortly(value)}`);
  return at;
}

function momentOf(value: unknown): Instant | null {
  if (typeof value === 'number') return epochMoment(value);
  if (typeof value !== 'string' || value.length > 60) return null;
  const text = value.trim();
  if (/^\d{9,13}(\.\d+)?$/.test(text)) return epochMoment(Number(text));
  return (/^(19|20)\d\d-/.test(text) ? parseInstant(text) : null) ?? parsePubDate(text);
}

function epochMoment(value: number): Instant | null {
  const ms = Math.round(value > MOST_SECONDS ? value : value * 1000);
  return ms >= FIRST && ms < LAST ? instantOf(ms) : null;
}
