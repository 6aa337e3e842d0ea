import { createGunzip } from 'node:zlib';

/** How far a compressed file may unfold before reading stops. */
export interface UnpackLimits {
  /** Unpacked bytes for each stored byte, counted once `unpackedFloor` is passed. Deflate itself can reach 1032. */
  readonly ratio: number;
  /** Unpacked bytes below which the ratio does not count: small files may be very regular. */
  readonly unpackedFloor: number;
  /** Unpacked bytes altogether. */
  readonly total: number;
}

/**
 * - `going`: give me more
 * - `ended`: the compressed part is over, although bytes follow
 * - `damaged`: the bytes given last cannot be unpacked
 * - `too_large`: it unfolds beyond the limits
 */
type UnpackState = 'going' | 'ended' | 'damaged' | 'too_large';

export interface Unpacker {
  /**
   * Unpacks further stored bytes. What came out before is handed over while zlib works on them, so `state` and
   * `unpacked` may be ahead of what `onChunk` has seen until `finish`.
   */
  push(slice: Buffer): Promise<UnpackState>;
  /** Hands over the rest; answers `cut_off` when the compressed data has no proper end. */
  finish(): Promise<UnpackState | 'whole' | 'cut_off'>;
  /** Gives up: frees zlib's memory. */
  destroy(): void;
}

/** Stored bytes unpacked at a time: even at the highest ratio that is at most 17 MB waiting. */
export const SLICE_BYTES = 16 * 1024;

/** Unpacks gzip, of several members too. `onChunk` gets the content in order. */
export function unpacker(limits: UnpackLimits, onChunk: (chunk: Buffer) => Promise<void>): Unpacker {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  let state: UnpackState = 'going';
  let cutOff = false;
  let stored = 0;
  let unpacked = 0;
  let waiting: Buffer[] = [];
  let wake: () => void = () => undefined;

  gunzip.on('data', (chunk: Buffer) => {
    unpacked += chunk.length;
    const beyond =
      unpacked > limits.total || (unpacked > limits.unpackedFloor && unpacked > stored * limits.ratio);
    if (beyond) {
      state = 'too_large';
      gunzip.destroy();
      wake();
    } else {
      waiting.push(chunk);
    }
  });
  gunzip.on('end', () => {
    if (state === 'going') state = 'ended';
    wake();
  });
  gunzip.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'Z_BUF_ERROR') cutOff = true;
    else if (state === 'going') state = 'damaged';
    wake();
  });

  async function handOver(): Promise<void> {
    const chunks = waiting;
    waiting = [];
    for (const chunk of chunks) await onChunk(chunk);
  }

  return {
    async push(slice) {
      if (state !== 'going') return state;
      stored += slice.length;
      const taken = new Promise<void>((resolve) => {
        wake = resolve;
        gunzip.write(slice, () => {
          resolve();
        });
      });
      await handOver();
      await taken;
      return state;
    },
    async finish() {
      if (state === 'going') {
        await new Promise<void>((resolve) => {
          wake = resolve;
          gunzip.end();
        });
      }
      await handOver();
      gunzip.destroy();
      if (cutOff) return 'cut_off';
      return state === 'ended' || state === 'going' ? 'whole' : state;
    },
    destroy() {
      gunzip.destroy();
    },
  };
}
