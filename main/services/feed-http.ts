import type { AskJob, FeedWork } from '../adapters/feeds/feed-work.ts';
import type { Clock, Online } from '../adapters/ports.ts';
import { FLOOR_SECONDS, nextPoll, type PollOutcome } from '../core/feeds/schedule.ts';
import { epochMs, instantOf, minutesBetween, type Instant } from '../core/time.ts';
import {
  cannot,
  endedPoll,
  isGood,
  isRemote,
  timeText,
  type FeedAnswer,
  type GoodAnswer,
  type PollEnded,
} from './feed-answer.ts';
import type { FeedMemory, GoodPoll } from './feed-memory.ts';

/** How an address is asked: at which pace, or because a person wants it now. */
export type Pace = 'live' | 'quiet' | 'by_hand';

interface Polled {
  readonly answer: Promise<FeedAnswer>;
  readonly good: GoodAnswer | null;
  readonly history: readonly PollOutcome[];
  readonly askedMs: number;
  /** Null until the outcome is known: then the shortest delay holds. */
  readonly jitter: number | null;
  /** Whether it was last not reached for want of a network; null when that is not known. */
  readonly cutOff: boolean | null;
}

interface FeedHttpOptions {
  readonly jitter?: () => number;
  readonly online?: Online;
  /** Without it nothing is known of earlier starts, nor noted for later ones. */
  readonly memory?: FeedMemory;
}

/** Outcomes remembered per address: more than the schedule looks back. */
const REMEMBERED = 100;
/** Without a network, what a feed said stands for this many minutes; then nobody knows. */
const STANDS_OFFLINE_MINUTES = 10;
/** What was found of the network longer ago than this says nothing about it now. */
const TELLS_OF_NETWORK_MS = 10 * 60_000;
/** While nothing is reached, one address at a time is tried, this often. */
const TRY_MS = 10_000;

/**
 * Asks feeds over HTTP, each address no more often than its schedule allows and never twice within a minute, however many
 * incidents wait for its answer, whatever redirects there, and across starts of the app. In between everybody gets the last one. Without a
 * network nothing but this machine itself is asked, and everything again as soon as there is one.
 */
export class FeedHttp {
  readonly #clock: Clock;
  readonly #work: FeedWork;
  readonly #jitter: () => number;
  readonly #online: Online;
  readonly #memory: FeedMemory | null;
  readonly #polled = new Map<string, Polled>();
  readonly #recalled = new Map<string, Promise<void>>();
  /** Per address that bytes came from, the one that was asked for them last. */
  readonly #askedAs = new Map<string, string>();
  #wasOnline = true;
  #triedMs = -Infinity;

  constructor(clock: Clock, work: FeedWork, options: FeedHttpOptions = {}) {
    this.#clock = clock;
    this.#work = work;
    this.#jitter = options.jitter ?? Math.random;
    this.#online = options.online ?? (() => true);
    this.#memory = options.memory ?? null;
  }

