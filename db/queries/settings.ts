import type { Result } from '../../main/core/result.ts';
import { ok } from '../../main/core/result.ts';
import type { JsonValue } from '../api.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { writeTransaction } from '../database.ts';

/** The value of a setting; null when it was never set. */
export function getSetting(db: ReadableDb, { key }: { readonly key: string }): JsonValue {
  const row = db.prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?').get(key);
  return row === undefined ? null : (JSON.parse(row.value) as JsonValue); // written by setSetting
}

export function setSetting(
  db: WritableDb,
  { key, value }: { readonly key: string; readonly value: JsonValue },
): Result<null> {
  return writeTransaction(db, () => {
    db.prepare(
      'INSERT INTO setting (key, value) VALUES ($key, $value) ON CONFLICT (key) DO UPDATE SET value = $value',
    ).run({ key, value: JSON.stringify(value) });
    return ok(null);
  });
}
