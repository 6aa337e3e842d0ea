/** What a provider wrote about one event, taken out of a snapshot's bytes. */
export interface RawEvent {
  readonly form: 'json' | 'xml';
  /** Items of the feed that tell of it: several posts, or the same event told in several places. */
  readonly items: number;
  /** JSON indented, XML as written; items with an empty line between them. The first 64 KiB. */
  readonly text: string;
  /** Bytes of the whole text in UTF-8. */
  readonly size: number;
  /** True when `text` is not the whole. */
  readonly cut: boolean;
}
