import type { WritableDb } from '../database.ts';

/** One step of the schema. Released steps are never edited; numbers go up in tens. */
export interface Migration {
  /** Becomes `user_version`. */
  readonly version: number;
  /** Run in order, all in the one transaction of the whole upgrade. */
  readonly statements: readonly string[];
  /** Run after them, in the same transaction: for what has to be read and written anew. */
  readonly convert?: (db: WritableDb) => void;
}
