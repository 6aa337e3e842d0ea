import { type MessagePort, Worker } from 'node:worker_threads';
import type { Mapping } from '../../core/evidence/mapping/model.ts';
import type { EvidenceId } from '../../core/ids.ts';
import { type AppError, err, ok, type Result } from '../../core/result.ts';
import { faultSentence } from './fault.ts';
import type { FromReader, Hashed, ListedFile, ToReader } from './import-messages.ts';

/** A file that a reader is reading. */
export interface ReadFile {
  readonly reader: FileReader;
  /** Resolves when the reader may read another file, with false when it died. */
  readonly sent: Promise<boolean>;
  /** Resolves when its records are stored, or it failed, or the reader died. */
  readonly ended: Promise<Ended>;
  /** Whether the reader had been through all of it: what killed it afterwards was not this file. */
  readonly wasSent: () => boolean;
  readonly hasFailed: () => boolean;
  /** Its records may be stored now, in that import or nowhere. */
  readonly giveTurn: (fileId: EvidenceId | null) => void;
}

type Ended = Extract<FromReader, { type: 'end' | 'failed' }> | Died;

interface Died {
  readonly type: 'died';
  readonly error: AppError;
}

/** A thread that reads one file at a time, while what it sent of the one before is being stored. */
export interface FileReader {
  readonly list: (
    paths: readonly string[],
  ) => Promise<Result<{ readonly files: readonly ListedFile[]; readonly notes: readonly string[] }>>;
  readonly read: (
    index: number,
    file: string,
    onProgress: (bytes: number, records: number) => void,
  ) => ReadFile;
  readonly hash: (file: string) => Promise<Hashed>;
  /** What was stored of a file that had ended is gone again. Must be told before the next turn is given. */
  readonly forget: () => void;
  /** What is being read ends as cancelled within a second. */
  readonly cancel: () => void;
  /** It died, and reads nothing any more. */
  readonly isDead: () => boolean;
  /** Ends the thread. */
  readonly stop: () => Promise<void>;
}

/** A thread that does not answer a cancel within this time is ended. */
const STOP_MS = 600;
/** Objects that live short and long: one file's largest record and a vocabulary of texts are far smaller. */
const MEMORY = { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 512 };

const OUT_OF_MEMORY = `Reading needed more memory than the ${MEMORY.maxOldGenerationSizeMb} MB it is given and was stopped.`;

/** What a reader is waited for. */
type Expected = 'listed' | 'hashed' | `sent ${number}` | `ended ${number}`;

/** What a message answers; a file that has ended needs its reader no more. */
function answeredBy(message: Exclude<FromReader, { type: 'progress' }>): readonly Expected[] {
  switch (message.type) {
    case 'listed':
    case 'hashed':
      return [message.type];
    case 'sent':
      return [`sent ${message.index}`];
    case 'end':
    case 'failed':
      return [`sent ${message.index}`, `ended ${message.index}`];
  }
}

/** Starts a reader whose batches go through `port`. */
export function fileReader(workerUrl: URL, port: MessagePort, mappings: readonly Mapping[]): FileReader {
  const worker = new Worker(workerUrl, { resourceLimits: MEMORY });
  let died: Died | null = null;
  let reading: { index: number; onProgress: (bytes: number, records: number) => void } | null = null;
  const settle = new Map<Expected, (message: FromReader | Died) => void>();
  let stopTimer: NodeJS.Timeout | undefined;

  const tell = (message: ToReader, transfer: MessagePort[] = []): void => {
    worker.postMessage(message, transfer);
  };
  const die = (message: string, code: AppError['code'] = 'unexpected'): void => {
    died ??= { type: 'died', error: { code, message } };
    for (const resolve of settle.values()) resolve(died);
    settle.clear();
  };
  /** The next message of that kind; how the reader died when it does. */
  const next = (kind: Expected): Promise<FromReader | Died> =>
    new Promise((resolve) => {
      if (died === null) settle.set(kind, resolve);
      else resolve(died);
    });

  worker.on('message', (message: FromReader) => {
    if (message.type === 'progress') {
      if (message.index === reading?.index) reading.onProgress(message.bytes, message.records);
      return;
    }
    for (const kind of answeredBy(message)) {
      const resolve = settle.get(kind);
      settle.delete(kind);
      resolve?.(message);
    }
  });
  worker.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ERR_WORKER_OUT_OF_MEMORY') die(OUT_OF_MEMORY);
    else die(`${faultSentence(cause)}. Reading was stopped.`);
  });
  worker.on('exit', (code) => {
    die(`Reading stopped by itself (exit ${code}).`);
  });
  tell({ type: 'open', port, mappings }, [port]);

  const reader: FileReader = {
    async list(paths) {
      tell({ type: 'list', paths });
      const message = await next('listed');
      if (message.type === 'listed') return ok({ files: message.files, notes: message.notes });
      return err(errorOf(message));
    },
    read(index, file, onProgress) {
      reading = { index, onProgress };
      let failed = false;
      let isSent = false;
      const sent = next(`sent ${index}`).then(({ type }) => {
        isSent = type !== 'died';
        return isSent;
      });
      const ended = next(`ended ${index}`).then((message): Ended => {
        failed = message.type !== 'end';
        return message.type === 'end' || message.type === 'failed'
          ? message
          : { type: 'died', error: errorOf(message) };
      });
      tell({ type: 'read', index, file });
      return {
        reader,
        sent,
        ended,
        wasSent: () => isSent,
        hasFailed: () => failed,
        giveTurn: (fileId) => {
          tell({ type: 'turn', index, fileId });
        },
      };
    },
    async hash(file) {
      tell({ type: 'hash', file });
      const message = await next('hashed');
      return message.type === 'hashed' ? message.hashed : err(errorOf(message));
    },
    forget() {
      tell({ type: 'forget' });
    },
    cancel() {
      tell({ type: 'cancel' });
      stopTimer = setTimeout(() => {
        die('The import was cancelled.', 'cancelled');
      }, STOP_MS);
    },
    isDead: () => died !== null,
    async stop() {
      clearTimeout(stopTimer);
      await worker.terminate();
    },
  };
  return reader;
}

function errorOf(message: FromReader | Died): AppError {
  if (message.type === 'died') return message.error;
  return { code: 'unexpected', message: `A reader of files answered ${message.type} out of turn.` };
}
