import type { DraftView } from '../../preload/contract/views.ts';
import type { IncidentId } from '../core/ids.ts';
import { ok, type Result } from '../core/result.ts';
import type { ServiceContext } from './context.ts';

/** Keeps what somebody is typing; an empty text forgets it. */
export function saveDraft(
  { db, clock }: ServiceContext,
  incidentId: IncidentId,
  { key, text }: { readonly key: string; readonly text: string },
): Promise<Result<null>> {
  return text === ''
    ? db.call('clearDraft', { incidentId, key })
    : db.call('saveDraft', { draft: { incidentId, key, text, at: clock.now() } });
}

/** What was being typed when the app was last seen. */
export async function listDrafts(
  { db }: ServiceContext,
  incidentId: IncidentId,
): Promise<Result<readonly DraftView[]>> {
  const drafts = await db.call('listDrafts', { incidentId });
  return drafts.ok ? ok(drafts.value.map(({ key, text, at }) => ({ key, text, at }))) : drafts;
}
