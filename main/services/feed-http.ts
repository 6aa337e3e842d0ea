import type { Asked, AskJob, Body, FeedWork } from '../adapters/feeds/feed-work.ts';
import type { FetchFailure } from '../adapters/feeds/fetch.ts';
import { isLoopback } from '../adapters/feeds/target.ts';
import type { Clock, Online } from '../adapters/ports.ts';
import type { FeedState } from '../core/feeds/model.ts';
import { FLOOR_SECONDS, nextPoll, type PollOutcome } from '../core/feeds/schedule.ts';
import type { Result } from '../core/result.ts';
import { epochMs, minutesBetween, type Instant } from '../core/time.ts';

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
}

/** How an address is asked: at which pace, or because a person wants it now. */
export type Pace = 'live' | 'quiet' | 'by_hand';

interface Polled {
  readonly answer: Promise<FeedAnswer>;
  /** The last answer with bytes, and when these bytes came. */
  readonly good: { readonly answer: FeedAnswer; readonly received: Instant } | null;
  readonly history: readonly PollOutcome[];
  readonly askedMs: number;
  /** Null until the outcome is known: then the shortest delay holds. */
  readonly jitter: number | null;
}

/** Outcomes remembered per address: more than the schedule looks back. */
const REMEMBERED = 100;
/** Without a network, what a feed said stands for this many minutes; then nobody knows. */
const STANDS_OFFLINE_MINUTES = 10;

/**
 * Asks feeds over HTTP, each address no more often than its schedule allows and never twice within a minute, however many
 * incidents wait for its answer. In between everybody gets the last one. Without a network nothing but this machine itself
 * is asked, and everything again as soon as there is one.
 */
export class FeedHttp {
  readonly #clock: Clock;
  readonly #work: FeedWork;
  readonly #jitter: () => number;
  readonly #online: Online;
  readonly #polled = new Map<string, Polled>();
  #wasOnline = true;

  constructor(
    clock: Clock,
    work: FeedWork,
    {
      jitter = Math.random,
      online = () => true,
    }: { readonly jitter?: () => number; readonly online?: Online } = {},
  ) {
    this.#clock = clock;
    this.#work = work;
    this.#jitter = jitter;
    this.#online = online;
  }

