import { type MessagePort, Worker } from 'node:worker_threads';
import type { Result } from '../main/core/result.ts';
import type { Args, Method, Value } from './api.ts';
import { isAsking } from './asking.ts';
import type { OpenedDatabase, OpenFailure } from './open-result.ts';
import type { Reply, Request, WorkerData } from './protocol.ts';

/** What lives short in the thread: batches that have been stored are let go the sooner, a few megabytes each. */
const YOUNG_MB = 16;

/**
 * The database as the rest of the app sees it, wherever it runs. A call is one transaction; expected failures
 * are values. Calls are answered in the order they were made, but for those that only look through records (`asking.ts`): they
 * are answered in an order of their own, and see whatever was answered before they were made.
 */
export interface DbClient {
  /** How opening went. When it failed every call answers `unreadable`, `newer_schema` or `not_saved` with the same sentence. */
  readonly opened: Promise<Result<OpenedDatabase, OpenFailure>>;
  call<M extends Method>(method: M, args: Args<M>): Promise<Result<Value<M>>>;
  /**
   * Lets a reader of files send its batches (`BatchMessage`) straight to the database; each is answered with a `BatchReply`.
   * It ends when the other end of the port is closed.
   */
  takeImports(port: MessagePort): void;
  /** Waits for running calls, then closes the database. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: Result<unknown>) => void;
  readonly reject: (error: Error) => void;
}

/** A thread, and the calls that it has not answered yet. */
interface Thread {
  readonly opened: DbClient['opened'];
  readonly call: DbClient['call'];
  readonly takeImports: DbClient['takeImports'];
  readonly hasEnded: () => boolean;
  /** Lets it answer what it was asked, and end. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the thread that owns the database of `dataDir`, and with the first question about records one that only answers those, so
 * that what is to be written never waits for them. `workerUrl` is the built `db/worker.ts`. Should a thread die, its running calls
 * reject, and later ones too if it was the owner: that is a bug, and nothing unacknowledged was promised.
 */
export function createDbClient(options: { readonly workerUrl: URL; readonly dataDir: string }): DbClient {
  const { workerUrl, dataDir } = options;
  const owner = startThread(workerUrl, { dataDir, asksOnly: false });
  let asker: Thread | null = null;
  let closing: Promise<void> | null = null;

  async function ask<M extends Method>(method: M, args: Args<M>): Promise<Result<Value<M>>> {
    const opened = await owner.opened;
    // The owner says why it cannot be answered.
    if (!opened.ok || closing !== null) return owner.call(method, args);
    if (asker === null || asker.hasEnded()) asker = startThread(workerUrl, { dataDir, asksOnly: true });
    return asker.call(method, args);
  }

  return {
    opened: owner.opened,
    call: (method, args) => (isAsking(method) ? ask(method, args) : owner.call(method, args)),
    takeImports: owner.takeImports,
    close: () => {
      // Only when it is open, so that what was asked before is answered. The owner last: it brings the write-ahead log home.
      closing ??= owner.opened
        .then(
          () => asker?.close(),
          () => {},
        )
        .then(() => owner.close());
      return closing;
    },
  };
}

function startThread(workerUrl: URL, workerData: WorkerData): Thread {
  const worker = new Worker(workerUrl, {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const waiting = new Map<number, Waiting>();
  const opened = deferred();
  let last = 0;
  let ended: Error | null = null;

  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });

  function end(error: Error): void {
    ended ??= error;
    opened.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  worker.on('message', (reply: Reply) => {
    if (reply.kind === 'opened') {
      opened.resolve(reply.result);
      return;
    }
    const call = waiting.get(reply.seq);
    waiting.delete(reply.seq);
    if (reply.kind === 'answer') call?.resolve(reply.result);
    else call?.reject(Object.assign(new Error(reply.message), { stack: reply.stack }));
  });
  worker.on('error', end);
  worker.once('exit', () => end(new Error('The database is closed')));

  return {
    opened: opened.promise,
    call: <M extends Method>(method: M, args: Args<M>) =>
      new Promise<Result<Value<M>>>((resolve, reject) => {
        if (ended !== null) {
          reject(ended);
          return;
        }
        last += 1;
        const seq = last;
        waiting.set(seq, { resolve: (result) => resolve(result as Result<Value<M>>), reject }); // by the method's own type
        worker.postMessage({ kind: 'call', seq, method, args } satisfies Request);
      }),
    takeImports: (port) => {
      if (ended === null) worker.postMessage({ kind: 'import', port } satisfies Request, [port]);
      else port.close();
    },
    hasEnded: () => ended !== null,
    close: async () => {
      if (ended === null) worker.postMessage({ kind: 'close' } satisfies Request);
      await exited;
    },
  };
}

function deferred() {
  let resolve: (result: Result<OpenedDatabase, OpenFailure>) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<Result<OpenedDatabase, OpenFailure>>((resolveIt, rejectIt) => {
    resolve = resolveIt;
    reject = rejectIt;
  });
  // Whoever never asks how it went need not catch it either.
  promise.catch(() => {});
  return { promise, resolve, reject };
}
