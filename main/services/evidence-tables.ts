import path from 'node:path';
import { parseChangeTable, type ChangeTable } from '../core/evidence/change-table.ts';
import { parseErrorTable, type ErrorTable } from '../core/evidence/error-table.ts';
import { parsePatternTable, type PatternTable } from '../core/evidence/pattern-table.ts';
import { ok, type Result } from '../core/result.ts';
import { readDocument } from './documents.ts';

/** What the app knows about changes, errors and patterns of findings, from `resources/evidence`. */
export interface EvidenceTables {
  readonly changes: ChangeTable;
  readonly errors: ErrorTable;
  readonly patterns: PatternTable;
}

/** Reads the tables of a folder. */
export async function loadEvidenceTables(folder: string): Promise<Result<EvidenceTables>> {
  const [changes, errors, patterns] = await Promise.all([
    readDocument(path.join(folder, 'changes.json')),
    readDocument(path.join(folder, 'errors.json')),
    readDocument(path.join(folder, 'patterns.json')),
  ]);
  if (!changes.ok) return changes;
  if (!errors.ok) return errors;
  if (!patterns.ok) return patterns;
  const changeTable = parseChangeTable(changes.value);
  if (!changeTable.ok) return changeTable;
  const errorTable = parseErrorTable(errors.value);
  if (!errorTable.ok) return errorTable;
  const patternTable = parsePatternTable(patterns.value);
  if (!patternTable.ok) return patternTable;
  return ok({ changes: changeTable.value, errors: errorTable.value, patterns: patternTable.value });
}
