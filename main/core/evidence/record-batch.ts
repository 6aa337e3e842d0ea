import type { EvidenceId } from '../ids.ts';
import type { Result } from '../result.ts';
import type { LogRecord } from './model.ts';
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
export function packGuid(id: string, into: Uint8Array, at: number): boolean {
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
