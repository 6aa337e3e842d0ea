import { readFeed } from '../adapters/feeds/registry.ts';
import { feedAt } from '../core/drill/feed-at.ts';
import { matchEvents } from '../core/feeds/match.ts';
import type { FeedReading } from '../core/feeds/model.ts';
import type { EventData } from '../core/incident/events.ts';
import type { FeedView, IncidentState } from '../core/incident/state.ts';
import { ok, type Result } from '../core/result.ts';
import { minutesBetween, type Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import { watchedFeeds, type WatchedFeed } from './feed-board.ts';
import { cannot, FeedHttp, type FeedAnswer } from './feed-http.ts';
import type { IncidentBook, OpenIncident } from './incident-book.ts';
import { clockOf } from './incident-clock.ts';

type Sha256OrNone = EventData<'feed.read'>['sha256'];

/** Reads feeds for incidents: over HTTP in a live one, from the scenario in a drill. */
export class FeedReader {
  readonly #context: ServiceContext;
  readonly #book: IncidentBook;
  readonly #http: FeedHttp;

  constructor(context: ServiceContext, book: IncidentBook, http: FeedHttp = new FeedHttp(context.clock)) {
    this.#context = context;
    this.#book = book;
    this.#http = http;
  }

  /** Reads every feed of an incident now and records what changed. */
  async readAll(incidentId: string): Promise<Result<OpenIncident>> {
    const opened = await this.#book.load(incidentId);
    if (!opened.ok || opened.value.state.status === 'closed') return opened;
    const feeds = await watchedFeeds(this.#context, opened.value.state);
    if (!feeds.ok) return feeds;
    const results = await Promise.all(feeds.value.map((feed) => this.#readOne(opened.value, feed)));
    return results.find((one) => !one.ok) ?? this.#book.load(opened.value.row.id);
  }

  /** Reads one feed for one incident. A feed that cannot be read is a reading too: *could not check*. */
  async #readOne({ row, state }: OpenIncident, feed: WatchedFeed): Promise<Result<OpenIncident>> {
    const { db, clock } = this.#context;
    const asked = clockOf(clock, state).now();
    const answer = state.drill
      ? await this.#fromScenario(feed, state, asked)
      : await this.#http.ask(feed.url);
    const now = clockOf(clock, state).now();
    const reading = readingOf(feed, answer, now);
    const sha256 = await this.#keep(answer);
    if (!sha256.ok) return sha256;
    const { feedState, reason = '' } = reading;
    const { etag, lastModified } = answer;
    const recorded = await db.call('recordFetch', {
      fetch: {
        feedId: feed.id,
        incidentId: row.id,
        at: now,
        state: feedState,
        reason,
        sha256: sha256.value,
        etag,
        lastModified,
      },
    });
    if (!recorded.ok) return recorded;
    return this.#book.dispatch(row.id, {
      type: 'read_feed',
      reading: this.#said(feed, reading, sha256.value, state, now),
    });
  }

  async #keep({ bytes }: FeedAnswer): Promise<Result<Sha256OrNone>> {
    if (bytes === null) return ok(null);
    const stored = await this.#context.db.call('putBlob', { mediaType: 'application/octet-stream', bytes });
    return stored.ok ? ok(stored.value.sha256) : stored;
  }

  #said(
    feed: WatchedFeed,
    reading: FeedReading,
    sha256: Sha256OrNone,
    { scope, feeds }: IncidentState,
    now: Instant,
  ): EventData<'feed.read'> {
    const before = feeds.find((one) => one.feedId === feed.id);
    const catalog = this.#context.library.feedCatalog;
    const { saying, reason, matches } = matchEvents(reading, { ...scope, now }, catalog, knownPublic(before));
    return {
      feedId: feed.id,
      feedName: feed.name,
      kind: feed.kind,
      state: reading.feedState,
      reason: reason ?? reading.reason ?? '',
      sha256,
      saying,
      matches: matches.filter(({ degree }) => degree !== 'unrelated').slice(0, 50),
    };
  }

  async #fromScenario(feed: WatchedFeed, { scope, drill }: IncidentState, now: Instant): Promise<FeedAnswer> {
    const entry = drill && this.#context.library.scenario(drill.scenarioId);
    if (!entry) return cannot('unreadable', 'The scenario of this drill is not there any more.');
    if (feed.url !== '') {
      const separator = feed.url.includes('?') ? '&' : '?';
      return this.#http.askNow(`${feed.url}${separator}at=${encodeURIComponent(now)}`);
    }
    const body = feedAt(entry.scenario, feed.id, minutesBetween(scope.onset, now));
    if (body === null) return cannot('unreadable', 'The scenario has no word of this feed for this minute.');
    const bytes = await entry.read(body);
    return bytes.ok ? { ...cannot('ok', ''), bytes: bytes.value } : cannot('unreadable', bytes.error.message);
  }
}

function readingOf(feed: WatchedFeed, answer: FeedAnswer, fetchedAt: Instant): FeedReading {
  return answer.bytes === null
    ? { feedState: answer.state, reason: answer.reason, events: [], rejected: [] }
    : readFeed(feed.kind, answer.bytes, { fetchedAt });
}

/** When each event was public at the latest, from what this incident has read before. */
function knownPublic(before: FeedView | undefined): ReadonlyMap<string, Instant> {
  const known = (before?.matches ?? []).flatMap(({ nativeId, publishedAt }) =>
    publishedAt === null ? [] : [[nativeId, publishedAt] as const],
  );
  return new Map(known);
}
