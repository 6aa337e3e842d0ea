import type { FeedState } from '../main/core/feeds/model.ts';
import type { PollOutcome } from '../main/core/feeds/schedule.ts';
import type { Sha256 } from '../main/core/ids.ts';
import type { Instant } from '../main/core/time.ts';
import type { PackedBlob } from './feed-history-api.ts';

/** The last answer with bytes that an address gave. */
export interface GoodPoll {
  /** When it last held, and when its bytes came. */
  readonly at: Instant;
  readonly received: Instant;
  /** The address that gave it, after redirects. */
  readonly from: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of its bytes, which are stored only where somebody took them in. */
  readonly sha256: Sha256;
}

/** How the polls of an address have ended so far. */
export interface PollEnd {
  readonly at: Instant;
  readonly state: FeedState;
  readonly reason: string;
  /** Oldest first. */
  readonly history: readonly PollOutcome[];
  readonly good: GoodPoll | null;
}

export interface FeedPoll {
  readonly url: string;
  readonly askedAt: Instant;
  /** Null: not told yet. What was told before stays then. */
  readonly ended: PollEnd | null;
}

/** What the database remembers of the polls themselves, whatever incident they were for. */
export interface FeedPollOperations {
  /** Notes polls, all or none, and forgets those of addresses not asked since. */
  readonly notePolls: {
    readonly args: { readonly polls: readonly FeedPoll[]; readonly forgetBefore: Instant };
    readonly value: null;
  };
  readonly listPolls: { readonly args: Readonly<Record<string, never>>; readonly value: readonly FeedPoll[] };
  /** Bytes as they are stored, not checked against their SHA-256. `not_found`. */
  readonly getPacked: { readonly args: { readonly sha256: Sha256 }; readonly value: PackedBlob };
}
