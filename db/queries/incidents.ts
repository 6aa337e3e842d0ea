import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import type { IncidentId } from '../../main/core/ids.ts';
import type { IncidentRow, IncidentSummary } from '../api.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { prepared } from '../database.ts';

const COLUMNS = `id, number, title, mode, onset, provider, severity, status, verdict, accepted,
  updated_at AS updatedAt, entries`;

const FIND = `SELECT ${COLUMNS} FROM incident WHERE id = ?`;

const PUT = `
  INSERT INTO incident
    (id, title, mode, onset, provider, severity, status, verdict, accepted, updated_at, entries)
  VALUES ($id, $title, $mode, $onset, $provider, $severity, $status, $verdict, $accepted, $updatedAt, $entries)
  ON CONFLICT (id) DO UPDATE SET
    title = $title, mode = $mode, onset = $onset, provider = $provider, severity = $severity,
    status = $status, verdict = $verdict, accepted = $accepted, updated_at = $updatedAt, entries = $entries
  RETURNING number`;

/** All incidents, last changed first. */
export function listIncidents(db: ReadableDb): IncidentRow[] {
  return db
    .prepare<[], IncidentRow>(`SELECT ${COLUMNS} FROM incident ORDER BY updated_at DESC, number DESC`)
    .all();
}

/** By id, or by its number written `DM-7`, `dm-7` or `7`. */
export function getIncident(db: ReadableDb, { incidentId }: { incidentId: string }): Result<IncidentRow> {
  const row = findIncident(db, incidentId) ?? findByNumber(db, incidentId);
  return row === undefined ? fail('not_found', `There is no incident ${incidentId}.`) : ok(row);
}

/** The row of an incident's id, if there is one. */
export function findIncident(db: ReadableDb, id: string): IncidentRow | undefined {
  return prepared<[string], IncidentRow>(db, FIND).get(id);
}

function findByNumber(db: ReadableDb, text: string): IncidentRow | undefined {
  const number = /^(?:dm-)?([1-9]\d{0,9})$/i.exec(text)?.[1];
  if (number === undefined) return undefined;
  return db
    .prepare<[number], IncidentRow>(`SELECT ${COLUMNS} FROM incident WHERE number = ?`)
    .get(Number(number));
}

/** Stores an incident's row; a new one gets the next number. Called only with the entries it follows from. */
export function putIncident(
  db: WritableDb,
  row: { readonly incidentId: IncidentId; readonly entries: number; readonly summary: IncidentSummary },
): IncidentRow {
  const { title, mode, onset, provider, severity, status, verdict, accepted, updatedAt } = row.summary;
  const summary = { title, mode, onset, provider, severity, status, verdict, accepted, updatedAt };
  const stored = { id: row.incidentId, entries: row.entries, ...summary };
  const returned = prepared<object, { number: number }>(db, PUT).get(stored);
  if (returned === undefined) throw new Error('an incident was stored without a number');
  return { ...stored, number: returned.number };
}
