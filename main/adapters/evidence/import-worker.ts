import { stat } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { expandPaths } from './expand-paths.ts';
import type { FromWorker, ToWorker } from './import-messages.ts';
import { readEvidenceFile } from './read-file.ts';

/** The entry of the worker thread that reads files of evidence, so that neither the window nor the main process waits. */

/** Messages that may be unanswered: one is being stored while the next is being read. */
const AHEAD = 2;
const PROGRESS_MS = 100;

const port = parentPort;
if (port === null) throw new Error('This file is the entry of a worker thread.');

const cancel = new AbortController();
let unanswered = 0;
let wake: () => void = () => undefined;

port.on('message', (message: ToWorker) => {
  if (message.type === 'start') {
    void importAll(message.paths);
    return;
  }
  if (message.type === 'cancel') cancel.abort();
  else unanswered -= 1;
  wake();
});

function say(message: FromWorker): void {
  port?.postMessage(message);
}

/** Says something that the client answers when it has dealt with it, and waits while too much is unanswered. */
async function tell(message: FromWorker): Promise<void> {
  say(message);
  unanswered += 1;
  while (unanswered >= AHEAD && !cancel.signal.aborted) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

async function importAll(paths: readonly string[]): Promise<void> {
  const { files, notes } = await expandPaths(paths);
  const sizes = await Promise.all(files.map(sizeOf));
  const bytesTotal = sizes.reduce((sum, size) => sum + size, 0);
  let bytesBefore = 0;
  let recordsBefore = 0;
  let told = 0;
  for (const [index, file] of files.entries()) {
    if (cancel.signal.aborted) break;
    await tell({ type: 'begin', file });
    const tellProgress = (bytes: number, records: number): void => {
      const now = performance.now();
      if (now - told < PROGRESS_MS) return;
      told = now;
      say({
        type: 'progress',
        progress: {
          file,
          number: index + 1,
          files: files.length,
          bytesRead: bytesBefore + bytes,
          bytesTotal,
          records: recordsBefore + records,
        },
      });
    };
    const read = await readEvidenceFile(file, {
      signal: cancel.signal,
      onBatch: (records) => tell({ type: 'batch', records }),
      onFindings: (findings) => tell({ type: 'findings', findings }),
      onProgress: tellProgress,
    });
    bytesBefore += sizes[index] ?? 0;
    if (read.ok) {
      recordsBefore += read.value.records;
      await tell({ type: 'end', report: read.value });
    } else {
      await tell({ type: 'failed', file, error: read.error });
    }
  }
  say({ type: 'done', notes });
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}
