import { Mapping } from '../../main/core/evidence/mapping/model.ts';
import { shapeKey } from '../../main/core/evidence/mapping/shape.ts';
import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import { Instant } from '../../main/core/time.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { writeTransaction } from '../database.ts';
import type { StoredMapping } from '../mappings-api.ts';

interface MappingRow {
  readonly number: number;
  readonly mapping: string;
  readonly saved_at: string;
}

/** Every remembered mapping, newest first. One that a newer version wrote and this one cannot read is left out. */
export function listMappings(db: ReadableDb): StoredMapping[] {
  const rows = db
    .prepare<[], MappingRow>('SELECT number, mapping, saved_at FROM row_mapping ORDER BY number DESC')
    .all();
  return rows.flatMap(({ number, mapping, saved_at }) => {
    const parsed = Mapping.safeParse(JSON.parse(mapping));
    return parsed.success ? [{ number, savedAt: Instant.parse(saved_at), mapping: parsed.data }] : [];
  });
}

/** Remembers a mapping; one for files of the same shape is forgotten. */
export function saveMapping(
  db: WritableDb,
  { mapping, at }: { readonly mapping: Mapping; readonly at: Instant },
): Result<StoredMapping> {
  return writeTransaction(db, () => {
    const shape = shapeKey(mapping.shape);
    db.prepare('DELETE FROM row_mapping WHERE shape = ?').run(shape);
    const { lastInsertRowid } = db
      .prepare('INSERT INTO row_mapping (shape, mapping, saved_at) VALUES (?, ?, ?)')
      .run(shape, JSON.stringify(mapping), at);
    return ok({ number: Number(lastInsertRowid), savedAt: at, mapping });
  });
}

export function deleteMapping(db: WritableDb, { number }: { readonly number: number }): Result<null> {
  return writeTransaction(db, () => {
    const { changes } = db.prepare('DELETE FROM row_mapping WHERE number = ?').run(number);
    return changes === 1 ? ok(null) : fail('not_found', 'This mapping is forgotten already.');
  });
}
