import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { newNumbers, storeRows } from '../../db/queries/record-batches.ts';
import { writeTransaction } from '../../db/database.ts';
import { openStore } from '../../db/store.ts';
import type { BatchMessage, BatchReply } from '../../main/core/evidence/record-batch.ts';
import { ok } from '../../main/core/result.ts';
import { instantOf } from '../../main/core/time.ts';

/* The thread of `bench-rows.ts` that owns the database. */

const opened = await openStore(workerData as string, { now: instantOf(Date.now()) });
if (!opened.ok) throw new Error(opened.error.message);
const { db } = opened.value;
for (const name of ['time', 'changes', 'errors']) db.exec(`DROP INDEX log_row_${name}`);
const numbers = newNumbers();
// Only so that the next batch begins behind it.
const place = db.prepare<[number, number]>(
  `INSERT INTO log_batch (incident, file, first_record, positions, first_text, texts, first_call, calls, records, changes, errors, prints, groups)
   VALUES (1, 1, ?, ?, 0, 0, 0, 0, 0, 0, 0, x'', x'')`,
);

parentPort?.on('message', (port: MessagePort) => {
  port.on('message', (message: BatchMessage) => {
    port.postMessage(
      writeTransaction(db, (): BatchReply => {
        if (!('batch' in message)) throw new Error('There are no states in what is measured.');
        const { batch } = message;
        const { inserted, firstRecord } = storeRows(db, { number: 1, incident: 1 }, batch, numbers);
        place.run(firstRecord, batch.records);
        return ok({ inserted, duplicates: batch.records - inserted });
      }),
    );
  });
});
