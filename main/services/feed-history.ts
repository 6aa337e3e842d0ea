import type { Value } from '../../db/api.ts';
import type { Body, FeedWork, Statement } from '../adapters/feeds/feed-work.ts';
import { isFromFile } from '../core/feeds/kinds.ts';
import type { FeedKind } from '../core/feeds/model.ts';
import type { RawEvent } from '../core/feeds/raw.ts';
import { historyOf, type Claim, type ClaimsAt, type FeedStatement } from '../core/feeds/statement.ts';
import { FeedId } from '../core/ids.ts';
import { feedLanes, LONGEST_PAUSE_MINUTES, type FeedLanes } from '../core/report/feed-lanes.ts';
import { recordedOf } from '../core/report/timeline.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { minutesBetween, type Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import { watchedFeeds } from './feed-board.ts';
import { filesOf, jobOf } from './feed-given.ts';
import type { OpenIncident } from './incident-book.ts';
import { clockOf } from './incident-clock.ts';

type Run = Value<'feedHistory'>[number];

/** A feed as its history is told. */
interface Told {
  readonly feedId: FeedId;
  readonly name: string;
  readonly kind: FeedKind;
}

/** Claims of snapshots kept in memory: they never change, and a scrub over time asks for the same ones again. */
const REMEMBERED = 400;

/** What feeds said in the past, from the snapshots that each poll has left. */
export class FeedHistory {
  readonly #context: ServiceContext;
  readonly #work: FeedWork;
  readonly #claims = new Map<string, Promise<readonly Claim[]>>();

  constructor(context: ServiceContext, work: FeedWork) {
    this.#context = context;
    this.#work = work;
  }

