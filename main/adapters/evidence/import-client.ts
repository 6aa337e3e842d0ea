import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Mapping } from '../../core/evidence/mapping/model.ts';
import type { FileReport } from '../../core/evidence/model.ts';
import type { EvidenceId } from '../../core/ids.ts';
import { type AppError, err, fail, ok, type Result } from '../../core/result.ts';
import { fileReader, type FileReader, type ReadFile } from './file-reader.ts';
import type { Hashed, ImportProgress, ListedFile } from './import-messages.ts';

/** What is done with the files, one after the other; each is awaited before the next is called. */
export interface ImportHandlers {
  /**
   * It is the turn of a file: answers the import that its records go to, or null when they are not wanted. `hash` reads the file
   * for its SHA-256.
   */
  readonly onTurn: (file: ListedFile, hash: () => Promise<Hashed>) => Promise<EvidenceId | null>;
  /** All of its records are stored; `duplicates` of them were there already. Answers whether they stay. */
  readonly onEnd: (report: FileReport, duplicates: number) => Promise<boolean>;
  /** It could not be read to its end; records already stored may be undone. */
  readonly onFailed: (file: string, error: AppError) => Promise<void>;
  /** At most ten times a second for each reader. */
  readonly onProgress?: (progress: ImportProgress) => void;
}

interface ImportOptions extends ImportHandlers {
  /** The built `import-worker`. */
  readonly workerUrl: URL;
  /** Takes the other end of a reader's port: records come through it. */
  readonly takeImports: (port: MessagePort) => void;
  /** How many threads read; more than two only wait for the database. */
  readonly readers: number;
  readonly signal: AbortSignal;
  /** For files that no adapter knows, newest first. */
  readonly mappings?: readonly Mapping[];
}

/** All files of one import. */
export interface Imported {
  readonly files: number;
  /** What was left out of the given folders, in sentences. */
  readonly notes: readonly string[];
}

const CANCELLED: Result<never> = fail('cancelled', 'The import was cancelled.');

/**
 * Reads files and folders in worker threads: the next file is read while the one before is being stored, by one thread too, and they
 * are stored in order. Fails with `cancelled` within a second of the signal, with `unexpected` when a thread dies, and with the database's own
 * failure when it cannot store; what a handler throws is thrown here.
 */
export async function importFiles(
  paths: readonly string[],
  options: ImportOptions,
): Promise<Result<Imported>> {
  if (options.signal.aborted) return CANCELLED;
  const readers = Array.from({ length: Math.max(1, options.readers) }, () => {
    const { port1, port2 } = new MessageChannel();
    options.takeImports(port1);
    return fileReader(options.workerUrl, port2, options.mappings ?? []);
  });
  const stopAll = (): void => {
    for (const reader of readers) reader.cancel();
  };
  options.signal.addEventListener('abort', stopAll);
  try {
    const [first] = readers;
    const listed = first === undefined ? CANCELLED : await first.list(paths);
    if (!listed.ok) return options.signal.aborted ? CANCELLED : listed;
    const { files, notes } = listed.value;
    const stored = await storeAll(files, readers, options);
    if (options.signal.aborted) return CANCELLED;
    return stored.ok ? ok({ files: files.length, notes }) : stored;
  } finally {
    options.signal.removeEventListener('abort', stopAll);
    await Promise.all(readers.map((reader) => reader.stop()));
  }
}

async function storeAll(
  files: readonly ListedFile[],
  readers: readonly FileReader[],
  options: ImportOptions,
): Promise<Result<null>> {
  const progress = progressOf(files, options);
  const idle = [...readers];
  const waiting: ReadFile[] = [];
  let next = 0;
  let over = false;
  const readAhead = (): void => {
    if (over || options.signal.aborted) return;
    for (let file = files[next]; file !== undefined; file = files[next]) {
      const reader = idle.shift();
      if (reader === undefined) return;
      const index = next;
      next += 1;
      waiting.push(readWith(reader, index, file));
    }
  };
  const readWith = (reader: FileReader, index: number, file: ListedFile): ReadFile => {
    const read = reader.read(index, file.path, (bytes, records) => {
      progress.reading(index, bytes, records);
    });
    void read.sent.then((isAlive) => {
      if (isAlive) idle.push(reader);
      readAhead();
    });
    return read;
  };
  for (let index = 0; index < files.length && !options.signal.aborted; index += 1) {
    readAhead();
    const file = files[index];
    const read = waiting.shift();
    if (file === undefined || read === undefined) throw new Error('Every file is read by somebody.');
    progress.storing(index);
    const outcome = await storeOne(file, read, options);
    if (!outcome.ok) {
      over = true;
      return outcome;
    }
    progress.stored(index, outcome.value);
    await read.sent;
  }
  return ok(null);
}

/** Answers how many records were in the file. */
async function storeOne(
  file: ListedFile,
  read: ReadFile,
  { onTurn, onEnd, onFailed }: ImportOptions,
): Promise<Result<number>> {
  let fileId: EvidenceId | null = null;
  if (!read.hasFailed()) {
    fileId = await onTurn(file, () => read.reader.hash(file.path));
    read.giveTurn(fileId);
  }
  const ended = await read.ended;
  switch (ended.type) {
    case 'end':
      // The next file may have been read in the words of this one.
      if (!(await onEnd(ended.report, ended.duplicates)) && fileId !== null && ended.report.records > 0)
        read.reader.forget();
      return ok(ended.report.records);
    case 'failed':
      if (ended.error.code === 'cancelled') return err(ended.error);
      await onFailed(file.path, ended.error);
      return ended.stage === 'stored' ? err(ended.error) : ok(0);
    case 'died':
      return err(ended.error);
  }
}

function progressOf(files: readonly ListedFile[], { onProgress }: ImportOptions) {
  const bytesTotal = files.reduce((sum, { size }) => sum + size, 0);
  const bytes = new Map<number, number>();
  const records = new Map<number, number>();
  let current = 0;
  const sum = (of: ReadonlyMap<number, number>): number => [...of.values()].reduce((a, b) => a + b, 0);
  let bytesBefore = 0;
  let recordsBefore = 0;
  const tell = (): void => {
    onProgress?.({
      file: files[current]?.path ?? '',
      number: current + 1,
      files: files.length,
      bytesRead: Math.min(bytesTotal, bytesBefore + sum(bytes)),
      bytesTotal,
      records: recordsBefore + sum(records),
    });
  };
  return {
    reading(index: number, bytesRead: number, recordsFound: number): void {
      bytes.set(index, Math.min(bytesRead, files[index]?.size ?? 0));
      records.set(index, recordsFound);
      tell();
    },
    storing(index: number): void {
      current = index;
    },
    stored(index: number, found: number): void {
      bytes.delete(index);
      records.delete(index);
      bytesBefore += files[index]?.size ?? 0;
      recordsBefore += found;
      tell();
    },
  };
}
