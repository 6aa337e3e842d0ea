import { EvidenceId } from '../core/ids.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { ServiceContext } from './context.ts';
import { sentenceOf } from './feed-board.ts';
import type { IncidentBook } from './incident-book.ts';

type Attached = Result<{ readonly evidenceId: string }>;

/** Makes what a feed says now a piece of evidence: its raw bytes by SHA-256, and the sentence they were read as. */
export async function attachFeedStatement(
  context: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  feedId: string,
): Promise<Attached> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const view = opened.value.state.feeds.find((one) => one.feedId === feedId);
  if (!view) return fail('not_found', 'That feed has not been read for this incident yet.');
  const fetches = await context.db.call('lastFetches', { incidentId: opened.value.row.id });
  if (!fetches.ok) return fetches;
  const last = fetches.value.find((one) => one.feedId === feedId)?.last;
  const sha256 = last?.sha256 ?? view.sha256;
  if (sha256 === null) return fail('refused', `Nothing was received from ${view.feedName}: ${view.reason}`);
  const blob = await context.db.call('getBlob', { sha256 });
  if (!blob.ok) return blob;
  const evidenceId = EvidenceId.parse(`snapshot-${feedId}-${sha256.slice(0, 16)}`);
  const added = await book.dispatch(incidentId, {
    type: 'add_evidence',
    evidence: {
      evidenceId,
      kind: 'snapshot',
      side: 'provider',
      name: `${view.feedName}, as read at ${last?.at ?? view.at}`,
      sha256,
      size: blob.value.size,
      summary: sentenceOf(view).slice(0, 2000),
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
      side: 'customer',
      name: `${record.name} at ${record.at}`,
      sha256: stored.value.sha256,
      size: stored.value.size,
      summary: [`${record.source} ${record.name} in ${record.region} by ${who}`, record.detail]
        .filter((line) => line !== '')
        .join('. ')
        .slice(0, 2000),
    },
  });
  return added.ok ? ok({ evidenceId }) : added;
}
