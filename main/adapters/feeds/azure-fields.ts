import type { ProviderEvent } from '../../core/feeds/model.ts';
import type { Instant } from '../../core/time.ts';
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
  if (!Array.isArray(value['value'])) return null;
  const goesOn = textField(value, 'nextLink') === '' ? null : 'nextLink';
  return { lists: [{ place: 'value', items: listField(value, 'value') }], goesOn };
}

/** The `properties` of an item; empty when it has none. */
export function propertiesOf(item: UnknownRecord): UnknownRecord {
  const properties = item['properties'];
  return isRecord(properties) ? properties : {};
}

/** As `timeField`; the year 1 is how .NET writes "no time". */
export function azureTime(record: UnknownRecord, key: string, place: string): Instant | null {
  return textField(record, key).startsWith('0001-') ? null : timeField(record, key, place);
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
