import type { EventMatch, FeedKind, FeedState } from '../../main/core/feeds/model.ts';
import type { Provider } from '../../main/core/sides.ts';

/** A feed found at an address, and what it would say now. */
export interface FoundFeed {
  /** Where it answers: redirects are followed, and a host name has become the address of the feed. */
  readonly url: string;
  readonly kind: FeedKind;
  /** The format in words. */
  readonly format: string;
  /** A name for it: its page's own, else its host. */
  readonly name: string;
  readonly provider: Provider;
  readonly state: FeedState;
  /** One sentence: what it says now, or why it could not be read. */
  readonly sentence: string;
}

/** What became of looking for a feed where a person pointed. */
export interface FeedSearch {
  /** Null when none of the addresses is a feed that can be read. */
  readonly found: FoundFeed | null;
  /** Every address that was asked before that, and why it is none. */
  readonly tried: readonly { readonly url: string; readonly outcome: string }[];
}

/** What a document that a person gave says about an incident. */
export interface StatementView {
  /** Null when the content tells no kind; a person may name one. */
  readonly kind: FeedKind | null;
  /** The format in words; empty when it is not known. */
  readonly format: string;
  /** The file's name, or that it was pasted. */
  readonly name: string;
  /** Bytes, as given. */
  readonly size: number;
  readonly state: FeedState;
  /** One sentence: what it says about the incident, or why it could not be read. */
  readonly sentence: string;
  /** How many events it tells of, and how many items of it could not be read. */
  readonly events: number;
  readonly rejected: number;
  /** Those that may concern the incident, matching first. */
  readonly matches: readonly EventMatch[];
  /** How it was unpacked, for a document inside another; empty when it was plain. */
  readonly unpacked: string;
}

/** A statement as a person gives it: pasted, or a file. */
export type StatementSource =
  { readonly type: 'text'; readonly text: string } | { readonly type: 'file'; readonly path: string };
