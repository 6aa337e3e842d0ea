import type { WriterId } from '../../main/core/trail/model.ts';
import type { ReadableDb, WritableDb } from '../database.ts';

/** A writer known to this database; `publicKey` in hexadecimal. */
export interface WriterRow {
  readonly id: WriterId;
  readonly publicKey: string;
}

/** Makes a writer known; nothing happens when it is. */
export function putWriter(db: WritableDb, writer: WriterRow): void {
  db.prepare('INSERT INTO writer (id, public_key) VALUES (?, ?) ON CONFLICT (id) DO NOTHING').run(
    writer.id,
    Buffer.from(writer.publicKey, 'hex'),
  );
}

/** The writers who have entries in an incident, by id. */
export function writersOf(db: ReadableDb, incidentId: string): WriterRow[] {
  return db
    .prepare<[string], { id: WriterId; key: Buffer }>(
      `SELECT id, public_key AS key FROM writer
       WHERE EXISTS (SELECT 1 FROM entry WHERE incident_id = ? AND writer_id = writer.id) ORDER BY id`,
    )
    .all(incidentId)
    .map(({ id, key }) => ({ id, publicKey: key.toString('hex') }));
}
