import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { fail, ok, type Result } from '../../core/result.ts';

/** SHA-256 (lower-case hexadecimal) and length in bytes of a file as it is on disk. `unreadable` when it cannot be read. */
export async function hashFile(
  path: string,
): Promise<Result<{ readonly sha256: string; readonly size: number }>> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of createReadStream(path, {
      highWaterMark: 1024 * 1024,
    }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      size += chunk.length;
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail('unreadable', `The file could not be read: ${why}`, path);
  }
  return ok({ sha256: hash.digest('hex'), size });
}
