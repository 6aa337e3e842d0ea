import { err } from '../main/core/result.ts';
import { isAsking } from './asking.ts';
import { runAsking } from './asking-operations.ts';
import type { DbClient } from './client.ts';
import type { ReadableDb } from './database.ts';
import { storageFailure } from './errors.ts';
import { openReadOnly } from './open.ts';
import { databaseFile } from './store.ts';

/**
 * Answers what only looks through records, with a connection of its own that cannot write. The database has been opened, and brought
 * up to date, by the one that can; as it keeps a write-ahead log, neither waits for the other.
 */
export function createAskingClient(dataDir: string): Pick<DbClient, 'call' | 'close'> {
  let db: ReadableDb | null = null;
  return {
    call: (method, args) => {
      if (!isAsking(method)) return Promise.reject(new Error(`${method} does more than look at records`));
      try {
        db ??= openReadOnly(databaseFile(dataDir));
        return Promise.resolve(runAsking(db, method, args));
      } catch (thrown) {
        const failure = storageFailure(thrown);
        return failure === null ? Promise.reject(thrown) : Promise.resolve(err(failure));
      }
    },
    close: () => {
      db?.close();
      return Promise.resolve();
    },
  };
}
