import { KIND, type RecordBatch } from '../../main/core/evidence/record-batch.ts';

/**
 * Sums in columns, one place for the changes, errors or flagged records of one call within one minute of one batch: the number of
 * the call, how many, when the first and the last were (milliseconds since 1970), and the number of the record that was last;
 * the one with the smallest id where several were.
 */
export interface GroupColumns {
  readonly call: Uint32Array;
  readonly count: Uint32Array;
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly lastRecord: Float64Array;
}

/** Minutes that fit beside the number of a call in a whole number: 127 years. */
const MINUTES = 2 ** 26;

export interface GroupGatherer {
  /** Takes the record at a position; records come oldest first. */
  readonly add: (position: number, call: number) => void;
  /** Columns one after the other: first, last (64-bit floats), call, count, position of the last (32 bits). */
  readonly blob: () => Buffer;
}

/**
 * Gathers what counts when an incident is looked at, by call and minute, while records are written: changes, errors, and whatever
 * carries a flag. `idOf` gives the id at a position, `isFlagged` says it of a call.
 */
export function groupGatherer(
  batch: RecordBatch,
  idOf: (position: number) => string,
  isFlagged: (call: number) => boolean,
): GroupGatherer {
  const byKey = new Map<number | string, number>();
  const earliest = Math.floor((batch.at[0] ?? 0) / 60_000);
  const calls: number[] = [];
  const counts: number[] = [];
  const first: number[] = [];
  const last: number[] = [];
  const lastPosition: number[] = [];
  return {
    add(position: number, call: number): void {
      if (batch.kind[position] === KIND.other && !isFlagged(call)) return;
      const at = batch.at[position] ?? 0;
      const minute = Math.floor(at / 60_000) - earliest;
      const key = minute < MINUTES ? call * MINUTES + minute : `${call} ${minute}`;
      const known = byKey.get(key);
      if (known === undefined) {
        byKey.set(key, calls.length);
        calls.push(call);
        counts.push(1);
        first.push(at);
        last.push(at);
        lastPosition.push(position);
        return;
      }
      counts[known] = (counts[known] ?? 0) + 1;
      const before = lastPosition[known] ?? 0;
      if (at > (last[known] ?? 0) || idOf(position) < idOf(before)) lastPosition[known] = position;
      last[known] = at;
    },
    blob(): Buffer {
      const n = calls.length;
      const bytes = new ArrayBuffer(n * 28);
      new Float64Array(bytes, 0, n).set(first);
      new Float64Array(bytes, n * 8, n).set(last);
      new Uint32Array(bytes, n * 16, n).set(calls);
      new Uint32Array(bytes, n * 20, n).set(counts);
      new Uint32Array(bytes, n * 24, n).set(lastPosition);
      return Buffer.from(bytes);
    },
  };
}

/** Reads the groups of a stored batch, whose records are numbered from `firstRecord` on. */
export function groupsIn(blob: Uint8Array, firstRecord: number): GroupColumns {
  const bytes = new Uint8Array(blob).buffer;
  const n = bytes.byteLength / 28;
  const positions = new Uint32Array(bytes, n * 24, n);
  const lastRecord = new Float64Array(n);
  for (let index = 0; index < n; index += 1) lastRecord[index] = firstRecord + (positions[index] ?? 0);
  return {
    first: new Float64Array(bytes, 0, n),
    last: new Float64Array(bytes, n * 8, n),
    call: new Uint32Array(bytes, n * 16, n),
    count: new Uint32Array(bytes, n * 20, n),
    lastRecord,
  };
}
