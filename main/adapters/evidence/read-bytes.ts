import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { fail, ok, type Result } from '../../core/result.ts';
import { SLICE_BYTES, type UnpackLimits, unpacker } from './unpack.ts';

interface BytesRead {
  /** Of the bytes as stored. */
  readonly sha256: string;
  /** Stored bytes. */
  readonly size: number;
  /** False when the content ends where the file does not: it is damaged, cut off or unfolds too far. The notes say which. */
  readonly complete: boolean;
  readonly notes: readonly string[];
}

interface ByteReader {
  readonly signal: AbortSignal;
  /** Gets the unpacked bytes in order; reading goes on when the promise has resolved. */
  readonly onChunk: (chunk: Buffer) => Promise<void>;
  readonly onProgress: (storedBytes: number) => void;
  readonly limits: UnpackLimits;
}

/** Bytes that can be asked for by their place. */
export interface ByteSource {
  /** Names it in failures. */
  readonly path: string;
  /** How many are there now. */
  readonly size: () => Promise<number>;
  /** At most `length` of them from `at` on, in a fresh buffer, since unpacking may still look at the one before; none at the end. */
  readonly read: (at: number, length: number) => Promise<Buffer>;
}

const CHUNK_BYTES = 256 * 1024;

/** What the disk refused, told from a fault of whoever takes the bytes. */
class Refused extends Error {}

/** Opens a file for `use`. Fails with `unreadable` when it cannot be opened, or when reading is refused while it is used. */
export async function withFile<T>(
  path: string,
  use: (source: ByteSource) => Promise<Result<T>>,
): Promise<Result<T>> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    return fail('unreadable', `The file cannot be opened: ${reasonOf(cause)}.`, path);
  }
  const asked = async <A>(question: Promise<A>): Promise<A> => {
    try {
      return await question;
    } catch (cause) {
      throw new Refused(reasonOf(cause));
    }
  };
  try {
    if (!(await asked(file.stat())).isFile()) return fail('unreadable', 'This is not a regular file.', path);
    return await use({
      path,
      size: async () => (await asked(file.stat())).size,
      async read(at, length) {
        const buffer = Buffer.allocUnsafe(length);
        const { bytesRead } = await asked(file.read(buffer, 0, length, at));
        return buffer.subarray(0, bytesRead);
      },
    });
  } catch (cause) {
    if (cause instanceof Refused) {
      return fail('unreadable', `The file cannot be read: ${cause.message}.`, path);
    }
    throw cause;
  } finally {
    await file.close();
  }
}

/**
 * Reads bytes once, up to the size they had at the beginning: hashes them as stored, unpacks gzip (told by its first
 * bytes) and hands the content over in chunks. A compressed file that is cut off or damaged gives what comes before
 * the damage, and a note. Fails with `cancelled`; what the source rejects with, or `onChunk`, is thrown here.
 */
export async function readBytes(source: ByteSource, reader: ByteReader): Promise<Result<BytesRead>> {
  const { path } = source;
  const size = await source.size();
  const hash = createHash('sha256');
  const notes: string[] = [];
  const chunkAt = (at: number): Promise<Buffer> => {
    const chunk = source.read(at, Math.min(CHUNK_BYTES, size - at));
    // Whoever waits for it gets what went wrong; until then nobody does.
    chunk.catch(() => undefined);
    return chunk;
  };
  let read = 0;
  let packed: PackedContent | null = null;
  let next = chunkAt(0);
  try {
    while (read < size) {
      if (reader.signal.aborted) return fail('cancelled', 'Reading was cancelled.', path);
      const chunk = await next;
      // The disk fetches what follows while this is being worked on.
      next = chunkAt(read + chunk.length);
      if (chunk.length === 0) {
        notes.push(`The file became shorter while it was read: ${read} of ${size} bytes were there.`);
        break;
      }
      hash.update(chunk);
      if (read === 0 && chunk[0] === 0x1f && chunk[1] === 0x8b) packed = packedContent(source, reader);
      if (packed === null) await reader.onChunk(chunk);
      else await packed.push(chunk, read);
      read += chunk.length;
      reader.onProgress(read);
    }
    const trouble = packed === null ? null : await packed.finish();
    if (trouble !== null) notes.push(trouble);
    if ((await source.size()) > size) {
      notes.push(
        `The file has grown while it was read: its first ${size} bytes were read. Import it again for the rest.`,
      );
    }
    if (reader.signal.aborted) return fail('cancelled', 'Reading was cancelled.', path);
    return ok({ sha256: hash.digest('hex'), size: read, complete: notes.length === 0, notes });
  } finally {
    packed?.destroy();
    // Its source may only be closed when nothing is being read any more; what went wrong there is of no interest.
    await next.catch(() => undefined);
  }
}

