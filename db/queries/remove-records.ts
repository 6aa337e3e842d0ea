import { writePrint } from '../../main/core/evidence/record-batch.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { recordsNumbered } from './log-records.ts';
import { emptyBatch, idText, type Staging, type StoredBatch } from './record-batches.ts';
import { idsOfIncident } from './record-ids.ts';
import { storeRecords } from './store-records.ts';

/**
 * Takes single records out of the finished files of an incident, within a transaction of the caller's: the batches that hold them are
 * written anew without them. Answers how many were taken out of each file, by its number.
 */
export function removeRecords(
  db: WritableDb,
  staging: Staging,
  ids: readonly string[],
): ReadonlyMap<number, number> {
  const found = ids.flatMap((id) => recordsOf(db, staging, id));
  const removed = new Set(found.map(({ record }) => record));
  for (const [, { file, batch }] of new Map(found.map((one) => [one.batch.batch, one]))) {
    const rest = prepared<[number, number], { record: number }>(
      db,
      'SELECT record FROM log_row WHERE record BETWEEN ? AND ? ORDER BY record',
    )
      .all(batch.firstRecord, batch.firstRecord + batch.positions - 1)
      .filter(({ record }) => !removed.has(record));
    const records = recordsNumbered(
      db,
      rest.map(({ record }) => record),
    );
    emptyBatch(db, batch, file);
    storeRecords(db, { ...staging, number: file }, records);
  }
  const counts = new Map<number, number>();
  for (const { file } of found) counts.set(file, (counts.get(file) ?? 0) + 1);
  return counts;
}

interface Found {
  readonly record: number;
  readonly file: number;
  readonly batch: StoredBatch;
}

/** The record with that id, where it is in a finished file. */
function recordsOf(db: ReadableDb, { incident, replaces }: Staging, id: string): Found[] {
  const print = new Uint32Array(2);
  writePrint(id, print, 0);
  const candidates = idsOfIncident(db, incident, replaces ?? null).candidates(print[0] ?? 0, print[1] ?? 0);
  const read = prepared<[number], { id: string | Buffer; file: number }>(
    db,
    `SELECT log_row.id, file FROM log_row JOIN evidence_file ON evidence_file.number = file
     WHERE record = ? AND state = 'complete'`,
  );
  return [...candidates].flatMap((record) => {
    const row = read.get(record);
    if (row === undefined || idText(row.id) !== id) return [];
    const batch = prepared<[number], StoredBatch>(
      db,
      `SELECT batch, first_record AS firstRecord, positions FROM log_batch WHERE first_record <= ? ORDER BY first_record DESC LIMIT 1`,
    ).get(record);
    return batch === undefined ? [] : [{ record, file: row.file, batch }];
  });
}