  /** What every feed of an incident said when, on one axis of time. */
  async lanes({ row, state, entries }: OpenIncident): Promise<Result<FeedLanes>> {
    const polls = await this.#context.db.call('feedHistory', { incidentId: row.id });
    if (!polls.ok) return polls;
    return ok(
      feedLanes({
        events: entries.map(recordedOf).filter((event) => event !== null),
        polls: polls.value,
        onset: state.scope.onset,
        provider: state.scope.provider,
        now: clockOf(this.#context.clock, state).now(),
        watched: state.status === 'open' && state.scoredAt === null,
      }),
    );
  }

  /** The feeds that an incident has been read from, in the order of its trail. */
  feedsOf({ state }: OpenIncident): readonly Told[] {
    return state.feeds.map(({ feedId, feedName, kind }) => ({ feedId, name: feedName, kind }));
  }

  /**
   * What a feed said at a moment (null: now): its snapshot of that minute, read again, with what earlier and that one
   * claimed. Fails with `not_found` for a feed that the incident does not know.
   */
  async statement(
    incident: OpenIncident,
    feedId: string,
    moment: Instant | null,
  ): Promise<Result<FeedStatement>> {
    const told = await this.#told(incident, feedId);
    if (!told.ok) return told;
    const runs = await this.#runs(incident, told.value.feedId);
    if (!runs.ok) return runs;
    const { clock } = this.#context;
    const at = moment ?? clockOf(clock, incident.state).now();
    const index = runs.value.findLastIndex(({ from }) => from <= at);
    const run = runs.value[index];
    const around = {
      earlier: runs.value[index - 1]?.from ?? null,
      later: runs.value[index + 1]?.from ?? null,
    };
    const base = { ...told.value, at, ...around };
    if (run === undefined) return ok({ ...base, ...NOT_READ });
    const polled = { from: run.from, until: run.until, polls: run.polls };
    const paused = !isFromFile(feedId) && minutesBetween(run.until, at) > LONGEST_PAUSE_MINUTES;
    const lastGood = runs.value.slice(0, index).findLast(isReadable)?.until ?? null;
    const common = { ...base, polled, paused, snapshot: snapshotOf(run) };
    if (!isReadable(run)) {
      const { state, reason } = run;
      return ok({ ...common, ...NOTHING, state, reason, saying: 'could_not_check', lastGood });
    }
    const upTo = runs.value.slice(0, index + 1);
    const read = isFromFile(feedId)
      ? await this.#readFiles(incident, told.value.kind, upTo, at)
      : await this.#read(incident, told.value.kind, run, at);
    if (!read.ok) return read;
    const history = await this.#history(told.value.kind, upTo);
    if (!history.ok) return history;
    return ok({ ...common, ...saidIn(read.value, history.value, run), lastGood: null });
  }

  /** The raw bytes that a feed had given at a moment. Fails with `refused` when none had come. */
  async bytes(
    statement: FeedStatement,
  ): Promise<Result<{ readonly bytes: Uint8Array; readonly sha256: string }>> {
    const sha256 = statement.snapshot?.sha256;
    if (sha256 === undefined) {
      const why = statement.reason === '' ? 'it had not been asked' : statement.reason;
      return fail('refused', `Nothing had been received from ${statement.name} then: ${why}`);
    }
    return this.#context.db.call('getBlob', { sha256 });
  }

  /**
   * What the provider wrote about events of a statement, by their native ids and in their order; null for one that its
   * bytes do not tell of. Fails as `bytes` does.
   */
  async raw(
    incident: OpenIncident,
    statement: FeedStatement,
    nativeIds: readonly string[],
  ): Promise<Result<readonly (RawEvent | null)[]>> {
    const kept = await this.bytes(statement);
    if (!kept.ok) return kept;
    const { kind, feedId } = statement;
    const fetchedAt = statement.polled?.from ?? statement.at;
    const raw = [...(await this.#work.raw({ kind, body: whole(kept.value.bytes), fetchedAt, nativeIds }))];
    if (!isFromFile(feedId) || !raw.includes(null)) return ok(raw);
    // What the last file does not tell of stands in an earlier one, the latest first.
    const runs = await this.#runs(incident, FeedId.parse(feedId));
    if (!runs.ok) return runs;
    const upTo = runs.value.filter(({ from }) => from <= statement.at);
    const files = await filesOf(this.#context, upTo);
    if (!files.ok) return files;
    for (const file of files.value.toReversed()) {
      const found = await this.#work.raw({ kind, ...file, nativeIds });
      for (const [index, one] of found.entries()) raw[index] ??= one;
    }
    return ok(raw);
  }

  async #told(incident: OpenIncident, feedId: string): Promise<Result<Told>> {
    const read = this.feedsOf(incident).find((one) => one.feedId === feedId);
    if (read) return ok(read);
    const watched = await watchedFeeds(this.#context, incident.state);
    if (!watched.ok) return watched;
    const feed = watched.value.find(({ id }) => id === feedId);
    if (feed === undefined) return fail('not_found', `This incident has no feed ${feedId}.`);
    return ok({ feedId: feed.id, name: feed.name, kind: feed.kind });
  }

  #runs({ row }: OpenIncident, feedId: FeedId): Promise<Result<readonly Run[]>> {
    return this.#context.db.call('feedHistory', { incidentId: row.id, feedId });
  }

  async #read({ state }: OpenIncident, kind: FeedKind, run: Run, now: Instant): Promise<Result<Statement>> {
    const blob = await this.#blobOf(run);
    if (!blob.ok) return blob;
    const known = state.feeds.find(({ feedId }) => feedId === run.feedId)?.lastGood?.matches ?? [];
    const knownPublic = new Map(
      known.flatMap(({ nativeId, publishedAt }) =>
        publishedAt === null ? [] : [[nativeId, publishedAt] as const],
      ),
    );
    const scope = { ...state.scope, now };
    return ok(
      await this.#work.state({ kind, body: whole(blob.value), fetchedAt: run.from, scope, knownPublic }),
    );
  }

  /** Files stand beside one another: what one tells of, the next need not tell again. */
  async #readFiles(
    { state }: OpenIncident,
    kind: FeedKind,
    runs: readonly Run[],
    now: Instant,
  ): Promise<Result<Statement>> {
    const files = await filesOf(this.#context, runs);
    if (!files.ok) return files;
    const job = jobOf(files.value, { kind, scope: { ...state.scope, now }, knownPublic: new Map() }, []);
    return job === null ? fail('not_found', 'No bytes arrived.') : ok(await this.#work.state(job));
  }

  async #blobOf({ sha256 }: Run): Promise<Result<Uint8Array>> {
    if (sha256 === null) return fail('not_found', 'No bytes arrived.');
    const blob = await this.#context.db.call('getBlob', { sha256 });
    return blob.ok ? ok(blob.value.bytes) : blob;
  }

  /** The claims of every readable snapshot so far, oldest first. */
  async #history(kind: FeedKind, runs: readonly Run[]): Promise<Result<readonly ClaimsAt[]>> {
    const history: ClaimsAt[] = [];
    for (const run of runs.filter(isReadable)) {
      const key = `${kind} ${run.sha256}`;
      let claims = this.#claims.get(key);
      if (claims === undefined) {
        const bytes = await this.#blobOf(run);
        if (!bytes.ok) return bytes;
        claims = this.#work.claims({ kind, body: whole(bytes.value), fetchedAt: run.from });
        this.#claims.set(key, claims);
        const [oldest] = this.#claims.keys();
        if (this.#claims.size > REMEMBERED && oldest !== undefined) this.#claims.delete(oldest);
      }
      history.push({ at: run.from, until: run.until, claims: await claims });
    }
    return ok(history);
  }
}

function whole(bytes: Uint8Array): Pick<Body, 'encoding' | 'bytes' | 'size'> {
  return { encoding: 'identity', bytes, size: bytes.byteLength };
}

const NOTHING = { events: [], unrelated: 0, rejected: [] } as const satisfies Partial<FeedStatement>;

const NOT_READ = {
  ...NOTHING,
  polled: null,
  paused: false,
  state: 'not_read_yet',
  saying: 'not_read_yet',
  reason: '',
  snapshot: null,
  lastGood: null,
} as const satisfies Partial<FeedStatement>;

function isReadable({ state }: Run): boolean {
  return state === 'ok' || state === 'empty';
}

function snapshotOf({ sha256, size, headers }: Run): FeedStatement['snapshot'] {
  return sha256 === null || size === null ? null : { sha256, size, headers };
}

function saidIn(
  { feedState, reason, saying, matches, events, unrelated, rejected }: Statement,
  history: readonly ClaimsAt[],
  run: Run,
): Pick<FeedStatement, 'state' | 'reason' | 'saying' | 'events' | 'unrelated' | 'rejected'> {
  const stated = matches.flatMap((match) => {
    const event = events.find(({ nativeId }) => nativeId === match.nativeId);
    if (event === undefined) return [];
    const past = historyOf(match.nativeId, history);
    const start = { claimed: event.claimedStart, since: run.from };
    const seen = past ?? { starts: [start], firstSeen: run.from, notYet: null };
    // That another file did not tell of it says nothing.
    return [{ match, event, ...seen, ...(isFromFile(run.feedId) && { notYet: null }) }];
  });
  return { state: feedState, reason, saying, events: stated, unrelated, rejected };
}
