import type { FeedCatalog } from '../../core/feeds/catalog.ts';
import type { RawEvent } from '../../core/feeds/raw.ts';
import type { Claim } from '../../core/feeds/statement.ts';
import type { FetchFailure } from './fetch.ts';
import { packed, type Body, type FeedWork, type Looked, type Matched, type Statement } from './feed-work.ts';
import type { FeedJob, FeedProcess, StartFeedProcess } from './feed-work-messages.ts';

/** Milliseconds for one job: the longest request and a reading that no real feed needs. */
const DEADLINE_MS = 30_000;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly broke: (why: string) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * The work on feeds in a process of its own, started when it is first needed. When that dies or hangs, what it was at
 * could not be checked, and the next job starts another one.
 */
export function feedWorkElsewhere(
  startProcess: StartFeedProcess,
  catalog: FeedCatalog,
  deadlineMs = DEADLINE_MS,
): FeedWork {
  const waiting = new Map<number, Waiting>();
  let worker: FeedProcess | null = null;
  let closed = false;
  let last = 0;

  function end(which: FeedProcess, why: string): void {
    if (worker !== which) return;
    worker = null;
    which.kill();
    const left = [...waiting.values()];
    waiting.clear();
    for (const { timer, broke } of left) {
      clearTimeout(timer);
      broke(why);
    }
  }

  function start(): FeedProcess {
    const started = startProcess({
      message: (message) => {
        const one = waiting.get(message.seq);
        if (one === undefined) return;
        waiting.delete(message.seq);
        clearTimeout(one.timer);
        if ('broke' in message) one.broke(message.broke);
        else one.resolve(message.value);
      },
      ended: (why) => end(started, why),
    });
    started.post({ what: 'start', catalog });
    return started;
  }

  function run<T>(job: FeedJob, broken: (why: string) => T): Promise<T> {
    if (closed) return Promise.resolve(broken('the app is closing'));
    const running = (worker ??= start());
    last += 1;
    const seq = last;
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => end(running, `not done within ${deadlineMs / 1000} seconds`),
        deadlineMs,
      );
      waiting.set(seq, {
        timer,
        resolve: (value) => resolve(value as T), // by the job's own kind
        broke: (why) => resolve(broken(why)),
      });
      running.post({ ...job, seq });
    });
  }

  return {
    ask: (job) => run({ what: 'ask', job }, (why) => ({ ok: false, error: failureOf(why) })),
    match: (job) => run<Matched>({ what: 'match', job }, unread),
    state: (job) =>
      run<Statement>({ what: 'state', job }, (why) => ({
        ...unread(why),
        events: [],
        rejected: [],
        unrelated: 0,
      })),
    claims: (job) => run<readonly Claim[]>({ what: 'claims', job }, () => []),
    raw: (job) =>
      run<readonly (RawEvent | null)[]>({ what: 'raw', job }, () => job.nativeIds.map(() => null)),
    look: (job) => run<Looked>({ what: 'look', job }, (why) => ({ kind: null, reason: sentence(why) })),
    pack: (bytes) => run<Body>({ what: 'pack', job: bytes }, () => packed(bytes)),
    close: () => {
      closed = true;
      if (worker !== null) end(worker, 'the app is closing');
      return Promise.resolve();
    },
  };
}

function sentence(why: string): string {
  return `The reading of this feed broke off: ${why}.`;
}

function failureOf(why: string): FetchFailure {
  return { code: 'unexpected', message: sentence(why), feedState: 'unreadable', retryAfterSeconds: null };
}

function unread(why: string): Matched {
  return { feedState: 'unreadable', reason: sentence(why), saying: 'could_not_check', matches: [] };
}
