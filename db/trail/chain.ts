import { createHash } from 'node:crypto';
import type { Instant } from '../../main/core/time.ts';
import { epochMs } from '../../main/core/time.ts';
import type { IncidentId } from '../../main/core/ids.ts';
import type { WriterId } from '../../main/core/trail/model.ts';
import { canonicalText } from './canonical.ts';

/** What an entry says; its canonical JSON is the entry's body. Keys are short words, fixed since version 1. */
export interface EntryBody {
  readonly v: 1;
  readonly incident: IncidentId;
  readonly writer: WriterId;
  readonly seq: number;
  readonly hlc: string;
  readonly at: Instant;
  /** Minutes east of UTC. */
  readonly offset: number;
  readonly actor: string;
  readonly type: string;
  readonly data: unknown;
}

/** The `prev` of a chain's first entry: SHA-256 of `demarc-trail-v1`, the incident's id and the writer's id, one after the other. */
export function genesis(incidentId: string, writer: string): Buffer {
  return createHash('sha256').update('demarc-trail-v1').update(incidentId).update(writer).digest();
}

const LEAF = Buffer.from([0x00]);

/** SHA-256(0x00 || prev || body), over the body's bytes as stored. */
export function entryHash(prev: Uint8Array, body: Uint8Array): Buffer {
  return createHash('sha256').update(LEAF).update(prev).update(body).digest();
}

/** The bytes of an entry's body. Throws `NotCanonical`. */
export function bodyBytes(body: EntryBody): Buffer {
  return Buffer.from(canonicalText(body), 'utf8');
}

const COUNTER_DIGITS = 5;
const COUNTER_LIMIT = 10 ** COUNTER_DIGITS;

/**
 * The hybrid logical clock after `last` at wall time `at`: milliseconds since 1970 in 15 digits, a counter in 5. Never
 * earlier than `last`, and never equal to it, whatever the wall clock does
 * (Kulkarni et al., Logical Physical Clocks, 2014).
 */
export function nextHlc(last: string | null, at: Instant): string {
  const wall = epochMs(at);
  if (last === null) return hlcText(wall, 0);
  const lastMs = Number(last.slice(0, 15));
  const counter = Number(last.slice(16)) + 1;
  if (wall > lastMs) return hlcText(wall, 0);
  return counter < COUNTER_LIMIT ? hlcText(lastMs, counter) : hlcText(lastMs + 1, 0);
}

function hlcText(ms: number, counter: number): string {
  return `${String(Math.max(ms, 0)).padStart(15, '0')}-${String(counter).padStart(COUNTER_DIGITS, '0')}`;
}
