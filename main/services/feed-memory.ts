import type { DbClient } from '../../db/client.ts';
import type { Value } from '../../db/api.ts';
import type { Body } from '../adapters/feeds/feed-work.ts';
import type { Clock } from '../adapters/ports.ts';
import { addMinutes } from '../core/time.ts';

type FeedPoll = Value<'listPolls'>[number];
export type GoodPoll = NonNullable<NonNullable<FeedPoll['ended']>['good']>;

/** What an earlier start of the app knew of polls, and a place to note them for the next one. */
export interface FeedMemory {
  /** What is remembered of an address. */
  readonly recall: (url: string) => FeedPoll | null;
  /** Addresses whose last bytes came from this one. */
  readonly ledTo: (url: string) => readonly string[];
  /** The bytes of an answer; null where nobody kept them. */
  readonly body: (sha256: string) => Promise<Body | null>;
  /** Notes a poll. Polls of one moment are noted together; resolved when they are, or cannot be. */
  readonly note: (poll: FeedPoll) => Promise<void>;
}

/** An address that nobody has asked for so long is forgotten. */
const KEPT_MINUTES = 7 * 24 * 60;

/** The memory in the database. Where that cannot be read nothing is remembered, and feeds are asked all the same. */
export async function openFeedMemory(db: DbClient, clock: Clock): Promise<FeedMemory> {
  const listed = await db.call('listPolls', {});
  const polls = listed.ok ? listed.value : [];
  const remembered = new Map(polls.map((poll) => [poll.url, poll]));
  let waiting: FeedPoll[] = [];
  let written: Promise<unknown> | null = null;

  function write(): Promise<unknown> {
    const batch = waiting;
    waiting = [];
    written = null;
    const forgetBefore = addMinutes(clock.now(), -KEPT_MINUTES);
    // The database may be closing: what is not noted is asked once more by the next start.
    return db.call('notePolls', { polls: batch, forgetBefore }).catch(() => undefined);
  }

  return {
    recall: (url) => remembered.get(url) ?? null,
    ledTo: (url) => polls.filter(({ ended }) => ended?.good?.from === url).map((poll) => poll.url),
    body: async (sha256) => {
      const stored = await db.call('getPacked', { sha256 });
      return stored.ok ? stored.value : null;
    },
    note: async (poll) => {
      waiting.push(poll);
      written ??= new Promise((resolve) => setImmediate(resolve)).then(write);
      await written;
    },
  };
}
