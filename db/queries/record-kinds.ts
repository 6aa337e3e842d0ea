import { KIND } from '../../main/core/evidence/record-batch.ts';
import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { uint32 } from './record-ids.ts';

/** Stands at the position of a duplicate that was left out. */
export const NO_RECORD = 0xff;

/** A batch of a finished file: it never changes again, but may be emptied, and is not asked for then. */
export interface FinishedBatch {
  readonly batch: number;
  readonly firstRecord: number;
  readonly positions: number;
}

const known = new WeakMap<ReadableDb, Map<number, Uint8Array>>();
/** So many batches are kept in memory: a byte for each record. */
const MOST_BATCHES = 1024;

/** Whether `kindsOf` has that batch in memory already. */
export function areKindsKnown(db: ReadableDb, batch: number): boolean {
  return known.get(db)?.has(batch) === true;
}

/** By position in a batch what its record is counted as (`KIND`), or `NO_RECORD`. Kept in memory for the next search. */
export function kindsOf(db: ReadableDb, batch: FinishedBatch): Uint8Array {
  const byBatch = known.get(db) ?? new Map<number, Uint8Array>();
  known.set(db, byBatch);
  const there = byBatch.get(batch.batch);
  if (there !== undefined) return there;
  const kinds = readKinds(db, batch);
  if (byBatch.size >= MOST_BATCHES) byBatch.clear();
  byBatch.set(batch.batch, kinds);
  return kinds;
}

function readKinds(db: ReadableDb, { batch, firstRecord, positions }: FinishedBatch): Uint8Array {
  // One digit for each record in one text: a row each would take longer to hand over than to read.
  const digits =
    prepared<[number, number], string | null>(
      db,
      `SELECT group_concat(kind, '' ORDER BY record) FROM log_row WHERE record BETWEEN ? AND ?`,
    )
      .pluck()
      .get(firstRecord, firstRecord + positions - 1) ?? '';
  const prints = uint32(
    prepared<[number], Buffer>(db, 'SELECT prints FROM log_batch WHERE batch = ?').pluck().get(batch) ??
      Buffer.of(),
  );
  const kinds = new Uint8Array(positions).fill(NO_RECORD);
  let digit = 0;
  for (let position = 0; position < positions; position += 1) {
    if (prints[position * 2] === 0 && prints[position * 2 + 1] === 0) continue;
    kinds[position] = digits.charCodeAt(digit) - ZERO;
    digit += 1;
  }
  return kinds;
}

const ZERO = '0'.charCodeAt(0) - KIND.other;
