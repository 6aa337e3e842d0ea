import type { AppError } from '../main/core/result.ts';
import type { WriterId } from '../main/core/trail/model.ts';

export interface OpenedDatabase {
  readonly file: string;
  readonly schemaVersion: number;
  /** True when there was no database before. */
  readonly created: boolean;
  readonly writer: WriterId;
}

/**
 * Why a database was not opened; its file is as it was.
 * `newer_schema`: made by a newer Demarc. `damaged`: SQLite or its check finds faults. `empty`: zero bytes where
 * a database was, or nothing where one must have been. `not_a_database`: other bytes. `not_ours`: a database of another program. `unavailable`:
 * locked, not readable, no space, no permission.
 */
export interface OpenFailure extends AppError {
  readonly kind: 'newer_schema' | 'damaged' | 'empty' | 'not_a_database' | 'not_ours' | 'unavailable';
  readonly file: string;
}

/** Builds an `OpenFailure`; the code follows from the kind. */
export function failToOpen(kind: OpenFailure['kind'], file: string, message: string): OpenFailure {
  const codes = { newer_schema: 'newer_schema', unavailable: 'not_saved' } as const;
  const code = kind === 'newer_schema' || kind === 'unavailable' ? codes[kind] : 'unreadable';
  return { kind, code, message, file };
}
