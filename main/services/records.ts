import type { RecordFilter } from '../../db/api.ts';
import type {
  FoundCount,
  FoundRecords,
  RecordHistogram,
  RecordKeyView,
} from '../../preload/contract/views.ts';
import type { Result } from '../core/result.ts';
import type { Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import type { IncidentBook } from './incident-book.ts';

/** Records of one page: what a list shows at once, and a little more. */
const PAGE = 200;
/** Bars that are still told apart in the narrowest window. */
const MOST_BARS = 120;

interface Wish {
  readonly text: string;
  readonly kind: 'changes' | 'errors' | null;
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** A page of the records of an incident's logs, newest first. */
export async function searchRecords(
  { db }: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  wish: Wish & { readonly after: RecordKeyView | null; readonly limit?: number },
): Promise<Result<FoundRecords>> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const { after, limit = PAGE } = wish;
  return db.call('listRecords', {
    incidentId: opened.value.row.id,
    limit,
    ...(after === null ? {} : { after }),
    filter: filterOf(wish),
  });
}

function filterOf({ text, kind, from, to }: Wish): RecordFilter {
  return {
    text,
    ...(kind === null ? {} : { kind }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  };
}

/** How many records a search finds and when they were, as far as one answer goes; whoever asks goes on from its `next`. */
export async function countFound(
  { db }: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  wish: Wish & { readonly after: number | null },
): Promise<Result<FoundCount>> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  return db.call('recordHits', {
    incidentId: opened.value.row.id,
    filter: filterOf(wish),
    most: MOST_BARS,
    after: wish.after,
  });
}

/** How much an incident's logs hold over time. */
export async function histogramOf(
  { db }: ServiceContext,
  book: IncidentBook,
  incidentId: string,
): Promise<Result<RecordHistogram>> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  return db.call('recordHistogram', {
    incidentId: opened.value.row.id,
    from: null,
    to: null,
    most: MOST_BARS,
  });
}
