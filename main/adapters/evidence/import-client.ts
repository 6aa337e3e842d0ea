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
  /** It could not be read to its end, or broke its reader; records already stored are to be undone. */
  readonly onFailed: (file: string, error: AppError) => Promise<void>;
  /** What of the given folders is left out, in sentences; told before the first file. */
  readonly onLeftOut?: (notes: readonly string[]) => void;
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

const CANCELLED: Result<never> = fail('cancelled', 'The import was cancelled.');

/**
 * Reads files and folders in worker threads: the next file is read while the one before is being stored, by one thread too, and they
 * are stored in order; answers how many there were. A file that breaks the thread that reads it ends alone. Fails with `cancelled`
 * within a second of the signal, with `unexpected` when no thread can be had, and with the database's own failure when it cannot
 * store; what a handler throws is thrown here.
 */
export async function importFiles(paths: readonly string[], options: ImportOptions): Promise<Result<number>> {
  if (options.signal.aborted) return CANCELLED;
  const crew = crewOf(options);
  options.signal.addEventListener('abort', crew.cancel);
  try {
    const listed = await crew.list(paths);
    if (options.signal.aborted) return CANCELLED;
    if (!listed.ok) return listed;
    const { files, notes } = listed.value;
    options.onLeftOut?.(notes);
    const stored = await storeAll(files, crew, options);
    if (options.signal.aborted) return CANCELLED;
    return stored.ok ? ok(files.length) : stored;
  } finally {
    options.signal.removeEventListener('abort', crew.cancel);
    await crew.stop();
  }
}

/** The threads that read. */
interface Crew {
  readonly list: FileReader['list'];
  /** One that has nothing to read; another in place of one that died. Undefined when all are at work. */
  readonly take: () => FileReader | undefined;
  readonly giveBack: (reader: FileReader) => void;
  /** One more, for whoever stops it. */
  readonly another: () => FileReader;
  readonly cancel: () => void;
  readonly stop: () => Promise<void>;
}

function crewOf({ readers, takeImports, workerUrl, mappings }: ImportOptions): Crew {
  const started: FileReader[] = [];
  let isCancelled = false;
  const start = (): FileReader => {
    const { port1, port2 } = new MessageChannel();
    takeImports(port1);
    const reader = fileReader(workerUrl, port2, mappings ?? []);
    started.push(reader);
    if (isCancelled) reader.cancel();
    return reader;
  };
  const first = start();
  const idle = [first, ...Array.from({ length: readers - 1 }, start)];
  return {
    list: first.list,
    take() {
      const reader = idle.shift();
      return reader?.isDead() === true ? start() : reader;
    },
    giveBack(reader) {
      idle.push(reader);
    },
    another: start,
    cancel() {
      isCancelled = true;
      for (const reader of started) reader.cancel();
    },
    async stop() {
      await Promise.all(started.map((reader) => reader.stop()));
    },
  };
}

async function storeAll(
  files: readonly ListedFile[],
  crew: Crew,
  options: ImportOptions,
): Promise<Result<null>> {
  const progress = progressOf(files, options);
  const waiting: ReadFile[] = [];
  let next = 0;
  let over = false;
  const readAhead = (): void => {
    if (over || options.signal.aborted) return;
    for (let file = files[next]; file !== undefined; file = files[next]) {
      const reader = crew.take();
      if (reader === undefined) return;
      const index = next;
      next += 1;
      waiting.push(readWith(reader, index, file));
    }
  };
  const startRead = (reader: FileReader, index: number, file: ListedFile): ReadFile =>
    reader.read(index, file.path, (bytes, records) => {
      progress.reading(index, bytes, records);
    });
  const readWith = (reader: FileReader, index: number, file: ListedFile): ReadFile => {
    const read = startRead(reader, index, file);
    void read.sent.then(() => {
      crew.giveBack(reader);
      readAhead();
    });
    return read;
  };
  const store = async (index: number, file: ListedFile, read: ReadFile): Promise<Result<number>> => {
    const outcome = await storeOne(file, read, options);
    if (outcome.kind === 'settled') return outcome.result;
    const reader = crew.another();
    const again = await storeOne(file, startRead(reader, index, file), options);
    await reader.stop();
    if (again.kind === 'settled') return again.result;
    await options.onFailed(file.path, withoutFile(again.error));
    return ok(0);
  };
  for (let index = 0; index < files.length && !options.signal.aborted; index += 1) {
    readAhead();
    const file = files[index];
    const read = waiting.shift();
    if (file === undefined || read === undefined) throw new Error('Every file is read by somebody.');
    progress.storing(index);
    const stored = await store(index, file, read);
    if (!stored.ok) {
      over = true;
      return stored;
    }
    progress.stored(index, stored.value);
    await read.sent;
  }
  return ok(null);
}

/** What became of a file: how many records were in it, or what ends the import. */
type Stored =
  | { readonly kind: 'settled'; readonly result: Result<number> }
  /** Its reader died over another file, and this one has to be read once more. */
  | { readonly kind: 'innocent'; readonly error: AppError };

const settled = (result: Result<number>): Stored => ({ kind: 'settled', result });

async function storeOne(
  file: ListedFile,
  read: ReadFile,
  { onTurn, onEnd, onFailed }: ImportOptions,
): Promise<Stored> {
  let fileId: EvidenceId | null = null;
  if (!read.hasFailed()) {
    fileId = await onTurn(file, () => read.reader.hash(file.path));
    read.giveTurn(fileId);
  }
  const ended = await read.ended;
  if (ended.type === 'end') {
    // The next file may have been read in the words of this one.
    if (!(await onEnd(ended.report, ended.duplicates)) && fileId !== null && ended.report.records > 0)
      read.reader.forget();
    return settled(ok(ended.report.records));
  }
  if (ended.error.code === 'cancelled') return settled(err(ended.error));
  if (ended.type === 'died' && read.wasSent()) return { kind: 'innocent', error: ended.error };
  await onFailed(file.path, ended.type === 'died' ? withoutFile(ended.error) : ended.error);
  return settled(ended.type === 'failed' && ended.stage === 'stored' ? err(ended.error) : ok(0));
}

function withoutFile(error: AppError): AppError {
  return { ...error, message: `${error.message} Nothing of this file was added.` };
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
