import type { FeedKind, FeedReading } from '../../core/feeds/model.ts';
import type { Instant } from '../../core/time.ts';
import type { FeedDocument } from './document.ts';
import type { RawKeeper } from './raw.ts';

/** What a parser may know besides the bytes: when they were fetched. */
export interface ReadingContext {
  readonly fetchedAt: Instant;
  /** Given when somebody asks what the provider wrote; readings themselves carry none of it. */
  readonly keepRaw?: RawKeeper;
}

/**
 * One kind of feed. To add one, copy `feed.template.ts`, name the kind in `FeedKind` and list the adapter in
 * `registry.ts`.
 */
export interface FeedAdapter {
  readonly kind: FeedKind;
  /** The format's name in messages, e.g. `Google Cloud incidents.json`. */
  readonly title: string;
  /** True when a whole document carries this kind's own marks. Cheap: it looks, it does not parse items. */
  readonly recognises: (document: FeedDocument) => boolean;
  /**
   * Bytes as received, any encoding with a byte-order mark or UTF-8, to what they say. Never throws: bytes that
   * are not a whole document of this kind are `unreadable`, an item that cannot be read goes to `rejected`.
   */
  readonly parse: (bytes: Uint8Array, context: ReadingContext) => FeedReading;
}
