import type { FeedCatalog } from '../../core/feeds/catalog.ts';
import type { AskJob, MatchJob, RawJob, ReadJob } from './feed-work.ts';

/** What the worker is started with. */
export interface FeedWorkerData {
  readonly catalog: FeedCatalog;
}

export type FeedJob =
  | { readonly what: 'ask'; readonly job: AskJob }
  | { readonly what: 'match' | 'state'; readonly job: MatchJob }
  | { readonly what: 'claims'; readonly job: ReadJob }
  | { readonly what: 'raw'; readonly job: RawJob }
  | { readonly what: 'pack'; readonly job: Uint8Array };

/** From the client to the worker. */
export type ToFeedWorker = FeedJob & { readonly seq: number };

/** From the worker to the client: what the job gave, or that it broke. */
export type FromFeedWorker =
  { readonly seq: number; readonly value: unknown } | { readonly seq: number; readonly broke: string };
