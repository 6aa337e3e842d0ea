import type { TextField } from './record-batch.ts';

/** One word that a record must hold, in any field or in one of those named. */
export interface SearchWord {
  readonly text: string;
  /** Null for any field. */
  readonly fields: readonly TextField[] | null;
}

/** The names that people give to fields, and where a search then looks. */
const SEARCH_FIELDS: Readonly<Record<string, readonly TextField[]>> = {
  name: ['name'],
  source: ['source'],
  principal: ['principal'],
  actor: ['actor'],
  resource: ['resource'],
  error: ['error', 'message'],
  region: ['region'],
  account: ['account'],
  address: ['address'],
  agent: ['agent'],
  detail: ['detail'],
};

const MOST_WORDS = 20;
/** The longest text that a field holds is longer; nobody types as much. */
const LONGEST_WORD = 512;

/**
 * Reads what was typed: words that must all be there, as parts of a field too; `"several words"` as they stand;
 * `principal:ana` in one field. A colon after anything else belongs to the word, as in an ARN.
 */
export function parseSearch(typed: string): readonly SearchWord[] {
  const words: SearchWord[] = [];
  for (const [, prefix = '', quoted, plain = ''] of typed.matchAll(
    /(?:([a-z]+):)?(?:"([^"]*)"?|([^\s"]+))/gi,
  )) {
    const field = prefix.toLowerCase();
    const known = Object.hasOwn(SEARCH_FIELDS, field) ? SEARCH_FIELDS[field] : undefined;
    const value = quoted ?? plain;
    const text = (known === undefined && prefix !== '' ? `${prefix}:${value}` : value).slice(0, LONGEST_WORD);
    if (text !== '' && words.length < MOST_WORDS) words.push({ text, fields: known ?? null });
  }
  return words;
}
