import type Database from 'better-sqlite3';
import type { Result } from '../main/core/result.ts';

declare const readable: unique symbol;
declare const writable: unique symbol;

/** A connection that a function may read from. Only `db/open.ts` makes one. */
export type ReadableDb = Database.Database & { readonly [readable]: true };

/** A connection that a function may also write to. */
export type WritableDb = ReadableDb & { readonly [writable]: true };

/** Carries a refusal out of a transaction, so that it is rolled back. */
class RolledBack extends Error {
  readonly result: Result<never>;

  constructor(result: Result<never>) {
    super('rolled back');
    this.result = result;
  }
}

/**
 * Runs `work` in one `BEGIN IMMEDIATE` transaction (a savepoint inside another one). A failure, returned or thrown, undoes
 * everything `work` wrote. Immediate, because a read transaction that then writes fails at once when somebody
 * else wrote in between, whatever the busy timeout (https://www.sqlite.org/rescode.html#busy_snapshot).
 */
export function writeTransaction<T>(db: WritableDb, work: () => Result<T>): Result<T> {
  const run = db.transaction((): Result<T> => {
    const result = work();
    if (!result.ok) throw new RolledBack(result);
    return result;
  });
  try {
    return run.immediate();
  } catch (thrown) {
    if (thrown instanceof RolledBack) return thrown.result;
    throw thrown;
  }
}

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/**
 * A statement that is compiled once per connection: for the few that run with every answer. `sql` must be a constant, and none of
 * them may still be being iterated when it is run again.
 */
export function prepared<Bind extends unknown[] | object, Row = unknown>(
  db: ReadableDb,
  sql: string,
): Database.Statement<Bind extends unknown[] ? Bind : [Bind], Row> {
  const known = statements.get(db) ?? new Map<string, Database.Statement>();
  statements.set(db, known);
  const statement = known.get(sql) ?? db.prepare(sql);
  known.set(sql, statement);
  return statement as Database.Statement<Bind extends unknown[] ? Bind : [Bind], Row>; // the caller knows its SQL
}

/** Runs several reads on one unchanging view of the database. */
export function readTransaction<T>(db: ReadableDb, work: () => T): T {
  return db.transaction(work).deferred();
}
