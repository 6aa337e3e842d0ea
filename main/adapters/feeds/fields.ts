import { parseInstant, type Instant } from '../../core/time.ts';

/** An item of a feed that cannot be used; carries where and why, and never leaves its adapter. */
export class BadItem extends Error {
  readonly place: string;
  constructor(place: string, reason: string) {
    super(reason);
    this.place = place;
  }
}

export type UnknownRecord = Readonly<Record<string, unknown>>;

/** A JSON object (not null, not an array). */
export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text under `key`, trimmed; empty when it is absent or no text. A number becomes its digits. */
export function textField(record: UnknownRecord, key: string): string {
  const value = record[key];
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' ? String(value) : '';
}

/** The array under `key`; empty when it is absent, null (as incident.io writes it) or something else. */
export function listField(record: UnknownRecord, key: string): readonly unknown[] {
  const value = record[key];
  return Array.isArray(value) ? value : [];
}

/**
 * The instant under `key`; null when it is absent, null or empty. A time that is there and cannot be read is a
 * fault of the item: to drop it silently would make an ended event look open, or a late one early.
 */
export function timeField(record: UnknownRecord, key: string, place: string): Instant | null {
  const value = record[key];
  if (value === undefined || value === null || value === '') return null;
  const at = typeof value === 'string' ? instantOrNull(value.trim()) : null;
  if (at === null) throw new BadItem(`${place}.${key}`, `${key} is not a time: ${shortly(value)}`);
  return at;
}

/** The earliest of the given instants; null when there is none. */
export function earliest(instants: readonly (Instant | null)[]): Instant | null {
  return known(instants)[0] ?? null;
}

/** The latest of the given instants; null when there is none. */
export function latest(instants: readonly (Instant | null)[]): Instant | null {
  return known(instants).at(-1) ?? null;
}

/** Each value once, in the order of their first mention; empty texts are left out. */
export function unique(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value !== '');
}

/** Instants are of one fixed shape in UTC, so their text order is their time order. */
function known(instants: readonly (Instant | null)[]): readonly Instant[] {
  return instants.filter((at) => at !== null).sort();
}

/** Years that no feed can mean are no times; they would also leave too little room for adding minutes. */
function instantOrNull(text: string): Instant | null {
  return /^(19|20)\d\d-/.test(text) ? parseInstant(text) : null;
}

/** A value as it is written, for a message: at most 60 characters of it. */
export function shortly(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
