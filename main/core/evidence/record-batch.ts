import type { EvidenceId } from '../ids.ts';
import type { Result } from '../result.ts';
import { epochMs } from '../time.ts';
import type { LogRecord } from './model.ts';
import type { StateFinding } from './state-finding.ts';

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
  let vocabulary = 1;
  let words = newVocabulary();
  let batch = newColumns();

  function beginAnew(): void {
    vocabulary += 1;
    words = newVocabulary();
  }

  return {
    add(record) {
      addRecord(batch, words, record);
    },
    size: () => batch.at.length,
    isFull: () => batch.at.length >= BATCH_RECORDS || words.newCharacters >= BATCH_CHARACTERS,
    take() {
      const taken = takeBatch(batch, words, vocabulary);
      batch = newColumns();
      words.newTexts = { fields: [], values: [] };
      words.newCalls = [];
      words.newCharacters = 0;
      if (words.texts + words.calls.size > VOCABULARY_SIZE) beginAnew();
      return taken;
    },
    reset() {
      batch = newColumns();
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
  readonly calls: Map<string, number>;
  texts: number;
  newTexts: { fields: number[]; values: string[] };
  newCalls: Call[];
  newCharacters: number;
}

function newVocabulary(): Vocabulary {
  return {
    byField: Array.from({ length: LIST_FIELD + 1 }, () => new Map<string, number>()),
    calls: new Map(),
    texts: 0,
    newTexts: { fields: [], values: [] },
    newCalls: [],
    newCharacters: 0,
  };
}

/** Columns in the order in which the records came. */
function newColumns() {
  return {
    at: [] as number[],
    kind: [] as number[],
    call: [] as number[],
    address: [] as number[],
    message: [] as number[],
    resources: [] as number[],
    detail: [] as number[],
    ids: [] as string[],
    /** The texts of all records one after the other, and where those of each end. */
    texts: [] as number[],
    textEnds: [] as number[],
  };
}
type Columns = ReturnType<typeof newColumns>;

const FIELD = Object.fromEntries(TEXT_FIELDS.map((field, index) => [field, index])) as Record<
  TextField,
  number
>;

function addRecord(columns: Columns, words: Vocabulary, record: LogRecord): void {
  const { texts } = columns;
  const see = (field: number, value: string): number => {
    if (value === '') return 0;
    const number = numberOf(words, field, value);
    texts.push(number);
    return number;
  };
  const key =
    `${see(FIELD.name, record.name)},${see(FIELD.source, record.source)},${see(FIELD.principal, record.principal)},` +
    `${see(FIELD.region, record.region)},${see(FIELD.account, record.account)},${see(FIELD.agent, record.userAgent)},` +
    `${see(FIELD.actor, record.actor)},${record.errorCode === null ? '' : see(FIELD.error, record.errorCode)},` +
    `${record.readOnly === null ? '' : Number(record.readOnly)},${record.flags.length === 0 ? '' : JSON.stringify(record.flags)}`;
  let call = words.calls.get(key);
  if (call === undefined) {
    call = words.calls.size + 1;
    words.calls.set(key, call);
    words.newCalls.push(callOf(record));
  }
  columns.call.push(call);
  columns.kind.push(kindOfCall(record));
  columns.at.push(epochMs(record.at));
  columns.ids.push(record.id);
  columns.address.push(see(FIELD.address, record.sourceIp));
  // An empty message is not the same as none.
  columns.message.push(
    record.errorMessage === null
      ? 0
      : see(FIELD.message, record.errorMessage) || numberOf(words, FIELD.message, ''),
  );
  columns.detail.push(see(FIELD.detail, record.detail));
  const from = texts.length;
  for (const resource of record.resources) {
    const number = resource === '' ? 0 : numberOf(words, FIELD.resource, resource);
    if (number !== 0 && !texts.includes(number, from)) texts.push(number);
  }
  columns.resources.push(
    record.resources.length === 0 ? 0 : numberOf(words, LIST_FIELD, JSON.stringify(record.resources)),
  );
  columns.textEnds.push(texts.length);
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
  const order = oldestFirst(columns.at);
  const records = order.length;
  const guids = new Uint8Array(records * 16);
  const otherIds: [number, string][] = [];
  const prints = new Uint32Array(records * 2);
  for (let position = 0; position < records; position += 1) {
    const id = columns.ids[order[position] ?? 0] ?? '';
    writePrint(id, prints, position * 2);
    if (!packGuid(id, guids, position * 16)) otherIds.push([position, id]);
  }
  return {
    vocabulary,
    records,
    at: Float64Array.from(order, (index) => columns.at[index] ?? 0),
    kind: Uint8Array.from(order, (index) => columns.kind[index] ?? 0),
    call: numbers(order, columns.call),
    address: numbers(order, columns.address),
    message: numbers(order, columns.message),
    resources: numbers(order, columns.resources),
    detail: numbers(order, columns.detail),
    guids,
    otherIds,
    prints,
    newTexts: { fields: Uint8Array.from(words.newTexts.fields), values: words.newTexts.values },
    newCalls: words.newCalls,
    postings: postingsOf(columns, order, words.texts),
  };
}

function numbers(order: Uint32Array, column: readonly number[]): Uint32Array {
  return Uint32Array.from(order, (index) => column[index] ?? 0);
}

/** The order by time; records of one instant stay as they came. */
function oldestFirst(at: readonly number[]): Uint32Array {
  const order = Uint32Array.from(at, (_, index) => index);
  for (let index = 1; index < at.length; index += 1) {
    if ((at[index] ?? 0) < (at[index - 1] ?? 0)) {
      return order.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b);
    }
  }
  return order;
}

/** Turns the texts of each record around into the records of each text. */
function postingsOf(columns: Columns, order: Uint32Array, highest: number): RecordBatch['postings'] {
  const { texts, textEnds } = columns;
  const ends = new Uint32Array(highest + 2);
  for (const text of texts) ends[text + 1] = (ends[text + 1] ?? 0) + 1;
  let present = 0;
  for (let text = 1; text < ends.length; text += 1) {
    if ((ends[text] ?? 0) > 0) present += 1;
    ends[text] = (ends[text] ?? 0) + (ends[text - 1] ?? 0);
  }
  // From here on `ends[text]` is where the next position of that text goes.
  const positions = new Uint16Array(texts.length);
  order.forEach((index, position) => {
    const last = textEnds[index] ?? 0;
    for (let at = index === 0 ? 0 : (textEnds[index - 1] ?? 0); at < last; at += 1) {
      const text = texts[at] ?? 0;
      const to = ends[text] ?? 0;
      positions[to] = position;
      ends[text] = to + 1;
    }
  });
  const found = { texts: new Uint32Array(present), ends: new Uint32Array(present), positions };
  let before = 0;
  let slot = 0;
  for (let text = 1; text <= highest; text += 1) {
    const end = ends[text] ?? 0;
    if (end === before) continue;
    found.texts[slot] = text;
    found.ends[slot] = end;
    slot += 1;
    before = end;
  }
  return found;
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
  | { readonly fileId: EvidenceId; readonly findings: readonly StateFinding[] };

/** The answer: how many of its records were new, or why they were not kept. */
export type BatchReply = Result<{ readonly inserted: number; readonly duplicates: number }>;