  /** The answer of a feed, from the network when its time has come. Never fails: a failure is an answer. */
  async ask(address: string, pace: Pace): Promise<FeedAnswer> {
    const url = plain(address);
    if (this.#memory !== null) await this.#recall(url, this.#memory);
    return this.#answer(url, pace);
  }

  /** Asks an address now, whatever its schedule: a drill's feed, whose address changes with virtual time. */
  async askNow(url: string): Promise<FeedAnswer> {
    const asked = await this.#work.ask({ url });
    return endedPoll(asked, this.#clock.now(), { good: null, history: [] }).answer;
  }

  /** Whether this machine has no network: the system says so, or nothing out in the world is reached any more. */
  isCutOff(): boolean {
    return !this.#online() || this.#reachesNothing(epochMs(this.#clock.now()));
  }

  #answer(url: string, pace: Pace): Promise<FeedAnswer> {
    this.#noticeNetwork();
    const nowMs = epochMs(this.#clock.now());
    const before = this.#lastOf(url, nowMs);
    const isDue = before === undefined || nowMs >= dueMs(before, pace);
    if (isRemote(url)) {
      if (!this.#wasOnline) return this.#withoutNetwork(url, before);
      if (this.#reachesNothing(nowMs)) {
        const isOverFloor = before === undefined || nowMs >= before.askedMs + FLOOR_SECONDS * 1000;
        const isTried = isOverFloor && (pace === 'by_hand' || nowMs >= this.#triedMs + TRY_MS);
        if (!isTried) return this.#withoutNetwork(url, before);
        this.#triedMs = nowMs;
        return this.#poll(url, before, nowMs);
      }
    }
    return isDue ? this.#poll(url, before, nowMs) : before.answer;
  }

  #poll(url: string, before: Polled | undefined, askedMs: number): Promise<FeedAnswer> {
    const { history = [], good = null, cutOff = null } = before ?? {};
    const { unconditional } = nextPoll(history, true, 0);
    const job = { url, ...(unconditional ? {} : conditionsOf(good)) };
    const answer: Promise<FeedAnswer> = this.#ask(job, askedMs).then(async (asked) => {
      const ended = endedPoll(asked, this.#clock.now(), { good, history });
      return this.#conclude(
        url,
        { answer, good, history, askedMs, jitter: null, cutOff },
        ended,
        await before?.answer,
      );
    });
    this.#polled.set(url, { answer, good, history, askedMs, jitter: null, cutOff });
    return answer;
  }

  /** That it is asked is noted before it is: whoever ends the app meanwhile does not make it ask again. */
  #ask(job: AskJob, askedMs: number): ReturnType<FeedWork['ask']> {
    if (this.#memory === null) return this.#work.ask(job);
    return this.#memory
      .note({ url: job.url, askedAt: instantOf(askedMs), ended: null })
      .then(() => this.#work.ask(job));
  }

  /** Keeps how a poll ended, for this start and the next; gives what is to be said of it. `last` is what was said before. */
  async #conclude(
    url: string,
    asked: Polled,
    { good, outcome, cutOff, answer }: PollEnded,
    last: FeedAnswer | undefined,
  ): Promise<FeedAnswer> {
    const nowMs = epochMs(answer.at);
    if (good !== null && isGood(outcome)) this.#askedAs.set(plain(good.answer.from), url);
    if (isGood(outcome) && this.#nobodyElseAnswers(url)) this.#resume(() => true);
    if (isRemote(url) && cutOff === false && this.#reachesNothing(nowMs))
      this.#resume((other) => other.cutOff === true);
    const history = [...asked.history, outcome].slice(-REMEMBERED);
    const known = { ...asked, good, history, jitter: this.#jitter(), cutOff };
    this.#polled.set(url, known);
    const said =
      cutOff === true && this.#reachesNothing(nowMs)
        ? sameOr(last, withoutNetwork(known, answer.at))
        : answer;
    this.#polled.set(url, { ...known, answer: Promise.resolve(said) });
    const { at, state, reason } = answer;
    await this.#memory?.note({
      url,
      askedAt: instantOf(asked.askedMs),
      ended: { at, state, reason, history, good: good && kept(good) },
    });
    return said;
  }

  /** What is known of an address: its own last poll, or a later one of another address that leads to the same place. */
  #lastOf(url: string, nowMs: number): Polled | undefined {
    const own = this.#polled.get(url);
    const place = own?.good ? plain(own.good.answer.from) : url;
    const other = this.#polled.get(this.#askedAs.get(place) ?? '');
    if (other === undefined || other.askedMs <= (own?.askedMs ?? -Infinity)) return own;
    if (nowMs >= other.askedMs + FLOOR_SECONDS * 1000) return own;
    this.#polled.set(url, other);
    return other;
  }

  /** Takes up, once, what an earlier start knew of an address, and of those that lead there. */
  #recall(url: string, memory: FeedMemory): Promise<void> {
    const known = this.#recalled.get(url);
    if (known !== undefined) return known;
    const places = [url, memory.recall(url)?.ended?.good?.from ?? url];
    const all = new Set([...places, ...places.flatMap((place) => memory.ledTo(plain(place)))]);
    const recalled = Promise.all([...all].map((one) => this.#recallOne(one, memory))).then(() => undefined);
    this.#recalled.set(url, recalled);
    return recalled;
  }

  async #recallOne(url: string, memory: FeedMemory): Promise<void> {
    const poll = memory.recall(url);
    if (poll === null || this.#polled.has(url)) return;
    const { askedAt, ended } = poll;
    const kept = ended?.good ?? null;
    const body = kept && (await memory.body(kept.sha256));
    if (this.#polled.has(url)) return;
    const good: GoodAnswer | null =
      kept && body
        ? {
            received: kept.received,
            answer: {
              at: kept.at,
              body,
              state: 'ok',
              reason: '',
              headers: kept.headers,
              from: kept.from,
              failure: null,
            },
          }
        : null;
    const nobody = `It was asked at ${timeText(askedAt)} and is not asked twice within a minute.`;
    const said = ended?.state === 'ok' ? good?.answer : ended && cannot(ended.at, ended.state, ended.reason);
    this.#polled.set(url, {
      answer: Promise.resolve(said ?? cannot(askedAt, 'unreadable', nobody)),
      good,
      history: ended?.history ?? [],
      // A clock that was set back makes nobody wait longer than a minute.
      askedMs: Math.min(epochMs(askedAt), epochMs(this.#clock.now())),
      jitter: 0,
      cutOff: null,
    });
    if (good !== null) this.#askedAs.set(plain(good.answer.from), url);
  }

  /** What holds while there is no network: the last answer for a while, then that nobody knows. */
  async #withoutNetwork(url: string, before: Polled | undefined): Promise<FeedAnswer> {
    const now = this.#clock.now();
    const good = before?.good?.answer ?? null;
    if (good !== null && before?.cutOff !== true && minutesBetween(good.at, now) <= STANDS_OFFLINE_MINUTES)
      return before?.answer ?? good;
    const last = await before?.answer;
    const answer = sameOr(last, withoutNetwork(before, now));
    const held = this.#polled.get(url);
    if (held !== before) return held?.answer ?? answer;
    const nothing = { good: null, history: [], askedMs: -Infinity, jitter: 0, cutOff: null };
    this.#polled.set(url, { ...(before ?? nothing), answer: Promise.resolve(answer) });
    return answer;
  }

  #noticeNetwork(): void {
    const online = this.#online();
    if (online && !this.#wasOnline) this.#resume(() => true);
    this.#wasOnline = online;
  }

  /** What had failed is due again: what it failed of is over. */
  #resume(which: (polled: Polled) => boolean): void {
    for (const [url, polled] of this.#polled) {
      if (isRemote(url) && which(polled))
        this.#polled.set(url, { ...polled, history: polled.history.filter(isGood), jitter: 0, cutOff: null });
    }
  }

  /** True when every poll of late, and of more than one host, ended for want of a network. One name alone may just be wrong. */
  #reachesNothing(nowMs: number): boolean {
    const hosts = new Set<string>();
    for (const [url, { askedMs, cutOff }] of this.#polled) {
      if (!isRemote(url) || cutOff === null || nowMs - askedMs > TELLS_OF_NETWORK_MS) continue;
      if (!cutOff) return false;
      hosts.add(hostOf(url));
    }
    return hosts.size > 1;
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

/** What is said of a feed that no network leads to. */
function withoutNetwork(known: Polled | undefined, now: Instant): FeedAnswer {
  const good = known?.good?.answer ?? null;
  const [state, what] =
    good === null
      ? (['unreadable', 'it could not be asked'] as const)
      : (['stale', `last heard at ${timeText(good.at)}`] as const);
  return cannot(now, state, `This machine has no network: ${what}.`, 'unreachable');
}

/** What was said already stays the same answer. */
function sameOr(last: FeedAnswer | undefined, answer: FeedAnswer): FeedAnswer {
  return last?.reason === answer.reason && last.state === answer.state ? last : answer;
}

/** A good answer as it is noted: its bytes by their hash. */
function kept({ answer: { at, from, headers, body }, received }: GoodAnswer): GoodPoll {
  return { at, received, from, headers, sha256: body.sha256 };
}

/** From when on an address may be asked again. A wait that the provider asked for holds for people too. */
function dueMs({ history, askedMs, jitter }: Polled, pace: Pace): number {
  const asked = history.at(-1)?.retryAfterSeconds ?? null;
  if (jitter === null || (pace === 'by_hand' && asked === null)) return askedMs + FLOOR_SECONDS * 1000;
  return askedMs + nextPoll(history, pace !== 'quiet', jitter).delaySeconds * 1000;
}

/** One spelling per address. */
function plain(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.hash = '';
  return url.href;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function conditionsOf(good: GoodAnswer | null): Omit<AskJob, 'url'> {
  if (good === null) return {};
  const { headers, from } = good.answer;
  const { etag, 'last-modified': lastModified } = headers;
  return {
    given: from,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}
