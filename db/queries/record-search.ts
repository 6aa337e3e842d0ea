import { LIST_FIELD, TEXT_FIELDS } from '../../main/core/evidence/record-batch.ts';
import type { SearchWord } from '../../main/core/evidence/search.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';

/** The texts that hold one word. */
export interface TextsOfWord {
  readonly numbers: readonly number[];
  /** The same in JSON, which is how a statement takes a list. */
  readonly list: string;
}

/** What has been looked up, for many searches that share words. */
export type KnownTexts = Map<string, TextsOfWord>;

export function textsOfWord(numbers: readonly number[]): TextsOfWord {
  return { numbers, list: JSON.stringify(numbers) };
}

/** Where a word without a field is looked for: who acted is one of four words, which occur in other fields too. */
const ANYWHERE = TEXT_FIELDS.filter((field) => field !== 'actor');

/** Looked up in a batch; with more of them all texts of the batch are gone through instead. */
export const FEW_TEXTS = 500;
/** With so few positions sorting them is less than marking them among all. */
const FEW_POSITIONS = 2_000;
/** So many groups of three letters are enough to find a text; the text itself is looked at anyway. */
const MOST_TRIGRAMS = 6;
/** So few texts that have one such group are all looked at: asking for the other groups would take longer. */
const FEW_ALIKE = 200;

/**
 * The texts of an incident that hold each word, ignoring the case of ASCII letters; null when a word is in none. What an import
 * under way has brought may be among them; its records are not looked at.
 */
export function textsHolding(
  db: ReadableDb,
  incident: number,
  words: readonly SearchWord[],
  known: KnownTexts = new Map(),
): TextsOfWord[] | null {
  const found: TextsOfWord[] = [];
  for (const word of words) {
    const key = JSON.stringify(word);
    const texts = known.get(key) ?? textsOfWord(textsOf(db, incident, word));
    known.set(key, texts);
    if (texts.numbers.length === 0) return null;
    found.push(texts);
  }
  // The rarest first: it decides most quickly that a batch has nothing.
  return found.sort((a, b) => a.numbers.length - b.numbers.length);
}

function textsOf(db: ReadableDb, incident: number, { text, fields }: SearchWord): number[] {
  const places = (fields ?? ANYWHERE).reduce((bits, field) => bits | (1 << TEXT_FIELDS.indexOf(field)), 0);
  const wanted = { incident, places, like: `%${text.replace(/[\\%_]/g, '\\$&')}%` };
  const groups = trigrams(text);
  const numbers = (sql: string, match = {}): number[] =>
    prepared<object, number>(db, sql)
      .pluck()
      .all({ ...wanted, ...match });
  if (groups.length === 0) return numbers(`SELECT text FROM log_text WHERE ${HOLDS}`);
  // Many a word has parts that nearly every text has (`10.0.17.203`), and going through those takes the most of a search.
  for (const group of groups.toReversed()) {
    const found = numbers(AMONG_FEW, { group });
    if (found[0] !== TOO_MANY) return found;
  }
  return numbers(AMONG_ALL, { groups: groups.join(' AND ') });
}

/** What is added to the word hides it from the planner, which would compile the statement anew for each. */
const HOLDS = `incident = $incident AND field < ${LIST_FIELD} AND $places >> field & 1
  AND log_text.value LIKE $like || '' ESCAPE '\\'`;

/** Stands in front where there are more; no text has that number. */
const TOO_MANY = 0;

/** Of the texts with one group of letters, when they are few. */
const AMONG_FEW = `WITH near AS MATERIALIZED
    (SELECT rowid AS text FROM log_text_search WHERE log_text_search MATCH $group LIMIT ${FEW_ALIKE + 1}),
  alike AS MATERIALIZED (SELECT count(*) AS texts FROM near)
  SELECT ${TOO_MANY} AS text FROM alike WHERE texts > ${FEW_ALIKE}
  UNION ALL
  SELECT log_text.text FROM alike CROSS JOIN near CROSS JOIN log_text ON log_text.text = near.text
  WHERE texts <= ${FEW_ALIKE} AND ${HOLDS}`;

