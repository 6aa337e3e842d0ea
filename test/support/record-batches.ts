import type { MessagePort } from 'node:worker_threads';
import type { LogRecord } from '../../main/core/evidence/model.ts';
import {
  type BatchMessage,
  type BatchReply,
  type Call,
  guidOf,
} from '../../main/core/evidence/record-batch.ts';
import type { RecordBatch } from '../../main/core/evidence/record-batch.ts';
import { instantOf } from '../../main/core/time.ts';

/** Turns batches of one sender back into records, in the order in which they stand. */
export function recordReader(): (batch: RecordBatch) => LogRecord[] {
  let vocabulary = 0;
  let texts: string[] = [];
  let calls: Call[] = [];
  return (batch) => {
    if (batch.vocabulary !== vocabulary) {
      vocabulary = batch.vocabulary;
      texts = [];
      calls = [];
    }
    texts.push(...batch.newTexts.values);
    calls.push(...batch.newCalls);
    const ids = new Map(batch.otherIds);
    const text = (numbers: Uint32Array, position: number): string | null => {
      const number = numbers[position] ?? 0;
      return number === 0 ? null : (texts[number - 1] ?? null);
    };
    return Array.from({ length: batch.records }, (_, position): LogRecord => {
      const call = calls[(batch.call[position] ?? 0) - 1];
      if (call === undefined) throw new Error(`Record ${position} has no call.`);
      return {
        ...call,
        flags: [...call.flags],
        id: ids.get(position) ?? guidOf(batch.guids, position * 16),
        at: instantOf(batch.at[position] ?? 0),
        sourceIp: text(batch.address, position) ?? '',
        errorMessage: text(batch.message, position),
        resources: JSON.parse(text(batch.resources, position) ?? '[]') as string[],
        detail: text(batch.detail, position) ?? '',
      };
    });
  };
}

/** Stands where the database does: takes batches, answers each when `onBatch` has dealt with it. */
export function batchSink(onBatch: (message: BatchMessage) => Promise<BatchReply>): {
  readonly takeImports: (port: MessagePort) => void;
} {
  return {
    takeImports: (port) => {
      port.on('message', (message: BatchMessage) => {
        void onBatch(message).then((reply) => {
          port.postMessage(reply);
        });
      });
    },
  };
}
