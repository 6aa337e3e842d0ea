import { type Instant, instantOf, parseInstant } from '../../core/time.ts';
import { asText, type Json } from './json.ts';

/** From here on a number of seconds since 1970 would be after the year 5000: it counts milliseconds. */
const MILLISECONDS_FROM = 1e11;

/**
 * A time as AWS prints it: ISO 8601 with a zone (CLI version 2), seconds since 1970 with a fraction (version 1), milliseconds
 * since 1970 (CloudWatch Logs). Null when it is none of these.
 */
export function awsInstant(value: Json | undefined): Instant | null {
  if (typeof value !== 'number') return parseInstant(asText(value).replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (!Number.isFinite(value) || value <= 0 || value > 2.5e14) return null;
  return instantOf(Math.round(value < MILLISECONDS_FROM ? value * 1000 : value));
}
