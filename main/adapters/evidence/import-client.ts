import { Worker } from 'node:worker_threads';
import type { FileReport, LogRecord } from '../../core/evidence/model.ts';
import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { type AppError, err, fail, ok, type Result } from '../../core/result.ts';
import type { FromWorker, ImportProgress, ToWorker } from './import-messages.ts';

/** What is done with what is read. Each is awaited before the next is called, and the worker waits with them. */
export interface ImportHandlers {
  /** A file is about to be read. */
  readonly onBegin?: (file: string) => Promise<void>;
  /** Its next records, about a thousand. */
  readonly onBatch: (records: readonly LogRecord[]) => Promise<void>;
  /** Its next findings of states. */
  readonly onFindings?: (findings: readonly StateFinding[]) => Promise<void>;
  /** All of its records were given. */
  readonly onEnd?: (report: FileReport) => Promise<void>;
  /** It could not be read to its end; records already given may be undone. */
  readonly onFailed?: (file: string, error: AppError) => Promise<void>;
  /** At most ten times a second. */
  readonly onProgress?: (progress: ImportProgress) => void;
}

interface ImportOptions extends ImportHandlers {
  /** The built `import-worker`. */
  readonly workerUrl: URL;
  readonly signal: AbortSignal;
}

/** All files of one import. */
export interface Imported {
  readonly reports: readonly FileReport[];
  readonly failed: readonly { readonly file: string; readonly error: AppError }[];
  /** What was left out of the given folders, in sentences. */
  readonly notes: readonly string[];
}

/** A worker that does not stop by itself within this time is ended. */
const STOP_MS = 800;
const WORKER_MEMORY_MB = 512;

/**
 * Reads files and folders in a worker thread, one file after the other. Fails with `cancelled` within a second of the signal,
 * with `unexpected` when the worker dies; what a handler throws is thrown here.
 */
export function importFiles(paths: readonly string[], options: ImportOptions): Promise<Result<Imported>> {
  if (options.signal.aborted) return Promise.resolve(fail('cancelled', 'The import was cancelled.'));
  return new Promise((resolve, reject) => {
    const worker = new Worker(options.workerUrl, {
      resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY_MB },
    });
    const reports: FileReport[] = [];
    const failed: { file: string; error: AppError }[] = [];
    let settled = false;
    let handled: Promise<void> = Promise.resolve();
    let stopTimer: NodeJS.Timeout | undefined;

    const tell = (message: ToWorker): void => {
      worker.postMessage(message);
    };
    const end = (settle: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(stopTimer);
      options.signal.removeEventListener('abort', onAbort);
      void worker.terminate().then(settle, settle);
    };
    const cancelled = (): void => {
      // A batch that is being stored is let finish, so that nothing is written after this has settled.
      void handled
        .catch(() => undefined)
        .then(() => {
          end(() => {
            resolve(fail('cancelled', 'The import was cancelled.'));
          });
        });
    };
    function onAbort(): void {
      tell({ type: 'cancel' });
      stopTimer = setTimeout(cancelled, STOP_MS);
    }

    async function handle(message: FromWorker): Promise<void> {
      if (message.type === 'begin') await options.onBegin?.(message.file);
      else if (message.type === 'batch') await options.onBatch(message.records);
      else if (message.type === 'findings') await options.onFindings?.(message.findings);
      else if (message.type === 'end') {
        reports.push(message.report);
        await options.onEnd?.(message.report);
      } else if (message.type === 'failed') {
        failed.push({ file: message.file, error: message.error });
        await options.onFailed?.(message.file, message.error);
      }
    }

    worker.on('message', (message: FromWorker) => {
      if (settled) return;
      if (message.type === 'progress') {
        options.onProgress?.(message.progress);
        return;
      }
      if (message.type === 'done') {
        const { notes } = message;
        if (options.signal.aborted) cancelled();
        else
          void handled.then(
            () => end(() => resolve(ok({ reports, failed, notes }))),
            () => undefined,
          );
        return;
      }
      handled = handled.then(async () => {
        // After a cancel only the end of the file being read is of interest: its records may have to be undone.
        if (options.signal.aborted && message.type !== 'failed') return;
        await handle(message);
        tell({ type: 'next' });
      });
      handled.catch((cause: unknown) => {
        end(() => {
          reject(cause instanceof Error ? cause : new Error(String(cause)));
        });
      });
    });
    worker.on('error', (cause) => {
      end(() => {
        resolve(err({ code: 'unexpected', message: `Reading the files stopped: ${cause.message}.` }));
      });
    });
    worker.on('exit', (code) => {
      end(() => {
        resolve(fail('unexpected', `Reading the files stopped by itself (exit ${code}).`));
      });
    });
    options.signal.addEventListener('abort', onAbort);
    tell({ type: 'start', paths });
  });
}
