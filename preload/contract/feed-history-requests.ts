import { z } from 'zod';
import type { FeedStatement } from '../../main/core/feeds/statement.ts';
import type { RawEvent } from '../../main/core/feeds/raw.ts';
import { FeedId, IncidentId } from '../../main/core/ids.ts';
import type { FeedLanes } from '../../main/core/report/feed-lanes.ts';
import { Instant } from '../../main/core/time.ts';

const moment = z.strictObject({
  incidentId: IncidentId,
  feedId: FeedId,
  /** On the incident's own clock; null for now. */
  at: Instant.nullable(),
});

/** What the window may ask about what feeds said in the past. */
export const FEED_HISTORY_REQUESTS = {
  getFeedLanes: z.strictObject({ incidentId: IncidentId }),
  getFeedStatement: moment,
  saveFeedSnapshot: moment,
  getRawEvent: moment.extend({ nativeId: z.string() }),
} as const;

export interface FeedHistoryAnswers {
  getFeedLanes: FeedLanes;
  getFeedStatement: FeedStatementView;
  saveFeedSnapshot: { readonly folder: string; readonly name: string; readonly sha256: string };
  /** Null when the bytes of that moment do not tell of the event. */
  getRawEvent: RawEvent | null;
}

/** A statement, and the same as Markdown for a wiki or a chat. */
export interface FeedStatementView extends FeedStatement {
  readonly markdown: string;
}
