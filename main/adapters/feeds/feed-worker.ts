import { parentPort, workerData } from 'node:worker_threads';
import { feedWorkHere, type Asked } from './feed-work.ts';
import type { FeedJob, FeedWorkerData, FromFeedWorker, ToFeedWorker } from './feed-work-messages.ts';
import type { Result } from '../../core/result.ts';
import type { FetchFailure } from './fetch.ts';

/* The thread that asks and reads feeds. It only passes messages on; what they mean is in `feed-work.ts`. */

const port = parentPort;
if (port === null) throw new Error('feed-worker.ts is to be started as a worker thread');

const { catalog } = workerData as FeedWorkerData; // set by feed-work-client.ts
const work = feedWorkHere(catalog);

function done(job: FeedJob): Promise<unknown> {
  switch (job.what) {
    case 'ask':
      return work.ask(job.job);
    case 'match':
      return work.match(job.job);
    case 'state':
      return work.state(job.job);
    case 'claims':
      return work.claims(job.job);
    case 'raw':
      return work.raw(job.job);
    case 'pack':
      return work.pack(job.job);
  }
}

/** The body of an answer is handed over, not copied: nobody here needs it any more. */
function handedOver(job: FeedJob, value: unknown): ArrayBuffer[] {
  if (job.what !== 'ask') return [];
  const asked = value as Result<Asked, FetchFailure>; // what `ask` gives
  if (!asked.ok || asked.value.status !== 'changed') return [];
  const { buffer, byteLength } = asked.value.body.bytes;
  // A part of a larger buffer is shared with others, as Node's small ones are.
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}

port.on('message', (message: ToFeedWorker) => {
  const { seq } = message;
  done(message).then(
    (value) => port.postMessage({ seq, value } satisfies FromFeedWorker, handedOver(message, value)),
    (thrown: unknown) => port.postMessage({ seq, broke: String(thrown) } satisfies FromFeedWorker),
  );
});
