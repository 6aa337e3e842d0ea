import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseChangeTable } from '../../main/core/evidence/change-table.ts';
import { parseErrorTable } from '../../main/core/evidence/error-table.ts';
import { value } from './database.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../resources/evidence');
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'));

/** The app's own tables of changes and errors. */
export const TABLES = {
  changes: value(parseChangeTable(read('changes.json'))),
  errors: value(parseErrorTable(read('errors.json'))),
};
