import { readdirSync } from 'node:fs';
import os from 'node:os';
import { feedWorkHere, type FeedWork } from './feed-work.ts';
import type { FeedJob, FromFeedProcess, ToFeedProcess } from './feed-work-messages.ts';

/*
 * The process that asks and reads feeds. It only passes messages on; what they mean is in `feed-work.ts`. It is a process and not a thread,
 * because only so the threads that collect its garbage stand behind those of the window.
 */

/** How a child of Electron speaks with the app; a child of Node does so by itself. */
interface ParentPort {
  readonly on: (event: 'message', listener: (message: { readonly data: unknown }) => void) => void;
  readonly postMessage: (message: unknown) => void;
}
const { parentPort } = process as typeof process & { readonly parentPort?: ParentPort };

let work: FeedWork | null = null;

function done(job: FeedJob, { ask, match, state, claims, raw, look, pack }: FeedWork): Promise<unknown> {
  switch (job.what) {
    case 'ask':
      return ask(job.job);
    case 'match':
      return match(job.job);
    case 'state':
      return state(job.job);
    case 'claims':
      return claims(job.job);
    case 'raw':
      return raw(job.job);
    case 'look':
      return look(job.job);
    case 'pack':
      return pack(job.job);
  }
}

function answer(message: FromFeedProcess): void {
  if (parentPort === undefined) process.send?.(message);
  else parentPort.postMessage(message);
}

function receive(message: ToFeedProcess): void {
  if (message.what === 'start') {
    work = feedWorkHere(message.catalog);
    return;
  }
  if (work === null) throw new Error('A job came before the catalog.');
  const { seq } = message;
  done(message, work).then(
    (value) => answer({ seq, value }),
    (thrown: unknown) => answer({ seq, broke: String(thrown) }),
  );
}

/** Whoever waits for the window goes first. On Linux a priority is a thread's, and some are running before this one. */
function standBack(): void {
  const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [process.pid];
  for (const thread of threads) {
    try {
      os.setPriority(thread, os.constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // It has ended meanwhile, or the system does not let us: the work is done all the same.
    }
  }
}

standBack();
// What comes is from `feed-work-client.ts`.
if (parentPort === undefined) process.on('message', (message) => receive(message as ToFeedProcess));
else parentPort.on('message', ({ data }) => receive(data as ToFeedProcess));
process.on('disconnect', () => process.exit(0));
