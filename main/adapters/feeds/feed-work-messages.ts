import type { FeedCatalog } from '../../core/feeds/catalog.ts';
import type { AskJob, LookJob, MatchJob, RawJob, ReadJob } from './feed-work.ts';

export type FeedJob =
  | { readonly what: 'ask'; readonly job: AskJob }
  | { readonly what: 'match' | 'state'; readonly job: MatchJob }
  | { readonly what: 'claims'; readonly job: ReadJob }
  | { readonly what: 'look'; readonly job: LookJob }
  | { readonly what: 'raw'; readonly job: RawJob }
  | { readonly what: 'pack'; readonly job: Uint8Array };

/** To the process: first, once, what everything is matched with; then jobs. */
export type ToFeedProcess =
  { readonly what: 'start'; readonly catalog: FeedCatalog } | (FeedJob & { readonly seq: number });

/** From it: what a job gave, or that it broke. */
export type FromFeedProcess =
  { readonly seq: number; readonly value: unknown } | { readonly seq: number; readonly broke: string };

/** The running process, as who started it sees it. */
export interface FeedProcess {
  readonly post: (message: ToFeedProcess) => void;
  readonly kill: () => void;
}

/** Starts the process of `feed-process.ts`, in whatever way the program at hand starts processes. Messages are structured clones. */
export type StartFeedProcess = (listeners: {
  readonly message: (message: FromFeedProcess) => void;
  readonly ended: (why: string) => void;
}) => FeedProcess;
