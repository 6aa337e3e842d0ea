import type { Feed, LastFetch } from '../../db/api.ts';
import type { FeedBoardItem } from '../../preload/contract/views.ts';
import { isFromFile } from '../core/feeds/kinds.ts';
import type { FeedKind } from '../core/feeds/model.ts';
import { FeedId } from '../core/ids.ts';
import type { FeedView, IncidentState } from '../core/incident/state.ts';
import { LONGEST_PAUSE_MINUTES } from '../core/report/feed-lanes.ts';
import { ok, type Result } from '../core/result.ts';
import { minutesBetween, type Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import type { OpenIncident } from './incident-book.ts';
import { clockOf } from './incident-clock.ts';

/** A feed that an incident is watched by. */
export interface WatchedFeed {
  readonly id: FeedId;
  readonly name: string;
  readonly kind: FeedKind;
  readonly url: string;
}

/**
 * The feeds that can speak about an incident: those of its provider and of other vendors that are switched on;
 * in a drill those of the scenario.
 */
export async function watchedFeeds(
  { db, library }: ServiceContext,
  state: IncidentState,
): Promise<Result<readonly WatchedFeed[]>> {
  if (state.drill) {
    const feeds = library.scenario(state.drill.scenarioId)?.scenario.feeds ?? [];
    return ok(
      feeds.map(({ feedId, name, kind, url }) => ({ id: FeedId.parse(feedId), name, kind, url: url ?? '' })),
    );
  }
  const feeds = await db.call('listFeeds', {});
  if (!feeds.ok) return feeds;
  const speaks = ({ enabled, provider }: Feed): boolean =>
    enabled && (provider === state.scope.provider || provider === 'other');
  return ok(feeds.value.filter(speaks));
}

/** The board of feeds for one incident, the provider's own first. */
export async function boardOf(
  context: ServiceContext,
  { row, state }: OpenIncident,
): Promise<Result<readonly FeedBoardItem[]>> {
  const feeds = await watchedFeeds(context, state);
  if (!feeds.ok) return feeds;
  const fetches = await context.db.call('lastFetches', { incidentId: row.id });
  if (!fetches.ok) return fetches;
  const fetchOf = new Map(fetches.value.map((one) => [one.feedId, one]));
  // What a person gave from a file is asked for nowhere and stands on the board all the same.
  const given = state.feeds
    .filter(({ feedId }) => isFromFile(feedId))
    .map(({ feedId, feedName, kind }) => ({ id: feedId, name: feedName, kind, url: '' }));
  // A closed incident and a scored drill are not asked for any more: what was said last is what is shown.
  const isWatched = state.status === 'open' && state.scoredAt === null;
  const now = isWatched ? clockOf(context.clock, state).now() : null;
  return ok(
    [...feeds.value, ...given].map((feed) =>
      aged(
        boardItem(
          feed,
          state.feeds.find((one) => one.feedId === feed.id),
          fetchOf.get(feed.id),
        ),
        // A file is as old as it is: nobody asks for it anew.
        isFromFile(feed.id) ? null : now,
      ),
    ),
  );
}

function boardItem(
  { id, name, url, kind }: WatchedFeed,
  view: FeedView | undefined,
  fetched: LastFetch | undefined,
): FeedBoardItem {
  const lastGood = view?.lastGood ?? null;
  const lags = (lastGood?.matches ?? [])
    .filter((match) => match.degree === 'matching')
    .flatMap((match) => (match.lagMinutes === null ? [] : [match.lagMinutes]));
  const isHole = view?.saying === 'could_not_check';
  return {
    feedId: id,
    name,
    url,
    kind,
    state: view?.state ?? 'not_read_yet',
    saying: view?.saying ?? 'not_read_yet',
    sentence: view ? sentenceOf(view) : 'Not read yet.',
    checkedAt: fetched?.last.at ?? view?.at ?? null,
    lastGoodAt: fetched?.lastGood?.at ?? lastGood?.at ?? null,
    lastGoodSentence: isHole && lastGood !== null ? sentenceOf({ ...lastGood, reason: '' }) : null,
    firstWordMinute: lags.length === 0 ? null : Math.min(...lags),
    matches: view?.matches ?? [],
  };
}

/** An answer does not stand for ever: after a pause in which nobody asked it is stale, whatever it said. */
function aged(item: FeedBoardItem, now: Instant | null): FeedBoardItem {
  const { saying, checkedAt, sentence } = item;
  if (now === null || checkedAt === null || saying === 'could_not_check' || saying === 'not_read_yet')
    return item;
  if (minutesBetween(checkedAt, now) <= LONGEST_PAUSE_MINUTES) return item;
  return {
    ...item,
    state: 'stale',
    saying: 'could_not_check',
    sentence: `Not asked since ${checkedAt.slice(11, 16)}Z: what it said then may not hold any more.`,
    lastGoodSentence: sentence,
  };
}

/** One sentence: what the feed says about this incident, or why it could not be checked. */
export function sentenceOf(view: Pick<FeedView, 'saying' | 'reason' | 'matches'>): string {
  const [first] = view.matches.filter(({ degree }) => degree === 'matching');
  switch (view.saying) {
    case 'matching':
      return first ? `${withoutStop(first.title)}. ${first.reason}` : view.reason;
    case 'elsewhere': {
      const [other] = view.matches;
      return other
        ? `Something else: ${withoutStop(other.title)}. ${other.reason}`
        : 'It reports something that does not concern us.';
    }
    case 'silent':
      return 'Says nothing about our services and regions.';
    case 'could_not_check':
      return view.reason === '' ? 'Could not be checked.' : view.reason;
  }
}

function withoutStop(title: string): string {
  return title.replace(/\.$/, '');
}