  /** The answer of a feed, from the network when its time has come. Never fails: a failure is an answer. */
  ask(url: string, pace: Pace): Promise<FeedAnswer> {
    this.#noticeNetwork();
    const before = this.#polled.get(url);
    if (isRemote(url) && !this.#wasOnline) return this.#offline(url, before);
    const nowMs = epochMs(this.#clock.now());
    if (before !== undefined && nowMs < dueMs(before, pace)) return before.answer;
    const history = before?.history ?? [];
    const good = before?.good ?? null;
    const { unconditional } = nextPoll(history, true, 0);
    const asked = this.#work.ask({ url, ...(unconditional ? {} : conditionsOf(good?.answer ?? null)) });
    const ended = asked.then((one) => this.#concluded(one, url, good));
    const answer = ended.then((one) => one.answer);
    this.#polled.set(url, { answer, good, history, askedMs: nowMs, jitter: null });
    void ended.then((one) => {
      const outcomes = [...history, one.outcome].slice(-REMEMBERED);
      if (isGood(one.outcome) && this.#nobodyElseAnswers(url)) this.#resume();
      const jitter = this.#jitter();
      this.#polled.set(url, { answer, good: one.good, history: outcomes, askedMs: nowMs, jitter });
    });
    return answer;
  }

  /** Asks an address now, whatever its schedule: a drill's feed, whose address changes with virtual time. */
  async askNow(url: string): Promise<FeedAnswer> {
    return this.#concluded(await this.#work.ask({ url }), url, null).answer;
  }

  #concluded(
    asked: Result<Asked, FetchFailure>,
    url: string,
    good: Polled['good'],
  ): { readonly answer: FeedAnswer; readonly outcome: PollOutcome; readonly good: Polled['good'] } {
    const at = this.#clock.now();
    if (!asked.ok) {
      const { feedState, message, retryAfterSeconds } = asked.error;
      return {
        answer: cannot(at, feedState, message),
        outcome: { result: feedState, retryAfterSeconds },
        good,
      };
    }
    if (asked.value.status === 'changed') {
      const { body, headers } = asked.value;
      const answer: FeedAnswer = { at, body, state: 'ok', reason: '', headers };
      return { answer, outcome: { result: 'ok', retryAfterSeconds: null }, good: { answer, received: at } };
    }
    return this.#unmodified(at, url, good);
  }

  /** "Not modified" counts for an hour; from a server that says so for ever, nobody knows what is true now. */
  #unmodified(
    at: Instant,
    url: string,
    good: Polled['good'],
  ): { readonly answer: FeedAnswer; readonly outcome: PollOutcome; readonly good: Polled['good'] } {
    const history = this.#polled.get(url)?.history ?? [];
    if (good !== null && !nextPoll(history, true, 0).unconditional) {
      const answer = { ...good.answer, at };
      return {
        answer,
        outcome: { result: 'not_modified', retryAfterSeconds: null },
        good: { ...good, answer },
      };
    }
    const [state, reason] =
      good === null
        ? (['unreadable', 'It answers "not modified" (304) though nothing was read from it before.'] as const)
        : ([
            'stale',
            `It answers "not modified" (304) even when asked for all of it: what it said at ${timeText(good.received)} may not hold any more.`,
          ] as const);
    return { answer: cannot(at, state, reason), outcome: { result: state, retryAfterSeconds: null }, good };
  }

  /** What holds while there is no network: the last answer for a while, then that nobody knows. */
  #offline(url: string, before: Polled | undefined): Promise<FeedAnswer> {
    const now = this.#clock.now();
    const good = before?.good ?? null;
    if (good === null) {
      if (before !== undefined) return before.answer;
      const answer = Promise.resolve(
        cannot(now, 'unreadable', 'This machine has no network: it was not asked.'),
      );
      this.#polled.set(url, { answer, good, history: [], askedMs: -Infinity, jitter: 0 });
      return answer;
    }
    if (before === undefined || minutesBetween(good.answer.at, now) <= STANDS_OFFLINE_MINUTES) {
      return before?.answer ?? Promise.resolve(good.answer);
    }
    const reason = `This machine has no network: not asked since ${timeText(good.answer.at)}.`;
    return before.answer.then((last) => {
      if (last.reason === reason) return last;
      const answer = cannot(now, 'stale', reason);
      this.#polled.set(url, { ...before, answer: Promise.resolve(answer) });
      return answer;
    });
  }

  #noticeNetwork(): void {
    const online = this.#online();
    if (online && !this.#wasOnline) this.#resume();
    this.#wasOnline = online;
  }

  /** Everything that had failed is due again: what it failed of is over. */
  #resume(): void {
    for (const [url, polled] of this.#polled) {
      if (isRemote(url))
        this.#polled.set(url, { ...polled, history: polled.history.filter(isGood), jitter: 0 });
    }
  }

  /** True when every other feed out in the world failed last: then it was our network, and it is back. */
  #nobodyElseAnswers(url: string): boolean {
    const others = [...this.#polled].filter(([one]) => one !== url && isRemote(one));
    return (
      isRemote(url) &&
      others.length > 0 &&
      others.every(([, { history }]) => history.at(-1)?.result === 'unreadable')
    );
  }
}

/** From when on an address may be asked again. A wait that the provider asked for holds for people too. */
function dueMs({ history, askedMs, jitter }: Polled, pace: Pace): number {
  const asked = history.at(-1)?.retryAfterSeconds ?? null;
  if (jitter === null || (pace === 'by_hand' && asked === null)) return askedMs + FLOOR_SECONDS * 1000;
  return askedMs + nextPoll(history, pace !== 'quiet', jitter).delaySeconds * 1000;
}

function isGood({ result }: PollOutcome): boolean {
  return result === 'ok' || result === 'empty' || result === 'not_modified';
}

/** An address that a network is needed for; the user's own AWS account is one. */
export function isRemote(url: string): boolean {
  return !URL.canParse(url) || !isLoopback(new URL(url).hostname);
}

/** An answer without bytes. */
export function cannot(at: Instant, state: FeedState, reason: string): FeedAnswer {
  return { at, body: null, state, reason, headers: {} };
}

function conditionsOf(before: FeedAnswer | null): Omit<AskJob, 'url'> {
  const { etag, 'last-modified': lastModified } = before?.headers ?? {};
  return { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) };
}

function timeText(at: Instant): string {
  return `${at.slice(11, 16)}Z`;
}
