import type { FeedState } from '../main/core/feeds/model.ts';
import type { FeedId, IncidentId, Sha256 } from '../main/core/ids.ts';
import type { Instant } from '../main/core/time.ts';

/** Polls of one feed for one incident, one after the other, that all gave the same. */
export interface FeedRun {
  readonly feedId: FeedId;
  /** The first and the last of them; the same instant where there was one. */
  readonly from: Instant;
  readonly until: Instant;
  readonly polls: number;
  readonly state: FeedState;
  /** One sentence; empty when all is well. */
  readonly reason: string;
  /** Of the stored raw bytes; null when none arrived. */
  readonly sha256: Sha256 | null;
  /** Bytes, uncompressed; null when none arrived. */
  readonly size: number | null;
  /** As the first of these polls was answered; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Bytes that were hashed and packed before, by whoever received them. */
export interface PackedBlob {
  readonly mediaType: string;
  /** Of the bytes before packing; checked whenever they are read back. */
  readonly sha256: Sha256;
  /** Bytes before packing. */
  readonly size: number;
  readonly encoding: 'identity' | 'gzip';
  readonly bytes: Uint8Array;
}

/** What the database keeps of feeds' answers, and can tell about their past. */
export interface FeedHistoryOperations {
  /** Like `putBlob`, for bytes that come packed. */
  readonly putPacked: {
    readonly args: PackedBlob;
    readonly value: { readonly sha256: Sha256; readonly size: number };
  };
  /** Oldest first, feed by feed; of one feed when it is named. */
  readonly feedHistory: {
    readonly args: { readonly incidentId: IncidentId; readonly feedId?: FeedId | undefined };
    readonly value: readonly FeedRun[];
  };
}
