import type { FileReport, LogRecord } from '../../core/evidence/model.ts';
import type { StateFinding } from '../../core/evidence/state-finding.ts';
import type { AppError } from '../../core/result.ts';

/** How far an import has come. */
export interface ImportProgress {
  /** The file being read. */
  readonly file: string;
  /** Its number, from 1, and how many there are. */
  readonly number: number;
  readonly files: number;
  /** Stored bytes read and to be read, over all files. */
  readonly bytesRead: number;
  readonly bytesTotal: number;
  /** Records found so far, over all files. */
  readonly records: number;
}

/** What the client tells the worker. */
export type ToWorker =
  | { readonly type: 'start'; readonly paths: readonly string[] }
  /** A batch or the end of a file has been dealt with. */
  | { readonly type: 'next' }
  | { readonly type: 'cancel' };

/** What the worker tells the client. `begin`, `batch`, `findings`, `end` and `failed` are each answered with `next`. */
export type FromWorker =
  | { readonly type: 'begin'; readonly file: string }
  | { readonly type: 'batch'; readonly records: LogRecord[] }
  | { readonly type: 'findings'; readonly findings: readonly StateFinding[] }
  | { readonly type: 'end'; readonly report: FileReport }
  | { readonly type: 'failed'; readonly file: string; readonly error: AppError }
  | { readonly type: 'progress'; readonly progress: ImportProgress }
  | { readonly type: 'done'; readonly notes: readonly string[] };
