import type { FeedState } from './model.ts';

/** How one poll of a feed ended. `not_modified` is an answer: the last good one still stands. */
export interface PollOutcome {
  readonly result: FeedState | 'not_modified';
  /** Seconds that the provider asked to wait (Retry-After); null when it did not. */
  readonly retryAfterSeconds: number | null;
}

/** When to ask a feed next, and how. */
export interface NextPoll {
  readonly delaySeconds: number;
  /** `open`: the feed failed so often that it is only tried now and then; the next poll is such a try. */
  readonly circuit: 'closed' | 'open';
  /** True when the next request should carry no ETag and no date, to make sure that "not modified" is still true. */
  readonly unconditional: boolean;
}

const LIVE_SECONDS = 60;
const QUIET_SECONDS = 300;
/** No feed is asked more often than this, whatever else holds. */
export const FLOOR_SECONDS = 60;
/** The longest wait after failures: a feed that comes back is heard within ten minutes while somebody waits for its word. */
const LIVE_CEILING_SECONDS = 600;
const QUIET_CEILING_SECONDS = 1800;
const OPEN_AFTER_FAILURES = 5;
/** A day: longer waits asked for by a provider are not believed. */
const LONGEST_RETRY_AFTER = 86_400;
/** About an hour of "not modified" at the live interval. */
const UNMODIFIED_IN_A_ROW = 60;

/**
 * The next poll of one feed. `history` is its outcomes, oldest first; `live`, while somebody works on the incident,
 * shortens the interval; `jitter` is a fresh random number in [0, 1), which spreads polls over an extra fifth of the delay
 * so that they do not bunch. Failures double the delay up to a ceiling; after five in a row the circuit is open, and only
 * tried at the ceiling's pace, until one answer is good.
 */
export function nextPoll(history: readonly PollOutcome[], live: boolean, jitter: number): NextPoll {
  const usual = live ? LIVE_SECONDS : QUIET_SECONDS;
  const ceiling = live ? LIVE_CEILING_SECONDS : QUIET_CEILING_SECONDS;
  const failures = trailing(history, (outcome) => !isAnswer(outcome));
  const backedOff = failures === 0 ? usual : Math.min(ceiling, usual * 2 ** Math.min(failures, 10));
  const circuit = failures >= OPEN_AFTER_FAILURES ? 'open' : 'closed';
  const base = circuit === 'open' ? ceiling : backedOff;
  const asked = Math.min(LONGEST_RETRY_AFTER, history.at(-1)?.retryAfterSeconds ?? 0);
  const delay = Math.max(FLOOR_SECONDS, base, asked);
  const unmodified = trailing(history, (outcome) => outcome.result === 'not_modified');
  return {
    delaySeconds: Math.round(delay * (1 + Math.min(Math.max(jitter, 0), 1) / 5)),
    circuit,
    // Once a feed was caught saying so for ever, only the whole of it will do.
    unconditional:
      history.at(-1)?.result === 'stale' || (unmodified > 0 && unmodified % UNMODIFIED_IN_A_ROW === 0),
  };
}

function isAnswer(outcome: PollOutcome): boolean {
  return outcome.result === 'ok' || outcome.result === 'empty' || outcome.result === 'not_modified';
}

function trailing(history: readonly PollOutcome[], holds: (outcome: PollOutcome) => boolean): number {
  const last = history.findLastIndex((outcome) => !holds(outcome));
  return history.length - 1 - last;
}