/** Of the texts with all groups of letters. */
const AMONG_ALL = `SELECT log_text.text FROM log_text_search CROSS JOIN log_text ON log_text.text = log_text_search.rowid
  WHERE log_text_search MATCH $groups AND ${HOLDS}`;

/** Groups of three letters for the index, in the order of the word; none when it is too short to have any. */
function trigrams(text: string): string[] {
  const letters = [...text];
  if (letters.length < 3 || text.includes('\0')) return [];
  const found = new Set<string>();
  // Spread over the word: neighbours share letters, and so tell little more.
  const step = Math.max(1, (letters.length - 3) / (MOST_TRIGRAMS - 1));
  for (let place = 0; Math.round(place) + 3 <= letters.length; place += step) {
    const at = Math.round(place);
    found.add(
      `"${letters
        .slice(at, at + 3)
        .join('')
        .replaceAll('"', '""')}"`,
    );
  }
  return [...found];
}

/** The positions in a batch of the records that hold every word, rising. */
export function positionsOf(db: ReadableDb, batch: number, words: readonly TextsOfWord[]): Uint16Array {
  let positions: Uint16Array | null = null;
  for (const texts of words) {
    const ofWord = texts.numbers.length === 1 ? ofText(db, batch, texts) : ofTexts(db, batch, texts);
    positions = positions === null ? ofWord : intersection(positions, ofWord);
    if (positions.length === 0) break;
  }
  return positions ?? new Uint16Array();
}

function ofText(db: ReadableDb, batch: number, { numbers: [text = 0] }: TextsOfWord): Uint16Array {
  const blob = prepared<[number, number], Buffer>(
    db,
    'SELECT positions FROM log_posting WHERE batch = ? AND text = ?',
  )
    .pluck()
    .get(batch, text);
  return blob === undefined ? new Uint16Array() : numbersIn(blob);
}

/** All lists as one text of digits: to make a buffer of each would take several times as long as to read them. */
function ofTexts(db: ReadableDb, batch: number, { numbers, list }: TextsOfWord): Uint16Array {
  const which = numbers.length <= FEW_TEXTS ? 'text' : '+text';
  const digits = prepared<[number, string], string | null>(
    db,
    `SELECT group_concat(hex(positions), '') FROM log_posting
     WHERE batch = ? AND ${which} IN (SELECT value FROM json_each(?))`,
  )
    .pluck()
    .get(batch, list);
  return inOrder(numbersIn(Buffer.from(digits ?? '', 'hex')));
}

function numbersIn(blob: Buffer): Uint16Array {
  // A view where the memory allows it: lists are read by the hundred.
  return blob.byteOffset % 2 === 0
    ? new Uint16Array(blob.buffer, blob.byteOffset, blob.length / 2)
    : new Uint16Array(new Uint8Array(blob).buffer);
}

/** Each position once, rising. */
function inOrder(positions: Uint16Array): Uint16Array {
  if (positions.length <= FEW_POSITIONS) {
    const sorted = Uint16Array.from(positions).sort();
    return sorted.filter((position, index) => index === 0 || position !== sorted[index - 1]);
  }
  const marks = new Uint8Array(0x1_0000);
  let count = 0;
  for (const position of positions) {
    if (marks[position] === 0) {
      marks[position] = 1;
      count += 1;
    }
  }
  const merged = new Uint16Array(count);
  for (let position = 0, to = 0; to < count; position += 1) {
    if (marks[position] === 1) {
      merged[to] = position;
      to += 1;
    }
  }
  return merged;
}

function intersection(a: Uint16Array, b: Uint16Array): Uint16Array {
  const both = new Uint16Array(Math.min(a.length, b.length));
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const left = a[i] ?? 0;
    const right = b[j] ?? 0;
    if (left === right) {
      both[count] = left;
      count += 1;
    }
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return both.subarray(0, count);
}
