import type { FeedWork, Matched } from '../adapters/feeds/feed-work.ts';
import { feedAt } from '../core/drill/feed-at.ts';
import { isFromFile } from '../core/feeds/kinds.ts';
import type { EventData } from '../core/incident/events.ts';
import type { FeedView, IncidentState } from '../core/incident/state.ts';
import { ok, type Result } from '../core/result.ts';
import { minutesBetween, type Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import { watchedFeeds, type WatchedFeed } from './feed-board.ts';
import { cannot, isRemote, type FeedAnswer } from './feed-answer.ts';
import { rereadGiven } from './feed-given.ts';
import type { FeedHttp, Pace } from './feed-http.ts';
import type { IncidentBook, OpenIncident } from './incident-book.ts';
import { clockOf } from './incident-clock.ts';

type Sha256OrNone = EventData<'feed.read'>['sha256'];

/** What has been taken in of a feed for an incident: which answer, and what it was matched with. */
interface Taken {
  readonly answer: FeedAnswer;
  readonly scope: IncidentState['scope'];
}

/** Reads feeds for incidents: over HTTP in a live one, from the scenario in a drill. */
export class FeedReader {
  readonly #context: ServiceContext;
  readonly #book: IncidentBook;
  readonly #http: FeedHttp;
  readonly #work: FeedWork;
  readonly #taken = new Map<string, Taken>();
  /** Per feed from files, the scope that its files were last matched with. */
  readonly #given = new Map<string, IncidentState['scope']>();
  readonly #underWay = new Set<string>();

  constructor(context: ServiceContext, book: IncidentBook, http: FeedHttp, work: FeedWork) {
    this.#context = context;
    this.#book = book;
    this.#http = http;
    this.#work = work;
  }

  /** Reads every feed of an incident now, as far as their schedules allow, and records what changed. */
  async readAll(incidentId: string): Promise<Result<OpenIncident>> {
    const opened = await this.#book.load(incidentId);
    if (!opened.ok || opened.value.state.status === 'closed') return opened;
    const feeds = await watchedFeeds(this.#context, opened.value.state);
    if (!feeds.ok) return feeds;
    await this.#readGiven(opened.value);
    const results = await Promise.all(
      feeds.value.map(async (feed) =>
        this.#take(opened.value, feed, await this.#answer(opened.value, feed, 'by_hand')),
      ),
    );
    return results.find((one) => !one.ok) ?? this.#book.load(opened.value.row.id);
  }

  /**
   * Reads those feeds of a live incident whose time has come, each by itself: a slow one holds up no other. Cheap when
   * nothing is due, so it may be called every second.
   */
  async readDue(incident: OpenIncident, pace: Pace): Promise<void> {
    const feeds = await watchedFeeds(this.#context, incident.state);
    if (!feeds.ok) return;
    await this.#readGiven(incident);
    for (const feed of feeds.value) {
      const key = keyOf(incident, feed);
      if (this.#underWay.has(key)) continue;
      this.#underWay.add(key);
      void this.#readIfNew(incident, feed, pace).finally(() => this.#underWay.delete(key));
    }
  }

  /** Files are read again when the app starts and when the incident's scope is another: nobody asks for them anew. */
  async #readGiven(incident: OpenIncident): Promise<void> {
    const { row, state } = incident;
    for (const feed of state.feeds.filter(({ feedId }) => isFromFile(feedId))) {
      const key = `${row.id} ${feed.feedId}`;
      if (this.#given.get(key) === state.scope) continue;
      this.#given.set(key, state.scope);
      await rereadGiven(this.#context, this.#book, this.#work, incident, feed);
    }
  }

  async #readIfNew(incident: OpenIncident, feed: WatchedFeed, pace: Pace): Promise<void> {
    const answer = await this.#answer(incident, feed, pace);
    const taken = this.#taken.get(keyOf(incident, feed));
    if (taken?.answer === answer && taken.scope === incident.state.scope) return;
    await this.#take(incident, feed, answer);
  }

  #answer({ state }: OpenIncident, feed: WatchedFeed, pace: Pace): Promise<FeedAnswer> {
    return state.drill ? this.#fromScenario(feed, state) : this.#http.ask(feed.url, pace);
  }

  /** Takes an answer in for an incident. That a feed could not be read is something to record too: *could not check*. */
  async #take(
    { row, state }: OpenIncident,
    feed: WatchedFeed,
    answer: FeedAnswer,
  ): Promise<Result<OpenIncident>> {
    const { db, clock } = this.#context;
    const now = clockOf(clock, state).now();
    const at = state.drill ? now : answer.at;
    const said = await this.#matched(feed, answer, state, now);
    const sha256 = await this.#keep(answer, this.#taken.get(keyOf({ row }, feed)));
    if (!sha256.ok) return sha256;
    const { feedState, reason } = said;
    const recorded = await db.call('recordFetch', {
      fetch: {
        feedId: feed.id,
        incidentId: row.id,
        at,
        state: feedState,
        reason,
        sha256: sha256.value,
        headers: answer.headers,
      },
    });
    if (!recorded.ok) return recorded;
    const { saying, matches } = said;
    const done = await this.#book.dispatch(row.id, {
      type: 'read_feed',
      reading: {
        feedId: feed.id,
        feedName: feed.name,
        kind: feed.kind,
        state: feedState,
        reason,
        sha256: sha256.value,
        saying,
        matches: [...matches],
      },
    });
    if (done.ok) this.#taken.set(keyOf({ row }, feed), { answer, scope: state.scope });
    return done;
  }

  async #matched(
    feed: WatchedFeed,
    answer: FeedAnswer,
    state: IncidentState,
    now: Instant,
  ): Promise<Matched> {
    if (answer.body === null) {
      const { state: feedState, reason } = answer;
      return { feedState, reason, saying: 'could_not_check', matches: [] };
    }
    const before = state.feeds.find((one) => one.feedId === feed.id);
    return this.#work.match({
      kind: feed.kind,
      body: answer.body,
      fetchedAt: now,
      scope: { ...state.scope, now },
      knownPublic: knownPublic(before),
    });
  }

  /** Bytes that were taken in already, as after "not modified", are not sent to the database again. */
  async #keep({ body }: FeedAnswer, taken: Taken | undefined): Promise<Result<Sha256OrNone>> {
    if (body === null) return ok(null);
    if (taken?.answer.body?.sha256 === body.sha256) return ok(body.sha256);
    const stored = await this.#context.db.call('putPacked', {
      mediaType: 'application/octet-stream',
      ...body,
    });
    return stored.ok ? ok(stored.value.sha256) : stored;
  }

  /** A drill asks nothing out in the world: it has recorded answers, or some on this machine by virtual time. */
  async #fromScenario(feed: WatchedFeed, state: IncidentState): Promise<FeedAnswer> {
    const { clock, library } = this.#context;
    const { scope, drill } = state;
    const now = clockOf(clock, state).now();
    const entry = drill && library.scenario(drill.scenarioId);
    if (!entry) return cannot(now, 'unreadable', 'The scenario of this drill is not there any more.');
    if (feed.url !== '') {
      if (isRemote(feed.url))
        return cannot(now, 'unreadable', 'A drill asks no address but one on this machine.');
      const separator = feed.url.includes('?') ? '&' : '?';
      return this.#http.askNow(`${feed.url}${separator}at=${encodeURIComponent(now)}`);
    }
    const body = feedAt(entry.scenario, feed.id, minutesBetween(scope.onset, now));
    if (body === null)
      return cannot(now, 'unreadable', 'The scenario has no word of this feed for this minute.');
    const bytes = await entry.read(body);
    if (!bytes.ok) return cannot(now, 'unreadable', bytes.error.message);
    return { ...cannot(now, 'ok', ''), body: await this.#work.pack(bytes.value) };
  }
}

function keyOf({ row }: Pick<OpenIncident, 'row'>, { id }: WatchedFeed): string {
  return `${row.id} ${id}`;
}

/** When each event was public at the latest, from what the feed said when it could last be read. */
function knownPublic(before: FeedView | undefined): ReadonlyMap<string, Instant> {
  const known = (before?.lastGood?.matches ?? []).flatMap(({ nativeId, publishedAt }) =>
    publishedAt === null ? [] : [[nativeId, publishedAt] as const],
  );
  return new Map(known);
}
