import { stat } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import type { Mapping } from '../../core/evidence/mapping/model.ts';
import type { AppError } from '../../core/result.ts';
import { batchSender, type BatchSender } from './batch-sender.ts';
import { expandPaths } from './expand-paths.ts';
import { hashFile } from './hash-file.ts';
import type { FromReader, ListedFile, ToReader } from './import-messages.ts';
import { readEvidenceFile } from './read-file.ts';

/**
 * The entry of a worker thread that reads files of evidence and sends their records straight to the database, so that neither
 * the window nor the main process waits. The client says which file, and when it is its turn.
 */

const PROGRESS_MS = 100;

const port = parentPort;
if (port === null) throw new Error('This file is the entry of a worker thread.');

const cancel = new AbortController();
let sender: BatchSender | null = null;
let mappings: readonly Mapping[] = [];
/** The file being read. */
let reading = -1;

port.on('message', (message: ToReader) => {
  switch (message.type) {
    case 'open':
      sender = batchSender(message.port, cancel.signal);
      mappings = message.mappings;
      break;
    case 'list':
      void list(message.paths);
      break;
    case 'read':
      void read(message.index, message.file);
      break;
    case 'turn':
      // A file that has failed in the meantime has no turn any more.
      if (message.index === reading) sender?.setTurn({ fileId: message.fileId });
      break;
    case 'hash':
      void hashFile(message.file).then((hashed) => {
        say({ type: 'hashed', hashed });
      });
      break;
    case 'cancel':
      cancel.abort();
      sender?.wake();
      break;
  }
});

function say(message: FromReader): void {
  port?.postMessage(message);
}

async function list(paths: readonly string[]): Promise<void> {
  const { files, notes } = await expandPaths(paths);
  const listed: ListedFile[] = [];
  for (const path of files) listed.push({ path, size: await sizeOf(path) });
  say({ type: 'listed', files: listed, notes });
}

async function read(index: number, file: string): Promise<void> {
  const to = sender;
  if (to === null) throw new Error('A file was to be read before there was anywhere to send its records.');
  reading = index;
  let told = 0;
  const result = await readEvidenceFile(file, {
    signal: cancel.signal,
    mappings,
    onBatch: (records) => to.add(records),
    onFindings: (findings) => to.addFindings(findings),
    onSpans: (spans) => to.addSpans(spans),
    onProgress: (bytes, records) => {
      const now = performance.now();
      if (now - told < PROGRESS_MS) return;
      told = now;
      say({ type: 'progress', index, bytes, records });
    },
  });
  if (!result.ok) {
    reading = -1;
    await to.drop();
    say({ type: 'failed', index, error: result.error, stage: 'read' });
    return;
  }
  const { duplicates, refused, stored } = await to.finish();
  if (refused !== null) say({ type: 'failed', index, error: refused, stage: 'stored' });
  else if (stored) say({ type: 'end', index, report: result.value, duplicates });
  else {
    const error: AppError = { code: 'cancelled', message: 'Reading was cancelled.', place: file };
    say({ type: 'failed', index, error, stage: 'read' });
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}
