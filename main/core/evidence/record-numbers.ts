import type { Instant } from '../time.ts';
import { callNumbers, type CallNumbers } from './call-numbers.ts';
import type { LogRecord } from './model.ts';
import { type Call, KIND, LIST_FIELD, TEXT_FIELDS, type TextField } from './record-batch.ts';
import type { ListNumbers, TemplateNumbers } from './templated-record.ts';

/** Texts and calls by number, as one sender of batches met them. */
export interface Vocabulary {
  /** Stands for it in what is remembered elsewhere. */
  readonly mark: object;
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

export function newVocabulary(): Vocabulary {
  return {
    mark: {},
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

/** The numbers of all of a record but its id, time, address and resources. */
export function templateNumbers(words: Vocabulary, record: LogRecord): TemplateNumbers {
  const texts: number[] = [];
  const call = numberOfCall(words, record, texts);
  // An empty message is not the same as none.
  const message =
    record.errorMessage === null
      ? 0
      : see(words, texts, FIELD.message, record.errorMessage) || numberOf(words, FIELD.message, '');
  const detail = see(words, texts, FIELD.detail, record.detail);
  return { call, kind: kindOfCall(record), message, detail, texts };
}

function kindOfCall({ readOnly, errorCode }: Pick<Call, 'readOnly' | 'errorCode'>): number {
  if (errorCode !== null) return KIND.error;
  return readOnly === true ? KIND.other : KIND.change;
}

/** The number of a text that the record has, which is noted among its texts; 0 for an empty one. */
function see(words: Vocabulary, texts: number[], field: number, value: string): number {
  if (value === '') return 0;
  const number = numberOf(words, field, value);
  texts.push(number);
  return number;
}

function numberOfCall(words: Vocabulary, record: LogRecord, texts: number[]): number {
  const { key, calls, flags } = words;
  key[0] = see(words, texts, FIELD.name, record.name);
  key[1] = see(words, texts, FIELD.source, record.source);
  key[2] = see(words, texts, FIELD.principal, record.principal);
  key[3] = see(words, texts, FIELD.region, record.region);
  key[4] = see(words, texts, FIELD.account, record.account);
  key[5] = see(words, texts, FIELD.agent, record.userAgent);
  key[6] = see(words, texts, FIELD.actor, record.actor);
  key[7] = record.errorCode === null ? -1 : see(words, texts, FIELD.error, record.errorCode);
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

function callOf(record: LogRecord): Call {
  const { source, name, region, account, principal, actor, userAgent, readOnly, errorCode, flags } = record;
  return { source, name, region, account, principal, actor, userAgent, readOnly, errorCode, flags };
}

/** The number of an address; 0 for an empty one. */
export function addressNumber(words: Vocabulary, address: string): number {
  return address === '' ? 0 : numberOf(words, FIELD.address, address);
}

export function listNumbers(words: Vocabulary, resources: readonly string[]): ListNumbers {
  const texts: number[] = [];
  if (resources.length === 0) return { list: 0, texts };
  for (const resource of resources) {
    const number = resource === '' ? 0 : numberOf(words, FIELD.resource, resource);
    if (number !== 0 && !texts.includes(number)) texts.push(number);
  }
  const only = resources.length === 1 ? texts[0] : undefined;
  const known = only === undefined ? undefined : words.lists.get(only);
  const list = known ?? numberOf(words, LIST_FIELD, JSON.stringify(resources));
  if (only !== undefined && known === undefined) words.lists.set(only, list);
  return { list, texts };
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
