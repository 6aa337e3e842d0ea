import { EvidenceId } from '../core/ids.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import { sentenceOf } from './feed-board.ts';
import type { FeedHistory } from './feed-history.ts';
import type { IncidentBook } from './incident-book.ts';

type Attached = Result<{ readonly evidenceId: string }>;

/**
 * Makes what a feed says now (`at` null), or said at a past moment, a piece of evidence: its raw bytes by SHA-256, and the sentence
 * they are read as. Attaching the same bytes twice is attaching them once.
 */
export async function attachFeedStatement(
  book: IncidentBook,
  history: FeedHistory,
  {
    incidentId,
    feedId,
    at,
  }: { readonly incidentId: string; readonly feedId: string; readonly at: Instant | null },
): Promise<Attached> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const said = await history.statement(opened.value, feedId, at);
  if (!said.ok) return said;
  const { name, polled, snapshot, saying, reason, events } = said.value;
  if (polled === null || saying === 'not_read_yet') {
    return fail('not_found', `${name} had not been read for this incident by then.`);
  }
  if (snapshot === null) return fail('refused', `Nothing was received from ${name}: ${reason}`);
  const evidenceId = EvidenceId.parse(`snapshot-${feedId}-${snapshot.sha256.slice(0, 16)}`);
  const added = await book.dispatch(incidentId, {
    type: 'add_evidence',
    evidence: {
      evidenceId,
      kind: 'snapshot',
      side: 'provider',
      name: `${name}, as read at ${at === null ? polled.until : polled.from}`,
      sha256: snapshot.sha256,
      size: snapshot.size,
      summary: sentenceOf({ saying, reason, matches: events.map(({ match }) => match) }).slice(0, 2000),
    },
  });
  return added.ok ? ok({ evidenceId }) : added;
}

/** Makes one record of the customer's logs a piece of evidence. Attaching it twice is attaching it once. */
export async function attachRecord(
  context: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  recordId: string,
): Promise<Attached> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const found = await context.db.call('getRecord', { incidentId: opened.value.row.id, recordId });
  if (!found.ok) return found;
  const record = found.value;
  const bytes = new TextEncoder().encode(JSON.stringify(record));
  const stored = await context.db.call('putBlob', { mediaType: 'application/json', bytes });
  if (!stored.ok) return stored;
  const evidenceId = EvidenceId.parse(`record-${stored.value.sha256.slice(0, 24)}`);
  const who = record.principal === '' ? 'unknown' : record.principal;
  const added = await book.dispatch(incidentId, {
    type: 'add_evidence',
    evidence: {
      evidenceId,
      kind: 'record',
      // What the provider says of a fault of its own speaks for its side, whoever's file it is in.
      side: record.flags.includes('provider_issue') ? 'provider' : 'customer',
      name: `${record.name} at ${record.at}`,
      sha256: stored.value.sha256,
      size: stored.value.size,
      summary: [`${record.source} ${record.name} in ${record.region} by ${who}`, record.detail]
        .filter((line) => line !== '')
        .join('. ')
        .slice(0, 2000),
      sourceId: record.id,
    },
  });
  return added.ok ? ok({ evidenceId }) : added;
}
