import type { FoundRecords, RecordHistogram, RecordKeyView } from '../../preload/contract/views.ts';
import type { Result } from '../core/result.ts';
import type { Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import type { IncidentBook } from './incident-book.ts';

/** Records of one page: what a list shows at once, and a little more. */
const PAGE = 200;
/** Bars that are still told apart in the narrowest window. */
const MOST_BARS = 120;

/** A page of the records of an incident's logs, newest first. */
export async function searchRecords(
  { db }: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  wish: {
    readonly text: string;
    readonly kind: 'changes' | 'errors' | null;
    readonly from: Instant | null;
    readonly to: Instant | null;
    readonly after: RecordKeyView | null;
    readonly limit?: number;
  },
): Promise<Result<FoundRecords>> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const { text, kind, from, to, after, limit = PAGE } = wish;
  return db.call('listRecords', {
    incidentId: opened.value.row.id,
    limit,
    ...(after === null ? {} : { after }),
    filter: {
      text,
      ...(kind === null ? {} : { kind }),
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
    },
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
