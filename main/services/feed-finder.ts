import type { FeedSearch, FoundFeed } from '../../preload/contract/views.ts';
import { candidatesFor, type Candidate } from '../adapters/feeds/addresses.ts';
import { fetchFeed } from '../adapters/feeds/fetch.ts';
import { identify, reasonAgainst } from '../adapters/feeds/identify.ts';
import { readFeed, titleOf } from '../adapters/feeds/registry.ts';
import type { Clock } from '../adapters/ports.ts';
import type { FeedKind, FeedReading } from '../core/feeds/model.ts';
import { providerOfKind, saysNow } from '../core/feeds/say-now.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { epochMs } from '../core/time.ts';

/** For the whole search, however many addresses are asked. */
const TOTAL_MS = 15_000;
/** Addresses asked at once, after the first. */
const AT_ONCE = 4;
/** As for every feed: no address is asked more often than once a minute. */
const KEPT_MS = 60_000;

/** What an address answered: a feed, or why there is none; `silent` when it could not be reached at all. */
type Visit =
  { readonly feed: FoundFeed } | { readonly url: string; readonly outcome: string; readonly silent: boolean };

/** Finds the feed of a status page by its host name. */
export class FeedFinder {
  readonly #clock: Clock;
  readonly #totalMs: number;
  readonly #visits = new Map<string, { readonly atMs: number; readonly visit: Promise<Visit> }>();

  constructor(clock: Clock, totalMs: number = TOTAL_MS) {
    this.#clock = clock;
    this.#totalMs = totalMs;
  }

  /**
   * Asks the places where feeds lie at the host that a person typed, the likeliest first, until one is a feed. With a
   * kind only the address itself is asked, and read as that. Within the deadline of a single poll.
   */
  async find(address: string, kind: FeedKind | null): Promise<Result<FeedSearch>> {
    const candidates = candidatesFor(address);
    if (!candidates.ok) return fail('invalid_input', candidates.error.message, 'address');
    const deadline = AbortSignal.timeout(this.#totalMs);
    const tried: { readonly url: string; readonly outcome: string }[] = [];
    for (const group of inGroups(kind === null ? candidates.value : candidates.value.slice(0, 1))) {
      const visits = await Promise.all(group.map((one) => this.#visit(one, kind, deadline)));
      for (const visit of visits) {
        if ('feed' in visit) return ok({ found: visit.feed, tried });
        tried.push({ url: visit.url, outcome: visit.outcome });
      }
      // A host that does not answer is not asked eight more times.
      if (deadline.aborted || visits.every((visit) => 'silent' in visit && visit.silent)) break;
    }
    return ok({ found: null, tried });
  }

  #visit(candidate: Candidate, kind: FeedKind | null, deadline: AbortSignal): Promise<Visit> {
    const nowMs = epochMs(this.#clock.now());
    const key = `${candidate.url} ${kind ?? ''}`;
    const before = this.#visits.get(key);
    if (before && nowMs - before.atMs < KEPT_MS) return before.visit;
    const visit = this.#ask(candidate, kind, deadline);
    this.#visits.set(key, { atMs: nowMs, visit });
    return visit;
  }

  async #ask(candidate: Candidate, kind: FeedKind | null, signal: AbortSignal): Promise<Visit> {
    const { url } = candidate;
    const fetched = await fetchFeed({ url, signal, now: () => this.#clock.now() });
    if (!fetched.ok) {
      const { code, message } = fetched.error;
      const silent = code === 'unreachable' || code === 'cancelled';
      const tooSlow = `No complete answer within ${this.#totalMs / 1000} seconds.`;
      return { url, outcome: code === 'cancelled' ? tooSlow : message, silent };
    }
    if (fetched.value.status === 'not_modified') return { url, outcome: 'It gives no feed.', silent: false };
    const { bytes, fetchedAt, url: at } = fetched.value;
    const identity = identify(bytes);
    const told = kind ?? identity?.kind ?? candidate.kind;
    const reading = told === null ? null : readFeed(told, bytes, { fetchedAt });
    // What the address alone tells must at least be whole; what a person tells is shown as it fails.
    if (told === null || reading === null || (identity === null && kind === null && !isReadable(reading)))
      return { url, outcome: reasonAgainst(bytes), silent: false };
    return {
      feed: {
        url: at,
        kind: told,
        format: identity?.kind === told ? identity.format : titleOf(told),
        name: identity?.name ?? new URL(at).hostname,
        provider: providerOfKind(told),
        state: reading.feedState,
        sentence: saysNow(reading),
      },
    };
  }
}

function isReadable({ feedState }: FeedReading): boolean {
  return feedState === 'ok' || feedState === 'empty';
}

/** The likeliest alone, the others some at a time. */
function inGroups(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const [first, ...rest] = candidates;
  const groups: Candidate[][] = first ? [[first]] : [];
  for (let at = 0; at < rest.length; at += AT_ONCE) groups.push(rest.slice(at, at + AT_ONCE));
  return groups;
}
