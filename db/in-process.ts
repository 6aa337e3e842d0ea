import { performance } from 'node:perf_hooks';
import type { Result } from '../main/core/result.ts';
import { err, ok } from '../main/core/result.ts';
import { instantOf } from '../main/core/time.ts';
import type { Args, Method, Value } from './api.ts';
import type { DbClient } from './client.ts';
import { serveImport } from './import-port.ts';
import { runOperation } from './operations.ts';
import type { Store } from './store.ts';
import { closeStore, openStore } from './store.ts';

/** The database in the thread that asks: for the worker, for commands that do one thing and end, and for tests. */
export function createInProcessClient(options: {
  readonly dataDir: string;
  /** Told of calls that took longer than 40 ms. */
  readonly onSlow?: (method: Method, milliseconds: number) => void;
}): DbClient {
  const opening = openStore(options.dataDir, { now: instantOf(Date.now()) });
  const running = new Set<Promise<unknown>>();

  async function call<M extends Method>(method: M, args: Args<M>): Promise<Result<Value<M>>> {
    const store = await opening;
    if (!store.ok) return err({ code: store.error.code, message: store.error.message });
    const started = performance.now();
    const answer = runOperation(store.value, method, args);
    // Up to the first pause: that is how long everybody else had to wait.
    const milliseconds = performance.now() - started;
    if (milliseconds > 40) options.onSlow?.(method, Math.round(milliseconds));
    return answer;
  }

  return {
    opened: opening.then((store) => (store.ok ? ok(describe(store.value)) : store)),
    call: (method, args) => {
      const answer = call(method, args);
      running.add(answer);
      return answer.finally(() => running.delete(answer));
    },
    takeImports: (port) => {
      void opening.then((store) => {
        if (store.ok) serveImport(store.value.db, port);
        else port.close();
      });
    },
    close: async () => {
      const store = await opening;
      await Promise.allSettled(running);
      if (store.ok) closeStore(store.value);
    },
  };
}

function describe({ db, file, created, writer }: Store) {
  const schemaVersion = Number(db.pragma('user_version', { simple: true }));
  return { file, schemaVersion, created, writer: writer.id };
}
