import { stat } from 'node:fs/promises';
import type { RowSample } from '../../core/evidence/mapping/model.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { decoderFor } from './decode.ts';
import { readBytes, withFile } from './read-bytes.ts';
import { sampleRows } from './sample-rows.ts';

/** As much of a file as is looked at before it is recognised. */
const HEAD_BYTES = 64 * 1024;

/** The first rows of a file that is to be mapped by hand. */
export interface SampledFile {
  readonly sample: RowSample;
  /** When the file was last changed, in milliseconds since 1970. */
  readonly changed: number;
}

/** Reads the beginning of a file, gzipped or not; fails with `unreadable`, or `invalid_input` when it has no rows. */
export async function sampleFile(path: string): Promise<Result<SampledFile>> {
  const enough = new AbortController();
  const chunks: Buffer[] = [];
  let bytes = 0;
  const read = await withFile(path, (source) =>
    readBytes(source, {
      signal: enough.signal,
      limits: { ratio: 200, unpackedFloor: 64 * 1024 * 1024, total: 64 * 1024 * 1024 },
      onProgress: () => undefined,
      onChunk: (chunk) => {
        chunks.push(Buffer.from(chunk));
        bytes += chunk.length;
        if (bytes >= HEAD_BYTES) enough.abort();
        return Promise.resolve();
      },
    }),
  );
  if (!read.ok && read.error.code !== 'cancelled') return read;
  const raw = Buffer.concat(chunks).subarray(0, HEAD_BYTES);
  const content = decoderFor(raw).take(raw);
  const mark = content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf ? 3 : 0;
  const sample = sampleRows(content.subarray(mark), read.ok && bytes <= HEAD_BYTES);
  if (sample === null) return fail('invalid_input', 'There are no rows with a time in it.', path);
  return ok({ sample, changed: (await stat(path)).mtimeMs });
}
