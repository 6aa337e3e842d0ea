import type { MessagePort } from 'node:worker_threads';
import type { BatchMessage, BatchReply } from '../main/core/evidence/record-batch.ts';
import { err, ok } from '../main/core/result.ts';
import type { WritableDb } from './database.ts';
import { storageFailure } from './errors.ts';
import { insertBatch, insertFindings, insertSpans } from './queries/evidence-files.ts';
import { newNumbers, type Numbers } from './queries/record-batches.ts';
import { forgetIds } from './queries/record-ids.ts';

/** Stores what a reader of files sends through its port, batch by batch, until the port is closed at its other end. */
export function serveImport(db: WritableDb, port: MessagePort): void {
  const numbers = newNumbers();
  port.on('message', (message: BatchMessage) => {
    port.postMessage(stored(() => store(db, message, numbers)));
  });
  port.on('close', () => {
    forgetIds(db);
  });
}

function store(db: WritableDb, message: BatchMessage, numbers: Numbers): BatchReply {
  if ('batch' in message) return insertBatch(db, { ...message, numbers });
  const kept = 'spans' in message ? insertSpans(db, message) : insertFindings(db, message);
  return kept.ok ? ok({ inserted: 0, duplicates: 0 }) : kept;
}

function stored(work: () => BatchReply): BatchReply {
  try {
    return work();
  } catch (thrown) {
    const failure = storageFailure(thrown);
    if (failure === null) throw thrown;
    return err(failure);
  }
}
