import type { ProviderEvent } from '../../core/feeds/model.ts';
import { instantOf, type Instant } from '../../core/time.ts';
import { isRecord, listField, textField, timeField, type UnknownRecord } from './fields.ts';
import type { JsonItems } from './json-feed.ts';

/**
 * The items of an answer of Azure Resource Manager: `{value: [...], nextLink}`, a list of its items, or one item by
 * itself, as people copy it.
 */
export function armItems(value: unknown, isItem: (item: unknown) => boolean): JsonItems | null {
  if (Array.isArray(value)) return { lists: [{ place: '', items: value }] };
  if (!isRecord(value)) return null;
  if (isItem(value)) return { lists: [{ place: '', items: [value] }] };
  // Azure Resource Graph calls its list of rows `data`.
  const place = ['value', 'data'].find((key) => Array.isArray(value[key]));
  if (place === undefined) return null;
  const goesOn = ['nextLink', '$skipToken', 'skip_token'].find((key) => textField(value, key) !== '') ?? null;
  return { lists: [{ place, items: listField(value, place) }], goesOn };
}

/** The `properties` of an item; empty when it has none. */
export function propertiesOf(item: UnknownRecord): UnknownRecord {
  const properties = item['properties'];
  return isRecord(properties) ? properties : {};
}

const US_DATE =
  /^(\d{1,2})\/(\d{1,2})\/(20\d\d) (\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? ?([AP]M)(?: ?(?:UTC|Z|\+00:00))?$/i;
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/**
 * As `timeField`; the year 1 is how .NET writes "no time". Besides ISO 8601 Azure writes US dates ("5/12/2025 2:44:33 PM"),
 * in alerts above all, and times without a zone: all its times are UTC.
 */
export function azureTime(record: UnknownRecord, key: string, place: string): Instant | null {
  const text = textField(record, key);
  if (/^(0001-|1\/1\/0001\b)/.test(text)) return null;
  if (WITHOUT_ZONE.test(text)) return timeField({ [key]: `${text}Z` }, key, place);
  return usDate(text) ?? timeField(record, key, place);
}

/** Month before day, twelve hours; null when the text is none, or no day of the calendar. */
function usDate(text: string): Instant | null {
  const match = US_DATE.exec(text);
  if (match === null) return null;
  const [month, day, year, clock, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (month === undefined || day === undefined || year === undefined || clock === undefined) return null;
  const hour = (clock % 12) + (match[7]?.toUpperCase() === 'PM' ? 12 : 0);
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day && clock >= 1 && clock <= 12;
  return isReal ? instantOf(at.getTime()) : null;
}

/** `{ImpactedService: ...}` as Azure Resource Graph writes it, to `{impactedService: ...}` as the API does. */
export function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      camelCased(inner),
    ]),
  );
}

/** The word under `key`, written plainly or as `{value, localizedValue}`. */
export function wordField(record: UnknownRecord, key: string): string {
  const word = record[key];
  return isRecord(word) ? textField(word, 'value') : textField(record, key);
}

const LEVELS: Readonly<Record<string, ProviderEvent['severity']['mapped']>> = {
  Critical: 'outage',
  Error: 'outage',
  Warning: 'degraded',
  Informational: 'information',
  Information: 'information',
};

/** Azure's level: Critical and Error are widespread, Warning a part, Informational for management only. */
export function severityOfLevel(level: string): ProviderEvent['severity'] {
  return { native: level, mapped: LEVELS[level] ?? 'unknown' };
}
