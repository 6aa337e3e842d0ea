import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import type { Sha256 } from '../../main/core/ids.ts';
import type { Blob } from '../api.ts';
import type { PackedBlob } from '../feed-history-api.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { writeTransaction } from '../database.ts';

/** Stores bytes under their SHA-256, compressed where that helps. Bytes that are there already are left alone. */
export function putBlob(
  db: WritableDb,
  { mediaType, bytes }: { mediaType: string; bytes: Uint8Array },
): Result<{ sha256: Sha256; size: number }> {
  const stored = { sha256: sha256Of(bytes), size: bytes.byteLength };
  if (hasBlob(db, stored.sha256)) return ok(stored);
  const zipped = gzipSync(bytes);
  return putPacked(db, {
    ...stored,
    mediaType,
    ...(zipped.byteLength < bytes.byteLength
      ? { encoding: 'gzip', bytes: zipped }
      : { encoding: 'identity', bytes }),
  });
}

/** Stores bytes that come hashed and packed. What is there already under that SHA-256 is left alone. */
export function putPacked(db: WritableDb, blob: PackedBlob): Result<{ sha256: Sha256; size: number }> {
  const { sha256, size, bytes } = blob;
  if (hasBlob(db, sha256)) return ok({ sha256, size });
  return writeTransaction(db, () => {
    db.prepare(
      `INSERT INTO blob (sha256, media_type, size, encoding, bytes)
       VALUES ($sha256, $mediaType, $size, $encoding, $bytes) ON CONFLICT (sha256) DO NOTHING`,
    ).run({ ...blob, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) });
    return ok({ sha256, size });
  });
}

/** Reads bytes back and checks them against their SHA-256: SQLite's own checks miss most changes of content. */
export function getBlob(db: ReadableDb, { sha256 }: { sha256: Sha256 }): Result<Blob> {
  const row = db
    .prepare<[string], { mediaType: string; size: number; encoding: string; bytes: Buffer }>(
      'SELECT media_type AS mediaType, size, encoding, bytes FROM blob WHERE sha256 = ?',
    )
    .get(sha256);
  if (row === undefined) return fail('not_found', `Nothing is stored under ${sha256}.`);
  const bytes = unpacked(row);
  if (bytes === null || sha256Of(bytes) !== sha256) {
    return fail('unreadable', `What is stored under ${sha256} is damaged: its SHA-256 is another.`);
  }
  return ok({ sha256, mediaType: row.mediaType, size: row.size, bytes });
}

/** Bytes as they are stored, packed or not; who unpacks them finds out whether they are whole. */
export function getPacked(db: ReadableDb, { sha256 }: { sha256: Sha256 }): Result<PackedBlob> {
  const row = db
    .prepare<[string], PackedBlob>(
      'SELECT sha256, media_type AS mediaType, size, encoding, bytes FROM blob WHERE sha256 = ?',
    )
    .get(sha256);
  return row === undefined ? fail('not_found', `Nothing is stored under ${sha256}.`) : ok(row);
}

export function hasBlob(db: ReadableDb, sha256: Sha256): boolean {
  return db.prepare<[string]>('SELECT 1 FROM blob WHERE sha256 = ?').get(sha256) !== undefined;
}

function unpacked({
  encoding,
  bytes,
  size,
}: {
  encoding: string;
  bytes: Buffer;
  size: number;
}): Buffer | null {
  if (encoding === 'identity') return bytes;
  try {
    // One byte more than it should be is enough to see that it is damaged.
    return gunzipSync(bytes, { maxOutputLength: size + 1 });
  } catch {
    return null;
  }
}

function sha256Of(bytes: Uint8Array): Sha256 {
  return createHash('sha256').update(bytes).digest('hex');
}
