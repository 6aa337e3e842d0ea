import type { Instant } from '../time.ts';
import type { EventMatch, FeedKind, FeedReading, FeedState, ProviderEvent, Saying } from './model.ts';

/** What a provider claimed of one event in one snapshot, as far as later snapshots may differ. */
export interface Claim {
  readonly nativeId: string;
  readonly claimedStart: Instant | null;
}

/** A readable snapshot's claims, and from when on we had it. */
export interface ClaimsAt {
  readonly at: Instant;
  /** When the feed was last seen to say so. */
  readonly until: Instant;
  readonly claims: readonly Claim[];
}

/** A start that was claimed, from the moment on that we first read it. */
export interface StartVersion {
  readonly claimed: Instant | null;
  readonly since: Instant;
}

/** One event of a statement with what our own stored history knows of it. */
export interface StatedEvent {
  readonly match: EventMatch;
  readonly event: ProviderEvent;
  /** Oldest first; one where it never moved. */
  readonly starts: readonly StartVersion[];
  /** When we first read of it. */
  readonly firstSeen: Instant;
  /** When we had last read the feed without it; null when it was there the first time. */
  readonly notYet: Instant | null;
}

/** What a feed said at one minute: a stored snapshot, read again and matched with the incident as it stands now. */
export interface FeedStatement {
  readonly feedId: string;
  readonly name: string;
  readonly kind: FeedKind;
  /** The moment that was asked for. */
  readonly at: Instant;
  /** The polls that gave this, first and last, and how many; null when the feed had not been asked by then. */
  readonly polled: { readonly from: Instant; readonly until: Instant; readonly polls: number } | null;
  /** True when so long a pause followed the last of these polls that nobody knows what the feed said at that minute. */
  readonly paused: boolean;
  readonly state: FeedState | 'not_read_yet';
  readonly saying: Saying | 'not_read_yet';
  readonly reason: string;
  /** Of the raw bytes; null when none arrived. */
  readonly snapshot: {
    readonly sha256: string;
    /** Bytes. */
    readonly size: number;
    readonly headers: Readonly<Record<string, string>>;
  } | null;
  /** Those that concern the incident at least a little, best first. */
  readonly events: readonly StatedEvent[];
  /** Events of others: other services, regions, times. */
  readonly unrelated: number;
  readonly rejected: FeedReading['rejected'];
  /** When the feed could last be read before, where it could not be read now. */
  readonly lastGood: Instant | null;
  /** The moments at which it had begun, and would begin, to give something else. */
  readonly earlier: Instant | null;
  readonly later: Instant | null;
}

/**
 * What the history of snapshots knows of an event: every start it was given, when we first saw it, and when not yet.
 * `history` is oldest first and ends with the snapshot that is looked at.
 */
export function historyOf(
  nativeId: string,
  history: readonly ClaimsAt[],
): Pick<StatedEvent, 'starts' | 'firstSeen' | 'notYet'> | null {
  const starts: StartVersion[] = [];
  let firstSeen: Instant | null = null;
  let notYet: Instant | null = null;
  for (const { at, until, claims } of history) {
    const claim = claims.find((one) => one.nativeId === nativeId);
    if (claim === undefined) {
      if (firstSeen === null) notYet = until;
      continue;
    }
    firstSeen ??= at;
    if (starts.at(-1)?.claimed !== claim.claimedStart || starts.length === 0) {
      starts.push({ claimed: claim.claimedStart, since: at });
    }
  }
  return firstSeen === null ? null : { starts, firstSeen, notYet };
}
