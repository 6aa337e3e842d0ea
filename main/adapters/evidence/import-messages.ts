import type { MessagePort } from 'node:worker_threads';
import type { Mapping } from '../../core/evidence/mapping/model.ts';
import type { FileReport } from '../../core/evidence/model.ts';
import type { EvidenceId } from '../../core/ids.ts';
import type { AppError, Result } from '../../core/result.ts';

/** How far an import has come. */
export interface ImportProgress {
  /** The file whose records are being stored. */
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

export interface ListedFile {
  readonly path: string;
  /** Bytes on disk; 0 when it could not be asked. */
  readonly size: number;
}

export type Hashed = Result<{ readonly sha256: string; readonly size: number }>;

/** What the client tells a reader. */
export type ToReader =
  /** Batches go through that port; files that no adapter knows are read by one of the mappings. */
  | { readonly type: 'open'; readonly port: MessagePort; readonly mappings: readonly Mapping[] }
  | { readonly type: 'list'; readonly paths: readonly string[] }
  | { readonly type: 'read'; readonly index: number; readonly file: string }
  /** It is the turn of the file being read: its batches go to that import, or nowhere. */
  | { readonly type: 'turn'; readonly index: number; readonly fileId: EvidenceId | null }
  /** What was stored of a file that had ended is gone again: nothing may be told by it, and the file being read is read anew. */
  | { readonly type: 'forget' }
  | { readonly type: 'hash'; readonly file: string }
  | { readonly type: 'cancel' };

/** What a reader tells the client. */
export type FromReader =
  | { readonly type: 'listed'; readonly files: readonly ListedFile[]; readonly notes: readonly string[] }
  | { readonly type: 'hashed'; readonly hashed: Hashed }
  /** Of the file being read, at most ten times a second. */
  | { readonly type: 'progress'; readonly index: number; readonly bytes: number; readonly records: number }
  /** All of it is on its way to the database: the next file may be read. */
  | { readonly type: 'sent'; readonly index: number }
  /** All of its records are stored. */
  | {
      readonly type: 'end';
      readonly index: number;
      readonly report: FileReport;
      /** Records that were there already. */
      readonly duplicates: number;
    }
  /** It could not be read to its end, or `stored` says that its records could not be kept. */
  | {
      readonly type: 'failed';
      readonly index: number;
      readonly error: AppError;
      readonly stage: 'read' | 'stored';
    };
