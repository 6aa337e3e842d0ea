import type { VerifyOutcome } from '../../preload/contract/views.ts';
import { ok, type Result } from '../core/result.ts';
import type { Anchor } from '../core/trail/model.ts';
import type { ServiceContext } from './context.ts';
import { referenceOf } from './incidents.ts';

/** Checks an incident's trail from its stored bytes, against `anchor` when there is one. */
export async function verifyIncident(
  { db }: ServiceContext,
  incidentId: string,
  anchor?: Anchor,
): Promise<Result<VerifyOutcome>> {
  const row = await db.call('getIncident', { incidentId });
  if (!row.ok) return row;
  const verified = await db.call('verifyIncident', { incidentId: row.value.id, anchor });
  if (!verified.ok) return verified;
  const { state, entries, head, at, reason } = verified.value;
  return ok({
    reference: referenceOf(row.value.number),
    state,
    entries,
    head,
    at: at ?? null,
    sentence: reason,
  });
}
