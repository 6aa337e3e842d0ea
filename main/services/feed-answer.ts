import type { Asked, Body } from '../adapters/feeds/feed-work.ts';
import type { FetchFailure } from '../adapters/feeds/fetch.ts';
import { isLoopback } from '../adapters/feeds/target.ts';
import type { FeedState } from '../core/feeds/model.ts';
import { nextPoll, type PollOutcome } from '../core/feeds/schedule.ts';
import type { AppError, Result } from '../core/result.ts';
import type { Instant } from '../core/time.ts';

/** What a source gave: bytes, or why none came. The same object until the source is asked again. */
export interface FeedAnswer {
  /** When it came, or was found not to come. */
  readonly at: Instant;
  /** What came, packed; null when nothing did. After "not modified" it is the very one received before. */
  readonly body: Body | null;
  readonly state: FeedState;
  /** One sentence when there are no bytes, else empty. */
  readonly reason: string;
  /** Those worth keeping; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where it came from, after redirects; null when nothing came. */
  readonly from: string | null;
  /** How it failed; null when it did not, and for what an earlier start remembers. */
  readonly failure: AppError['code'] | null;
}

/** An answer with bytes, and when these bytes came. */
export interface GoodAnswer {
  readonly answer: FeedAnswer & { readonly body: Body; readonly from: string };
  readonly received: Instant;
}

/** How a poll ended. */
export interface PollEnded {
  readonly answer: FeedAnswer;
  readonly outcome: PollOutcome;
  /** The last answer with bytes, this one or an earlier. */
  readonly good: GoodAnswer | null;
  /** True: it failed as everything fails without a network. False: something answered. Null: that tells nothing of the network. */
  readonly cutOff: boolean | null;
}

/** An answer without bytes. */
export function cannot(
  at: Instant,
  state: FeedState,
  reason: string,
  failure: FeedAnswer['failure'] = null,
): FeedAnswer {
  return { at, body: null, state, reason, headers: {}, from: null, failure };
}

/** What came of asking an address, given what its polls gave before. */
export function endedPoll(
  asked: Result<Asked, FetchFailure>,
  at: Instant,
  { good, history }: { readonly good: GoodAnswer | null; readonly history: readonly PollOutcome[] },
): PollEnded {
  if (!asked.ok) {
    const { feedState, message, code, retryAfterSeconds, cutOff } = asked.error;
    return {
      answer: cannot(at, feedState, message, code),
      outcome: { result: feedState, retryAfterSeconds },
      good,
      cutOff: cutOff ?? null,
    };
  }
  if (asked.value.status === 'not_modified') return unmodified(at, good, history);
  const { body, headers, url } = asked.value;
  const answer = { at, body, state: 'ok' as const, reason: '', headers, from: url, failure: null };
  return { answer, ...withoutWait('ok'), good: { answer, received: at } };
}

/** "Not modified" counts for an hour; from a server that says so for ever, nobody knows what is true now. */
function unmodified(at: Instant, good: GoodAnswer | null, history: readonly PollOutcome[]): PollEnded {
  if (good === null) {
    const reason = 'It answers "not modified" (304) though nothing was read from it before.';
    return { answer: cannot(at, 'unreadable', reason), ...withoutWait('unreadable'), good };
  }
  if (nextPoll(history, true, 0).unconditional) {
    const reason = `It answers "not modified" (304) even when asked for all of it: what it said at ${timeText(good.received)} may not hold any more.`;
    return { answer: cannot(at, 'stale', reason), ...withoutWait('stale'), good };
  }
  const answer = { ...good.answer, at };
  return { answer, ...withoutWait('not_modified'), good: { ...good, answer } };
}

function withoutWait(result: PollOutcome['result']): Pick<PollEnded, 'outcome' | 'cutOff'> {
  return { outcome: { result, retryAfterSeconds: null }, cutOff: false };
}

export function isGood({ result }: PollOutcome): boolean {
  return result === 'ok' || result === 'empty' || result === 'not_modified';
}

/** An address that a network is needed for; the user's own AWS account is one. */
export function isRemote(url: string): boolean {
  return !URL.canParse(url) || !isLoopback(new URL(url).hostname);
}

/** The hour and minute of a moment in UTC. */
export function timeText(at: Instant): string {
  return `${at.slice(11, 16)}Z`;
}
