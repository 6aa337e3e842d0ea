import type { Feed } from '../../db/api.ts';
import type { FeedView, ListedFeed } from '../../preload/contract/views.ts';
import { isAwsHealth } from '../core/feeds/kinds.ts';
import { FeedId } from '../core/ids.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { ServiceContext } from './context.ts';

type FeedInput = Omit<FeedView, 'id' | 'builtin'> & { readonly id: FeedId | null };

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Puts the feeds that come with the app into the list, once; what the user changed about them stays. */
export async function seedFeeds({ db, library }: ServiceContext): Promise<Result<null>> {
  const known = await db.call('listFeeds', {});
  if (!known.ok) return known;
  const ids = new Set(known.value.map(({ id }) => id));
  for (const feed of library.builtinFeeds) {
    if (ids.has(feed.id)) continue;
    const saved = await db.call('saveFeed', { feed });
    if (!saved.ok) return saved;
  }
  return ok(null);
}

export async function listFeeds({ db, library }: ServiceContext): Promise<Result<readonly ListedFeed[]>> {
  const feeds = await db.call('listFeeds', {});
  if (!feeds.ok) return feeds;
  return ok(feeds.value.map((feed) => ({ ...feed, doubt: library.feedDoubts.get(feed.url) ?? null })));
}

/** Adds or changes a feed. Addresses are https, or http on this machine itself. */
export async function saveFeed(context: ServiceContext, input: FeedInput): Promise<Result<FeedView>> {
  const url = URL.canParse(input.url) ? new URL(input.url) : null;
  const isOwnAccount = isAwsHealth(input.url) && input.kind === 'aws_health_events';
  const allowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (!allowed && !isOwnAccount) {
    return fail(
      'invalid_input',
      'A feed’s address begins with https:// (http:// only for this machine).',
      'url',
    );
  }
  const known = await context.db.call('listFeeds', {});
  if (!known.ok) return known;
  const before = known.value.find(({ id }) => id === input.id);
  const { name, provider, kind, enabled } = input;
  const feed: Feed = {
    name,
    provider,
    kind,
    url: input.url,
    enabled,
    id: before?.id ?? FeedId.parse(context.newId()),
    builtin: before?.builtin ?? false,
  };
  const saved = await context.db.call('saveFeed', { feed });
  if (!saved.ok) return saved;
  context.publish.changed({ topic: 'feeds' });
  return ok(feed);
}

export async function deleteFeed(context: ServiceContext, feedId: FeedId): Promise<Result<null>> {
  const deleted = await context.db.call('deleteFeed', { feedId });
  if (deleted.ok) context.publish.changed({ topic: 'feeds' });
  return deleted;
}
