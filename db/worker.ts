import { parentPort, workerData } from 'node:worker_threads';
import type { Args, Method } from './api.ts';
import { createAskingClient } from './asking-client.ts';
import { createInProcessClient } from './in-process.ts';
import { isMethod } from './operations.ts';
import type { Reply, Request, WorkerData } from './protocol.ts';

/* A thread that has the database open. It only passes messages on; what they mean is in `operations.ts` and `asking-operations.ts`. */

const port = parentPort;
if (port === null) throw new Error('db/worker.ts is to be started as a worker thread');

const { dataDir, asksOnly } = workerData as WorkerData; // set by db/client.ts
const owner = asksOnly
  ? null
  : createInProcessClient({
      dataDir,
      onSlow: (method, milliseconds) => {
        process.stderr.write(`slow database call: ${method} ${milliseconds} ms\n`);
      },
    });
const client = owner ?? createAskingClient(dataDir);

function reply(message: Reply): void {
  port?.postMessage(message);
}

function bug(seq: number, thrown: unknown): Reply {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { kind: 'bug', seq, message: error.message, stack: error.stack ?? '' };
}

function answer(seq: number, method: string, args: unknown): void {
  if (!isMethod(method)) {
    reply(bug(seq, new Error(`The database has no operation ${method}`)));
    return;
  }
  client.call(method, args as Args<Method>).then(
    // the client's type has checked them
    (result) => reply({ kind: 'answer', seq, result }),
    (thrown: unknown) => reply(bug(seq, thrown)),
  );
}

port.on('message', (request: Request) => {
  if (request.kind === 'call') answer(request.seq, request.method, request.args);
  else if (request.kind === 'import') owner?.takeImports(request.port);
  // One turn later, so that the answers of the last calls have been sent.
  else void client.close().then(() => setImmediate(() => port.close()));
});

void owner?.opened.then((result) => reply({ kind: 'opened', result }));
