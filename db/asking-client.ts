import { type AppError, err, type Result } from '../main/core/result.ts';
import type { Args, Method, Value } from './api.ts';
import { isAsking } from './asking.ts';
import { runAsking } from './asking-operations.ts';
import type { DbClient } from './client.ts';
import type { ReadableDb } from './database.ts';
import { storageFailure } from './errors.ts';
import { errorCode } from './files.ts';
import { openReadOnly } from './open.ts';
import { databaseFile } from './store.ts';

/**
 * Answers what only looks through records, with a connection of its own that cannot write. The database has been opened, and brought
 * up to date, by the one that can; as it keeps a write-ahead log, neither waits for the other.
 */
export function createAskingClient(dataDir: string): Pick<DbClient, 'call' | 'close'> {
  let db: ReadableDb | null = null;

  function answer<M extends Method>(method: M, args: Args<M>): Result<Value<M>> {
    if (!isAsking(method)) throw new Error(`${method} does more than look at records`);
    try {
      db ??= openReadOnly(databaseFile(dataDir));
      return runAsking(db, method, args as Args<typeof method>); // the method says which they are
    } catch (thrown) {
      const failure = unanswered(thrown);
      if (failure === null) throw thrown;
      return err(failure);
    }
  }

  return {
    call: (method, args) => Promise.resolve().then(() => answer(method, args)),
    close: () => {
      db?.close();
      return Promise.resolve();
    },
  };
}

/** Why a question has no answer; null when that is a bug. Nothing was to be saved. */
function unanswered(thrown: unknown): AppError | null {
  if (errorCode(thrown)?.startsWith('SQLITE_CANTOPEN') === true) return { code: 'unreadable', message: GONE };
  const failure = storageFailure(thrown);
  if (failure?.code !== 'not_saved') return failure;
  return { code: 'unreadable', message: failure.message.replace('Not saved', 'Not answered') };
}

const GONE =
  'Not answered: the database cannot be opened a second time. Nothing was changed; look whether its file is still there.';
