import type { LogRecord } from '../../main/core/evidence/model.ts';
import { recordBatcher } from '../../main/core/evidence/record-batcher.ts';
import type { WritableDb } from '../database.ts';
import { newNumbers, type Staging, storeBatch } from './record-batches.ts';

/** Adds records to a file in as many batches as they need, within a transaction of the caller's. */
export function storeRecords(
  db: WritableDb,
  staging: Staging,
  records: readonly LogRecord[],
): { inserted: number; duplicates: number } {
  const total = { inserted: 0, duplicates: 0 };
  const numbers = newNumbers();
  const batcher = recordBatcher();
  const store = (): void => {
    if (batcher.size() === 0) return;
    const { inserted, duplicates } = storeBatch(db, staging, batcher.take(), numbers);
    total.inserted += inserted;
    total.duplicates += duplicates;
  };
  for (const record of records) {
    batcher.add(record);
    if (batcher.isFull()) store();
  }
  store();
  return total;
}
