import type { RecordFilter } from '../../db/api.ts';
import type {
  FoundCount,
  FoundRecords,
  RecordHistogram,
  RecordKeyView,
} from '../../preload/contract/views.ts';
import { ok, type Result } from '../core/result.ts';
import type { Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import type { IncidentBook } from './incident-book.ts';

/** Records of the first page: more than a list shows at once, so that it is there the sooner. */
const FIRST_PAGE = 50;
/** Records of each further page. */
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
  const { after, limit = after === null ? FIRST_PAGE : PAGE } = wish;
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

/** How many records a search finds in all. */
export async function countAllFound(
  context: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  wish: Wish,
): Promise<Result<number>> {
  let found = 0;
  for (let after: number | null = null, isWhole = false; !isWhole;) {
    const part: Result<FoundCount> = await countFound(context, book, incidentId, { ...wish, after });
    if (!part.ok) return part;
    found += part.value.found;
    after = part.value.next;
    isWhole = after === null;
  }
  return ok(found);
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
