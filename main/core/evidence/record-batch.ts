import type { EvidenceId } from '../ids.ts';
import type { Result } from '../result.ts';
import { epochMs, type Instant } from '../time.ts';
import { callNumbers, type CallNumbers } from './call-numbers.ts';
import type { LogRecord } from './model.ts';
import {
  type Columns,
  emptyColumns,
  hasText,
  idsByPosition,
  newColumns,
  ordered,
  orderOf,
  postingsOf,
  pushText,
  reserveRow,
} from './record-columns.ts';
import type { StateFinding } from './state-finding.ts';
import type { StateSpan } from './state-span.ts';

/** The fields that a search looks into, in the order of their numbers in the store. */
export const TEXT_FIELDS = [
  'name',
  'source',
  'principal',
  'actor',
  'region',
  'account',
  'address',
  'agent',
  'error',
  'message',
  'resource',
  'detail',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** The number of a list of resources among texts: it is kept like one, and not searched. */
export const LIST_FIELD = TEXT_FIELDS.length;

/** What a record is counted as: neither, a call that may have changed something, or one that failed. */
export const KIND = { other: 0, change: 1, error: 2 } as const;

/** What many records have in common: everything but when, from where, and about what. */
export interface Call {
  readonly source: string;
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly principal: string;
  readonly actor: LogRecord['actor'];
  readonly userAgent: string;
  readonly readOnly: boolean | null;
  readonly errorCode: string | null;
  readonly flags: readonly string[];
}

/**
 * Records by columns, oldest first. Texts and calls that occur again and again are written once and then meant by number:
 * 1 upwards in the order in which a vocabulary met them, 0 for an empty text or none.
 */
export interface RecordBatch {
  /** Which vocabulary the numbers are of; it begins anew with every further number. */
  readonly vocabulary: number;
  readonly records: number;
  /** Milliseconds since 1970. */
  readonly at: Float64Array;
  readonly kind: Uint8Array;
  readonly call: Uint32Array;
  readonly address: Uint32Array;
  readonly message: Uint32Array;
  readonly resources: Uint32Array;
  readonly detail: Uint32Array;
  /** Ids that are lower-case GUIDs, 16 bytes each; zeros for the others, which are in `otherIds`. */
  readonly guids: Uint8Array;
  /** Position and id of each record whose id is no such GUID. */
  readonly otherIds: readonly (readonly [position: number, id: string])[];
  /** The fingerprint of each id, two numbers each. */
  readonly prints: Uint32Array;
  readonly newTexts: { readonly fields: Uint8Array; readonly values: readonly string[] };
  readonly newCalls: readonly Call[];
  /** For each text in it, the positions of its records: those of the text `texts[i]` end before `ends[i]`. */
  readonly postings: {
    readonly texts: Uint32Array;
    readonly ends: Uint32Array;
    readonly positions: Uint16Array;
  };
}

/** Positions are kept in 16 bits; half of that keeps a batch at a few megabytes. */
const BATCH_RECORDS = 32_768;
/** Characters of new texts after which a batch is full, whatever the number of its records. */
const BATCH_CHARACTERS = 4 * 1024 * 1024;
/** Texts and calls after which a vocabulary begins anew, so that it stays small where every record differs. */
const VOCABULARY_SIZE = 200_000;
/** Characters of texts after which it does so too: long messages of which no two are alike would fill the memory before that. */
const VOCABULARY_CHARACTERS = 16 * 1024 * 1024;

export interface RecordBatcher {
  readonly add: (record: LogRecord) => void;
  readonly size: () => number;
  /** True when the batch should be taken before more is added. */
  readonly isFull: () => boolean;
  /** The batch so far, and begins the next. */
  readonly take: () => RecordBatch;
  /** Forgets the batch so far and all numbers: what was taken before may have been removed where it went. */
  readonly reset: () => void;
}

/** Gathers records into batches. */
export function recordBatcher(): RecordBatcher {
  const columns = newColumns();
  let vocabulary = 1;
  let words = newVocabulary();

  function beginAnew(): void {
    vocabulary += 1;
    words = newVocabulary();
  }

  return {
    add(record) {
      addRecord(columns, words, record);
    },
    size: () => columns.rows,
    isFull: () => columns.rows >= BATCH_RECORDS || words.newCharacters >= BATCH_CHARACTERS,
    take() {
      const taken = takeBatch(columns, words, vocabulary);
      emptyColumns(columns);
      words.newTexts = { fields: [], values: [] };
      words.newCalls = [];
      words.callsBefore = words.calls.size();
      words.characters += words.newCharacters;
      words.newCharacters = 0;
      if (words.texts + words.calls.size() > VOCABULARY_SIZE || words.characters > VOCABULARY_CHARACTERS)
        beginAnew();
      return taken;
    },
    reset() {
      emptyColumns(columns);
      beginAnew();
    },
  };
}

function kindOfCall({ readOnly, errorCode }: Pick<Call, 'readOnly' | 'errorCode'>): number {
  if (errorCode !== null) return KIND.error;
  return readOnly === true ? KIND.other : KIND.change;
}

interface Vocabulary {
  /** By field, then by text. */
  readonly byField: readonly Map<string, number>[];
  /** By the numbers of their texts, of whether they only read, and of their flags. */
  readonly calls: CallNumbers;
  readonly key: Int32Array;
  readonly flags: Map<string, number>;
  /** The list of one resource, by the number of that one. */
  readonly lists: Map<number, number>;
  texts: number;
  newTexts: { fields: number[]; values: string[] };
  newCalls: Call[];
  /** Calls numbered before those. */
  callsBefore: number;
  newCharacters: number;
  /** Of all texts that were taken before. */
  characters: number;
  /** The last instant, since records of one instant come together. */
  at: Instant | null;
  ms: number;
}

const CALL_PARTS = 10;

function newVocabulary(): Vocabulary {
  return {
    byField: Array.from({ length: LIST_FIELD + 1 }, () => new Map<string, number>()),
    calls: callNumbers(CALL_PARTS),
    key: new Int32Array(CALL_PARTS),
    flags: new Map(),
    lists: new Map(),
    texts: 0,
    newTexts: { fields: [], values: [] },
    newCalls: [],
    callsBefore: 0,
    newCharacters: 0,
    characters: 0,
    at: null,
    ms: 0,
  };
}

const FIELD = Object.fromEntries(TEXT_FIELDS.map((field, index) => [field, index])) as Record<
  TextField,
  number
>;

function addRecord(columns: Columns, words: Vocabulary, record: LogRecord): void {
  reserveRow(columns);
  const row = columns.rows;
  columns.call[row] = numberOfCall(columns, words, record);
  columns.kind[row] = kindOfCall(record);
  if (words.at !== record.at) {
    words.at = record.at;
    words.ms = epochMs(record.at);
  }
  columns.at[row] = words.ms;
  writePrint(record.id, columns.prints, row * 2);
  if (!packGuid(record.id, columns.guids, row * 16)) columns.otherIds.push([row, record.id]);
  columns.address[row] = see(columns, words, FIELD.address, record.sourceIp);
  // An empty message is not the same as none.
  columns.message[row] =
    record.errorMessage === null
      ? 0
      : see(columns, words, FIELD.message, record.errorMessage) || numberOf(words, FIELD.message, '');
  columns.detail[row] = see(columns, words, FIELD.detail, record.detail);
  columns.resources[row] = seeResources(columns, words, record.resources);
  columns.textEnds[row] = columns.textCount;
  columns.rows = row + 1;
}

/** The number of a text, which the record has; 0 for an empty one. */
function see(columns: Columns, words: Vocabulary, field: number, value: string): number {
  if (value === '') return 0;
  const number = numberOf(words, field, value);
  pushText(columns, number);
  return number;
}

function numberOfCall(columns: Columns, words: Vocabulary, record: LogRecord): number {
  const { key, calls, flags } = words;
  key[0] = see(columns, words, FIELD.name, record.name);
  key[1] = see(columns, words, FIELD.source, record.source);
  key[2] = see(columns, words, FIELD.principal, record.principal);
  key[3] = see(columns, words, FIELD.region, record.region);
  key[4] = see(columns, words, FIELD.account, record.account);
  key[5] = see(columns, words, FIELD.agent, record.userAgent);
  key[6] = see(columns, words, FIELD.actor, record.actor);
  key[7] = record.errorCode === null ? -1 : see(columns, words, FIELD.error, record.errorCode);
  key[8] = record.readOnly === null ? -1 : Number(record.readOnly);
  key[9] = 0;
  if (record.flags.length > 0) {
    const written = JSON.stringify(record.flags);
    key[9] = flags.get(written) ?? flags.size + 1;
    if (key[9] > flags.size) flags.set(written, key[9]);
  }
  const call = calls.numberOf(key);
  if (call > words.callsBefore + words.newCalls.length) words.newCalls.push(callOf(record));
  return call;
}

function seeResources(columns: Columns, words: Vocabulary, resources: readonly string[]): number {
  if (resources.length === 0) return 0;
  const from = columns.textCount;
  for (const resource of resources) {
    const number = resource === '' ? 0 : numberOf(words, FIELD.resource, resource);
    if (number !== 0 && !hasText(columns, number, from)) pushText(columns, number);
  }
  const only = resources.length === 1 && columns.textCount > from ? (columns.texts[from] ?? 0) : 0;
  if (only === 0) return numberOf(words, LIST_FIELD, JSON.stringify(resources));
  const known = words.lists.get(only);
  if (known !== undefined) return known;
  const list = numberOf(words, LIST_FIELD, JSON.stringify(resources));
  words.lists.set(only, list);
  return list;
}

function callOf(record: LogRecord): Call {
  const { source, name, region, account, principal, actor, userAgent, readOnly, errorCode, flags } = record;
  return { source, name, region, account, principal, actor, userAgent, readOnly, errorCode, flags };
}

function numberOf(words: Vocabulary, field: number, value: string): number {
  const map = words.byField[field];
  if (map === undefined) throw new Error(`There is no field ${field}`);
  const known = map.get(value);
  if (known !== undefined) return known;
  words.texts += 1;
  map.set(value, words.texts);
  words.newTexts.fields.push(field);
  words.newTexts.values.push(value);
  words.newCharacters += value.length;
  return words.texts;
}

function takeBatch(columns: Columns, words: Vocabulary, vocabulary: number): RecordBatch {
  const order = orderOf(columns);
  const { rows } = columns;
  const placed = { rows, order };
  return {
    vocabulary,
    records: rows,
    at: ordered(columns.at, placed),
    kind: ordered(columns.kind, placed),
    call: ordered(columns.call, placed),
    address: ordered(columns.address, placed),
    message: ordered(columns.message, placed),
    resources: ordered(columns.resources, placed),
    detail: ordered(columns.detail, placed),
    guids: ordered(columns.guids, { ...placed, width: 16 }),
    otherIds: idsByPosition(columns, order),
    prints: ordered(columns.prints, { ...placed, width: 2 }),
    newTexts: { fields: Uint8Array.from(words.newTexts.fields), values: words.newTexts.values },
    newCalls: words.newCalls,
    postings: postingsOf(columns, order, words.texts),
  };
}

/**
 * A fingerprint of 64 bits, never all zero: equal ids have equal ones, and other ids hardly ever. What depends on equality must
 * still compare the ids. After https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js
 */
export function writePrint(id: string, into: Uint32Array, at: number): void {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < id.length; index += 1) {
    const code = id.charCodeAt(index);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  into[at] = high;
  into[at + 1] = low | 1;
}

/** Packs a GUID written as 8-4-4-4-12 lower-case hexadecimal digits; false when it is anything else. */
function packGuid(id: string, into: Uint8Array, at: number): boolean {
  if (id.length !== 36) return false;
  let digits = 0;
  for (let index = 0; index < 36; index += 1) {
    const code = id.charCodeAt(index);
    if (index === 8 || index === 13 || index === 18 || index === 23) {
      if (code !== 0x2d) return unpacked(into, at);
      continue;
    }
    const digit =
      code >= 0x30 && code <= 0x39 ? code - 0x30 : code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
    if (digit === -1) return unpacked(into, at);
    const byte = at + (digits >> 1);
    into[byte] = (digits & 1) === 0 ? digit << 4 : (into[byte] ?? 0) | digit;
    digits += 1;
  }
  return true;
}

function unpacked(into: Uint8Array, at: number): false {
  into.fill(0, at, at + 16);
  return false;
}

/** The text of a packed GUID. */
export function guidOf(bytes: Uint8Array, at = 0): string {
  let text = '';
  for (let index = 0; index < 16; index += 1) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-';
    text += (bytes[at + index] ?? 0).toString(16).padStart(2, '0');
  }
  return text;
}

/** What a reader of files sends to whoever keeps the database, each for one import; each is answered before long. */
export type BatchMessage =
  | { readonly fileId: EvidenceId; readonly batch: RecordBatch }
  | { readonly fileId: EvidenceId; readonly findings: readonly StateFinding[] }
  | { readonly fileId: EvidenceId; readonly spans: readonly StateSpan[] };

/** The answer: how many of its records were new, or why they were not kept. */
export type BatchReply = Result<{ readonly inserted: number; readonly duplicates: number }>;
