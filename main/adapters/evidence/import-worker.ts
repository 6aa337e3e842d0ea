import { stat } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import type { Mapping } from '../../core/evidence/mapping/model.ts';
import type { EvidenceId } from '../../core/ids.ts';
import type { AppError } from '../../core/result.ts';
import { batchSender, type BatchSender, type FileSender } from './batch-sender.ts';
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

/** The file whose content is being read, or waits to be sent. */
interface Reading {
  readonly index: number;
  turn: { readonly fileId: EvidenceId | null } | null;
  /** Ends this reading of it, for another. */
  again: AbortController;
  out: FileSender;
}
let reading: Reading | null = null;

port.on('message', (message: ToReader) => {
  switch (message.type) {
    case 'open':
      sender = batchSender(message.port);
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
      if (message.index !== reading?.index) break;
      reading.turn = { fileId: message.fileId };
      reading.out.setTurn(reading.turn);
      break;
    case 'forget':
      reading?.again.abort();
      break;
    case 'hash':
      void hashFile(message.file).then((hashed) => {
        say({ type: 'hashed', hashed });
      });
      break;
    case 'cancel':
      cancel.abort();
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
  if (sender === null)
    throw new Error('A file was to be read before there was anywhere to send its records.');
  for (;;) {
    const again = new AbortController();
    const out = sender.begin(AbortSignal.any([cancel.signal, again.signal]));
    const turn = reading?.index === index ? reading.turn : null;
    reading = { index, turn, again, out };
    if (turn !== null) out.setTurn(turn);
    const result = await readInto(out, { index, file, again });
    if (result.ok) await out.sent();
    if (again.signal.aborted && !cancel.signal.aborted) {
      await out.drop();
      continue;
    }
    reading = null;
    if (!result.ok) {
      const refused = await out.drop();
      if (refused !== null) say({ type: 'failed', index, error: refused, stage: 'stored' });
      else say({ type: 'failed', index, error: result.error, stage: 'read' });
      return;
    }
    say({ type: 'sent', index });
    const { duplicates, refused, whole } = await out.stored();
    if (refused !== null) say({ type: 'failed', index, error: refused, stage: 'stored' });
    else if (whole) say({ type: 'end', index, report: result.value, duplicates });
    else {
      const error: AppError = { code: 'cancelled', message: 'Reading was cancelled.', place: file };
      say({ type: 'failed', index, error, stage: 'read' });
    }
    return;
  }
}

function readInto(
  out: FileSender,
  { index, file, again }: { readonly index: number; readonly file: string; readonly again: AbortController },
): ReturnType<typeof readEvidenceFile> {
  // The first word of a file comes at once.
  let told = -Infinity;
  return readEvidenceFile(file, {
    signal: AbortSignal.any([cancel.signal, again.signal, out.refusal]),
    mappings,
    onRecord: out.add,
    onTemplated: out.addTemplated,
    onPause: out.keepUp,
    onFindings: (findings) => out.addFindings(findings),
    onSpans: (spans) => out.addSpans(spans),
    onProgress: (bytes, records) => {
      const now = performance.now();
      if (now - told < PROGRESS_MS) return;
      told = now;
      say({ type: 'progress', index, bytes, records });
    },
  });
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch {
    return 0;
  }
}
