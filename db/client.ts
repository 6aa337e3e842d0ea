import type { Result } from '../main/core/result.ts';
import type { OpenFailure, OpenedDatabase } from './open-result.ts';
import type { Args, Method, Value } from './api.ts';

/**
 * The database as the rest of the app sees it, wherever it runs. A call is one transaction; expected failures
 * are values. Calls are answered in the order they were made.
 */
export interface DbClient {
  /** How opening went. When it failed every call answers `unreadable`, `newer_schema` or `not_saved` with the same sentence. */
  readonly opened: Promise<Result<OpenedDatabase, OpenFailure>>;
  call<M extends Method>(method: M, args: Args<M>): Promise<Result<Value<M>>>;
  /** Waits for running calls, then closes the database. */
  close(): Promise<void>;
}
