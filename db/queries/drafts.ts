import type { IncidentId } from '../../main/core/ids.ts';
import type { Result } from '../../main/core/result.ts';
import { ok } from '../../main/core/result.ts';
import type { Draft } from '../api.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { writeTransaction } from '../database.ts';

/** Text being typed, kept in case the process dies: one per place. */
export function saveDraft(db: WritableDb, { draft }: { readonly draft: Draft }): Result<null> {
  return writeTransaction(db, () => {
    db.prepare(
      `INSERT INTO draft (incident_id, key, text, at) VALUES ($incidentId, $key, $text, $at)
       ON CONFLICT (incident_id, key) DO UPDATE SET text = $text, at = $at`,
    ).run({ ...draft, incidentId: draft.incidentId ?? '' });
    return ok(null);
  });
}

/** The drafts of an incident, or those typed before there is one. */
export function listDrafts(
  db: ReadableDb,
  { incidentId }: { readonly incidentId: IncidentId | null },
): Draft[] {
  return db
    .prepare<[string], Omit<Draft, 'incidentId'>>(
      'SELECT key, text, at FROM draft WHERE incident_id = ? ORDER BY key',
    )
    .all(incidentId ?? '')
    .map((row) => ({ ...row, incidentId }));
}

export function clearDraft(
  db: WritableDb,
  { incidentId, key }: { readonly incidentId: IncidentId | null; readonly key: string },
): Result<null> {
  return writeTransaction(db, () => {
    db.prepare('DELETE FROM draft WHERE incident_id = ? AND key = ?').run(incidentId ?? '', key);
    return ok(null);
  });
}
