import type { MessagePort } from 'node:worker_threads';
import type { Result } from '../main/core/result.ts';
import type { OpenedDatabase, OpenFailure } from './open-result.ts';

/** What the worker is started with. */
export interface WorkerData {
  readonly dataDir: string;
  /** Whether it only looks through records, beside the one that does everything. */
  readonly asksOnly: boolean;
}

/** From the client to the worker. */
export type Request =
  | { readonly kind: 'call'; readonly seq: number; readonly method: string; readonly args: unknown }
  /** Batches of records come through that port; see `import-port.ts`. */
  | { readonly kind: 'import'; readonly port: MessagePort }
  | { readonly kind: 'close' };

/** From the worker to the client; `opened` only from one that does everything. `bug` carries what was thrown; the call rejects with it. */
export type Reply =
  | { readonly kind: 'opened'; readonly result: Result<OpenedDatabase, OpenFailure> }
  | { readonly kind: 'answer'; readonly seq: number; readonly result: Result<unknown> }
  | { readonly kind: 'bug'; readonly seq: number; readonly message: string; readonly stack: string };
