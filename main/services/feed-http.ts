import { fetchFeed, type FetchFailure } from '../adapters/feeds/fetch.ts';
import type { Clock } from '../adapters/ports.ts';
import { AWS_HEALTH_ADDRESS } from '../core/feeds/kinds.ts';
import type { FeedState } from '../core/feeds/model.ts';
import { nextPoll, type PollOutcome } from '../core/feeds/schedule.ts';
import type { Result } from '../core/result.ts';
import { epochMs, type Instant } from '../core/time.ts';

/** What a source gave: bytes, or why none came. */
export interface FeedAnswer {
  /** The raw body; null when there is none. After "not modified" it is the one received before. */
  readonly bytes: Uint8Array | null;
  readonly state: FeedState;
  /** One sentence when there are no bytes, else empty. */
  readonly reason: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

interface Polled {
  readonly answer: Promise<FeedAnswer>;
  readonly history: readonly PollOutcome[];
  readonly notBeforeMs: number;
}

/** Asks for the events of the user's own AWS account. */
export type AskAwsHealth = (
  now: () => Instant,
) => Promise<Result<{ readonly bytes: Uint8Array }, FetchFailure>>;

/** AWS's client is large and most never need it, so it is loaded when it is first asked for. */
async function askAwsHealth(now: () => Instant): ReturnType<AskAwsHealth> {
  const { fetchAwsHealth } = await import('../adapters/aws/health.ts');
  return fetchAwsHealth({ now });
}

/** Outcomes remembered per address: more than the schedule looks back. */
const REMEMBERED = 100;

/**
 * Asks feeds over HTTP, each address no more often than its schedule allows, however many incidents wait for
 * its answer. In between everybody gets the last one.
 */
export class FeedHttp {
  readonly #clock: Clock;
  readonly #jitter: () => number;
  readonly #awsHealth: AskAwsHealth;
  readonly #polled = new Map<string, Polled>();

  constructor(clock: Clock, jitter: () => number = Math.random, awsHealth: AskAwsHealth = askAwsHealth) {
    this.#clock = clock;
    this.#jitter = jitter;
    this.#awsHealth = awsHealth;
  }

  /** The answer of a feed, from the network when its time has come. Never fails: a failure is an answer. */
  ask(url: string): Promise<FeedAnswer> {
    const before = this.#polled.get(url);
    const nowMs = epochMs(this.#clock.now());
    if (before && nowMs < before.notBeforeMs) return before.answer;
    const history = before?.history ?? [];
    const { unconditional } = nextPoll(history, true, 0);
    const asked = this.#fetch(url, unconditional ? null : (before?.answer ?? null));
    const answer = asked.then(({ answer: one }) => one);
    // Until the outcome is known the shortest delay holds, so that nobody asks twice at once.
    this.#polled.set(url, { answer, history, notBeforeMs: nowMs + 60_000 });
    void asked.then(({ outcome }) => {
      const outcomes = [...history, outcome].slice(-REMEMBERED);
      const { delaySeconds } = nextPoll(outcomes, true, this.#jitter());
      this.#polled.set(url, { answer, history: outcomes, notBeforeMs: nowMs + delaySeconds * 1000 });
    });
    return answer;
  }

  /** Asks an address now, whatever its schedule: a drill's feed, whose address changes with virtual time. */
  async askNow(url: string): Promise<FeedAnswer> {
    return (await this.#fetch(url, null)).answer;
  }

  async #fetch(
    url: string,
    earlier: Promise<FeedAnswer> | null,
  ): Promise<{ readonly answer: FeedAnswer; readonly outcome: PollOutcome }> {
    if (url === AWS_HEALTH_ADDRESS) return this.#fromAccount();
    const before = await earlier;
    const fetched = await fetchFeed({ url, now: () => this.#clock.now(), ...conditionsOf(before) });
    if (!fetched.ok) return failed(fetched.error);
    if (fetched.value.status === 'not_modified') {
      const outcome: PollOutcome = { result: 'not_modified', retryAfterSeconds: null };
      const reason = 'It answered "not modified" though nothing had been read before.';
      return { answer: before ?? cannot('unreadable', reason), outcome };
    }
    const { bytes, headers } = fetched.value;
    const etag = headers['etag'] ?? null;
    const lastModified = headers['last-modified'] ?? null;
    return {
      answer: { bytes, state: 'ok', reason: '', etag, lastModified },
      outcome: { result: 'ok', retryAfterSeconds: null },
    };
  }

  async #fromAccount(): Promise<{ readonly answer: FeedAnswer; readonly outcome: PollOutcome }> {
    const asked = await this.#awsHealth(() => this.#clock.now());
    if (!asked.ok) return failed(asked.error);
    const { bytes } = asked.value;
    return {
      answer: { bytes, state: 'ok', reason: '', etag: null, lastModified: null },
      outcome: { result: 'ok', retryAfterSeconds: null },
    };
  }
}

/** An answer without bytes. */
export function cannot(state: FeedState, reason: string): FeedAnswer {
  return { bytes: null, state, reason, etag: null, lastModified: null };
}

function failed({ feedState, message, retryAfterSeconds }: FetchFailure): {
  readonly answer: FeedAnswer;
  readonly outcome: PollOutcome;
} {
  return { answer: cannot(feedState, message), outcome: { result: feedState, retryAfterSeconds } };
}

function conditionsOf(before: FeedAnswer | null): { etag?: string; lastModified?: string } {
  if (!before?.bytes) return {};
  return {
    ...(before.etag === null ? {} : { etag: before.etag }),
    ...(before.lastModified === null ? {} : { lastModified: before.lastModified }),
  };
}
