import type { FileReport } from '../../../main/core/evidence/model.ts';
import type { ImportOutcome } from '../../../preload/contract/views.ts';
import { counted } from '../../lib/format.ts';

/** Files of one import that brought nothing for the same reason. */
export interface NotTaken {
  readonly word: 'nothing added' | 'not opened';
  /** Empty where the reason names the file itself. */
  readonly files: readonly string[];
  readonly why: string;
}

/** What of an import is in no list that stays, with the reason, alike ones together: first what was not even opened. */
export function notTaken({ files, leftOut }: Pick<ImportOutcome, 'files' | 'leftOut'>): NotTaken[] {
  const byReason = new Map<string, string[]>();
  for (const file of files) {
    if (hasBrought(file)) continue;
    const why = reasonOf(file);
    const names = byReason.get(why);
    if (names === undefined) byReason.set(why, [file.file]);
    else names.push(file.file);
  }
  return [
    ...leftOut.map((why): NotTaken => ({ word: 'not opened', files: [], why })),
    ...[...byReason].map(([why, names]): NotTaken => ({ word: 'nothing added', files: names, why })),
  ];
}

function hasBrought({ recognisedAs, records, duplicates, findings, states = 0 }: FileReport): boolean {
  return recognisedAs !== null && records + findings + states > duplicates;
}

function reasonOf({ records, duplicates, notes }: FileReport): string {
  const there =
    duplicates > 0 && duplicates === records
      ? `${counted(records, 'record')}, ${records === 1 ? 'which is' : 'all'} there already.`
      : null;
  const parts = [there, ...notes].filter((part) => part !== null);
  return parts.length === 0 ? 'There is nothing in it.' : parts.join(' ');
}

/** `a.json`, `a.json and b.json`, `a.json and 16 others`; names that are alike once. */
export function filesInWords(files: readonly string[]): string {
  const [first = '', ...rest] = [...new Set(files)];
  const others = files.length - 1;
  if (rest.length === 0) return others === 0 ? first : `${first} (${counted(files.length, 'file')})`;
  return rest.length === 1 && others === 1
    ? `${first} and ${rest[0] ?? ''}`
    : `${first} and ${counted(others, 'other')}`;
}
