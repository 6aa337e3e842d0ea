import type { Value } from '../../db/api.ts';
import type { FeedWork, MatchJob, ReadJob } from '../adapters/feeds/feed-work.ts';
import type { FeedView } from '../core/incident/state.ts';
import { ok, type Result } from '../core/result.ts';
import type { Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import type { IncidentBook, OpenIncident } from './incident-book.ts';
import { clockOf } from './incident-clock.ts';

type Run = Value<'feedHistory'>[number];
type File = Pick<ReadJob, 'body' | 'fetchedAt'>;

/** The stored bytes of files that a person gave, oldest first. Fails as the database does. */
export async function filesOf(
  { db }: Pick<ServiceContext, 'db'>,
  runs: readonly Run[],
): Promise<Result<readonly File[]>> {
  const files: File[] = [];
  for (const { sha256, from } of runs) {
    if (sha256 === null) continue;
    const body = await db.call('getPacked', { sha256 });
    if (!body.ok) return body;
    files.push({ body: body.value, fetchedAt: from });
  }
  return ok(files);
}

/** What is to be read of files: the last, and those before it; null when there are none. */
export function jobOf(
  files: readonly File[],
  rest: Omit<MatchJob, keyof File | 'given'>,
  known: NonNullable<MatchJob['given']>['known'],
): MatchJob | null {
  const last = files.at(-1);
  return last === undefined ? null : { ...rest, ...last, given: { earlier: files.slice(0, -1), known } };
}

/**
 * Reads all files of one kind that an incident was given once more, together, and matches them with the incident as it stands:
 * its scope may be another since, and so may the reading. What the trail knows of files that are not here stays.
 */
export async function rereadGiven(
  context: ServiceContext,
  book: IncidentBook,
  work: FeedWork,
  { row, state }: OpenIncident,
  feed: FeedView,
): Promise<Result<OpenIncident | null>> {
  const runs = await context.db.call('feedHistory', { incidentId: row.id, feedId: feed.feedId });
  if (!runs.ok) return runs;
  const files = await filesOf(context, runs.value);
  if (!files.ok) return files;
  const { kind, feedId, feedName, sha256 } = feed;
  const scope = { ...state.scope, now: clockOf(context.clock, state).now() };
  const job = jobOf(files.value, { kind, scope, knownPublic: firstWords(state.feeds) }, feed.matches);
  if (job === null) return ok(null);
  const { feedState, reason, saying, matches } = await work.match(job);
  // A reading that broke off says nothing of files that were read before.
  if (feedState !== 'ok' && feedState !== 'empty') return ok(null);
  const reading = { feedId, feedName, kind, state: feedState, reason, sha256, saying, matches: [...matches] };
  return book.dispatch(row.id, { type: 'read_feed', reading });
}

function firstWords(feeds: readonly FeedView[]): ReadonlyMap<string, Instant> {
  const matches = feeds.flatMap((feed) => feed.matches);
  return new Map(
    matches.flatMap(({ nativeId, publishedAt }) => (publishedAt === null ? [] : [[nativeId, publishedAt]])),
  );
}
