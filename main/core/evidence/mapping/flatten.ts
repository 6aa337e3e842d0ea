import type { Row } from './row.ts';

const DEEPEST = 4;
const MOST_FIELDS = 200;
const LONGEST = 4_000;

/** A parsed object of JSON as one flat row: `{a: {b: 1}}` has the field `a.b`. Lists become their JSON, nulls are left out. */
export function flatRow(value: unknown): Row | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields = new Map<string, string>();
  put(fields, '', value, 0);
  return Object.fromEntries(fields);
}

function put(fields: Map<string, string>, at: string, value: unknown, depth: number): void {
  if (value === null || value === undefined || fields.size >= MOST_FIELDS) return;
  if (typeof value === 'object' && !Array.isArray(value) && depth < DEEPEST) {
    for (const [key, inner] of Object.entries(value)) {
      put(fields, at === '' ? key : `${at}.${key}`, inner, depth + 1);
    }
    return;
  }
  const text = typeof value === 'object' ? listText(value) : plainText(value);
  fields.set(at.slice(0, 400), text.slice(0, LONGEST));
}

function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A list of plain values as people write it; anything deeper as JSON. */
function listText(value: object): string {
  const plain = Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
  return plain ? value.map(String).join(', ') : JSON.stringify(value);
}
