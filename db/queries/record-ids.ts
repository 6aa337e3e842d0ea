import type { ReadableDb } from '../database.ts';
import { prepared } from '../database.ts';

/*
 * Which ids an incident has, in memory while records come in. An index on random ids in the database would touch a page of its
 * own for nearly every record; its cost grows faster than the number of records. Here a record takes 12 to 20 bytes while an
 * import runs, read back from the fingerprints that each batch keeps.
 */

interface Known {
  readonly incident: number;
  /** The file whose ids do not count, since another reading is to take its place. */
  readonly without: number | null;
  /** The newest batch that is in it. */
  lastBatch: number;
  count: number;
  /** By entry: two halves of a fingerprint, and the record's number. */
  prints: Uint32Array;
  records: Float64Array;
  /** Open addressing: the place of an entry plus one, 0 for free. */
  slots: Uint32Array;
}

const known = new WeakMap<ReadableDb, Known>();
const SMALLEST = 1 << 15;

/** Forgets what is in memory: after an import, and whenever records were removed. */
export function forgetIds(db: ReadableDb): void {
  known.delete(db);
}

/** The ids of an incident by their fingerprints. */
export interface KnownIds {
  /** Whether any record's id has that fingerprint. */
  readonly mayHave: (high: number, low: number) => boolean;
  /** The numbers of the records whose id has it: hardly ever more than one. */
  readonly candidates: (high: number, low: number) => Iterable<number>;
  readonly add: (high: number, low: number, record: number) => void;
  /** Says that a batch has been added one by one. */
  readonly reached: (batch: number) => void;
}

/** The ids of an incident, as of now; but for those of one file, if one is given. */
export function idsOfIncident(db: ReadableDb, incident: number, without: number | null): KnownIds {
  const ids = readNew(db, knownOf(db, incident, without));
  return {
    *candidates(high: number, low: number): Generator<number> {
      const mask = ids.slots.length - 1;
      for (let slot = (high ^ low) & mask; ids.slots[slot] !== 0; slot = (slot + 1) & mask) {
        const entry = (ids.slots[slot] ?? 0) - 1;
        if (ids.prints[entry * 2] === high && ids.prints[entry * 2 + 1] === low)
          yield ids.records[entry] ?? 0;
      }
    },
    mayHave(high: number, low: number): boolean {
      const mask = ids.slots.length - 1;
      for (let slot = (high ^ low) & mask; ids.slots[slot] !== 0; slot = (slot + 1) & mask) {
        const entry = (ids.slots[slot] ?? 0) - 1;
        if (ids.prints[entry * 2] === high && ids.prints[entry * 2 + 1] === low) return true;
      }
      return false;
    },
    add(high: number, low: number, record: number): void {
      add(ids, high, low, record);
    },
    reached(batch: number): void {
      ids.lastBatch = batch;
    },
  };
}

function knownOf(db: ReadableDb, incident: number, without: number | null): Known {
  const one = known.get(db);
  if (one?.incident === incident && one.without === without) return one;
  const fresh: Known = {
    incident,
    without,
    lastBatch: 0,
    count: 0,
    prints: new Uint32Array(SMALLEST),
    records: new Float64Array(SMALLEST / 2),
    slots: new Uint32Array(SMALLEST),
  };
  known.set(db, fresh);
  return fresh;
}

/** Takes in the batches that came since: this process's first look, or another process's import. */
function readNew(db: ReadableDb, ids: Known): Known {
  const rows = prepared<
    [number, number, number | null],
    { batch: number; firstRecord: number; prints: Buffer }
  >(
    db,
    `SELECT batch, first_record AS firstRecord, prints FROM log_batch
     WHERE incident = ? AND batch > ? AND file IS NOT ? ORDER BY batch`,
  ).iterate(ids.incident, ids.lastBatch, ids.without);
  for (const { batch, firstRecord, prints } of rows) {
    const numbers = uint32(prints);
    for (let position = 0; position * 2 < numbers.length; position += 1) {
      const low = numbers[position * 2 + 1] ?? 0;
      if (low !== 0) add(ids, numbers[position * 2] ?? 0, low, firstRecord + position);
    }
    ids.lastBatch = batch;
  }
  return ids;
}

function add(ids: Known, high: number, low: number, record: number): void {
  if (ids.count === ids.records.length) {
    ids.prints = grown(ids.prints, new Uint32Array(ids.prints.length * 2));
    ids.records = grown(ids.records, new Float64Array(ids.records.length * 2));
    ids.slots = new Uint32Array(ids.slots.length * 2);
    for (let entry = 0; entry < ids.count; entry += 1) place(ids, entry);
  }
  const entry = ids.count;
  ids.prints[entry * 2] = high;
  ids.prints[entry * 2 + 1] = low;
  ids.records[entry] = record;
  ids.count += 1;
  place(ids, entry);
}

function place(ids: Known, entry: number): void {
  const mask = ids.slots.length - 1;
  let slot = ((ids.prints[entry * 2] ?? 0) ^ (ids.prints[entry * 2 + 1] ?? 0)) & mask;
  while (ids.slots[slot] !== 0) slot = (slot + 1) & mask;
  ids.slots[slot] = entry + 1;
}

function grown<T extends Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** A blob's bytes as numbers; a copy, since a blob may begin anywhere in memory. */
export function uint32(blob: Uint8Array): Uint32Array {
  return new Uint32Array(new Uint8Array(blob).buffer);
}