interface PackedContent {
  push(chunk: Buffer, at: number): Promise<void>;
  /** A sentence on what went wrong; null when the content was unpacked to its end. */
  finish(): Promise<string | null>;
  destroy(): void;
}

/** Unpacks in slices; after damage it goes back and gets what stands before the damaged byte. */
function packedContent(source: ByteSource, reader: ByteReader): PackedContent {
  let handedOver = 0;
  let trouble: string | null = null;
  let over = false;
  const deliver = async (chunk: Buffer): Promise<void> => {
    handedOver += chunk.length;
    await reader.onChunk(chunk);
  };
  const main = unpacker(reader.limits, deliver);

  async function stop(
    at: number,
    sliceLength: number,
    state: 'ended' | 'damaged' | 'too_large',
  ): Promise<void> {
    over = true;
    await main.finish();
    if (state === 'damaged') {
      const damage = await unpackUpToDamage(source, at, sliceLength, handedOver, reader);
      trouble = `The compressed data is damaged at byte ${damage}; what came before was read, and the last records of it may be wrong.`;
    } else if (state === 'too_large') {
      trouble = `The file unfolds to more than ${reader.limits.ratio} times its size, or to more than ${Math.round(reader.limits.total / 1024 ** 3)} GB, as no log does; reading stopped after ${handedOver} bytes of content.`;
    }
  }

  return {
    async push(chunk, at) {
      for (let i = 0; i < chunk.length && !reader.signal.aborted; i += SLICE_BYTES) {
        const slice = chunk.subarray(i, i + SLICE_BYTES);
        if (over) {
          if (trouble === null && slice.some((byte) => byte !== 0)) {
            trouble = `Bytes follow the compressed data at byte ${at + i}; they were not read.`;
          }
          continue;
        }
        const state = await main.push(slice);
        if (state !== 'going') await stop(at + i, slice.length, state);
      }
    },
    async finish() {
      if (over) return trouble;
      over = true;
      const end = await main.finish();
      return end === 'whole' ? null : 'The compressed file is cut off; what came before was read.';
    },
    destroy() {
      main.destroy();
    },
  };
}

/** From a slice to the damaged byte in two steps, since every small piece costs a turn of zlib. */
const STEPS: readonly number[] = [256, 1];

/**
 * zlib gives nothing of a slice in which it meets damage. So the file is unpacked again up to that slice, which is then given in
 * ever smaller pieces; of what comes out, the part beyond `handedOver` bytes is new. Answers where the damage is.
 */
async function unpackUpToDamage(
  source: ByteSource,
  sliceAt: number,
  sliceLength: number,
  handedOver: number,
  reader: ByteReader,
): Promise<number> {
  let known = handedOver;
  let from = sliceAt;
  let length = sliceLength;
  for (const step of STEPS) {
    let seen = 0;
    const again = unpacker(reader.limits, async (chunk) => {
      const skip = Math.max(0, Math.min(chunk.length, known - seen));
      seen += chunk.length;
      if (skip === chunk.length) return;
      known = seen;
      await reader.onChunk(chunk.subarray(skip));
    });
    const end = from + length;
    let at = 0;
    while (at < end && !reader.signal.aborted) {
      const bytes = await source.read(
        at,
        Math.min(at < from ? SLICE_BYTES : step, (at < from ? from : end) - at),
      );
      if (bytes.length === 0 || (await again.push(bytes)) !== 'going') break;
      at += bytes.length;
    }
    await again.finish();
    from = at;
    length = Math.min(step, end - at);
  }
  return from;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'reading it is not allowed',
  EPERM: 'reading it is not allowed',
  EISDIR: 'it is a folder',
  EIO: 'the disk reports an error',
  ELOOP: 'its links lead in a circle',
};

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return REASONS[code] ?? (code === '' ? 'unknown reason' : code);
}
