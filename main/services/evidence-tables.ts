import path from 'node:path';
import { parseChangeTable, type ChangeTable } from '../core/evidence/change-table.ts';
import { parseErrorTable, type ErrorTable } from '../core/evidence/error-table.ts';
import { ok, type Result } from '../core/result.ts';
import { readDocument } from './documents.ts';

/** What the app knows about changes and errors, from `resources/evidence`. */
export interface EvidenceTables {
  readonly changes: ChangeTable;
  readonly errors: ErrorTable;
}

/** Reads both tables of a folder. */
export async function loadEvidenceTables(folder: string): Promise<Result<EvidenceTables>> {
  const [changes, errors] = await Promise.all([
    readDocument(path.join(folder, 'changes.json')),
    readDocument(path.join(folder, 'errors.json')),
  ]);
  if (!changes.ok) return changes;
  if (!errors.ok) return errors;
  const changeTable = parseChangeTable(changes.value);
  if (!changeTable.ok) return changeTable;
  const errorTable = parseErrorTable(errors.value);
  return errorTable.ok ? ok({ changes: changeTable.value, errors: errorTable.value }) : errorTable;
}
