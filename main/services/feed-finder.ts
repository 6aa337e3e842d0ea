import type { FeedSearch, FoundFeed } from '../../preload/contract/views.ts';
import { candidatesFor, type Candidate } from '../adapters/feeds/addresses.ts';
import type { FeedWork } from '../adapters/feeds/feed-work.ts';
import type { FeedKind } from '../core/feeds/model.ts';
import { providerOfKind } from '../core/feeds/say-now.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { FeedAnswer } from './feed-answer.ts';
import type { FeedHttp } from './feed-http.ts';

/** For the whole search, however many addresses are asked. */
const TOTAL_MS = 15_000;
/** Addresses asked at once, after the first. */
const AT_ONCE = 4;

/** What an address answered: a feed, or why there is none; `silent` when it could not be reached at all. */
type Visit =
  { readonly feed: FoundFeed } | { readonly url: string; readonly outcome: string; readonly silent: boolean };

/** Finds the feed of a status page by its host name. Asks as all feeds are asked, so a feed that it found need not be asked again. */
export class FeedFinder {
  readonly #http: FeedHttp;
  readonly #work: FeedWork;
  readonly #totalMs: number;

  constructor(http: FeedHttp, work: FeedWork, totalMs: number = TOTAL_MS) {
    this.#http = http;
    this.#work = work;
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
    const late = new Promise<null>((resolve) => {
      deadline.addEventListener('abort', () => resolve(null), { once: true });
    });
    const tried: { readonly url: string; readonly outcome: string }[] = [];
    for (const group of inGroups(kind === null ? candidates.value : candidates.value.slice(0, 1))) {
      const visits = await Promise.all(group.map((one) => this.#visit(one, kind, late)));
      for (const visit of visits) {
        if ('feed' in visit) return ok({ found: visit.feed, tried });
        tried.push({ url: visit.url, outcome: visit.outcome });
      }
      // A host that does not answer is not asked eight more times.
      if (deadline.aborted || visits.every((visit) => 'silent' in visit && visit.silent)) break;
    }
    return ok({ found: null, tried });
  }

  /** An address that is too slow for the search goes on being asked: what it says is kept for who asks next. */
  async #visit(
    { url, kind: expected }: Candidate,
    kind: FeedKind | null,
    late: Promise<null>,
  ): Promise<Visit> {
    const answer = await Promise.race([this.#http.ask(url, 'by_hand'), late]);
    if (answer === null)
      return { url, outcome: `No complete answer within ${this.#totalMs / 1000} seconds.`, silent: true };
    const { body, from, at, reason } = answer;
    if (body === null || from === null) return { url, outcome: reason, silent: isSilence(answer) };
    const looked = await this.#work.look({ kind, expected, body, fetchedAt: at });
    if (looked.kind === null) return { url, outcome: looked.reason, silent: false };
    const { name, ...told } = looked;
    const provider = providerOfKind(told.kind);
    return { feed: { ...told, url: from, name: name ?? new URL(from).hostname, provider } };
  }
}

function isSilence({ failure }: FeedAnswer): boolean {
  return failure === 'unreachable' || failure === 'cancelled';
}

/** The likeliest alone, the others some at a time. */
function inGroups(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const [first, ...rest] = candidates;
  const groups: Candidate[][] = first ? [[first]] : [];
  for (let at = 0; at < rest.length; at += AT_ONCE) groups.push(rest.slice(at, at + AT_ONCE));
  return groups;
}
