import type { LogRecord } from '../core/evidence/model.ts';
import { utcText } from '../core/report/words.ts';
import type { Instant } from '../core/time.ts';
import { searchRecords } from '../services/records.ts';
import { answer, type CommandResult } from './outcome.ts';
import { withServices, type GlobalOptions } from './session.ts';

export interface SearchOptions {
  readonly kind?: 'changes' | 'errors';
  readonly from?: Instant;
  readonly to?: Instant;
  readonly limit: number;
}

/** `evidence search`: the records that hold all words, newest first. */
export function searchEvidence(
  globals: GlobalOptions,
  id: string,
  words: readonly string[],
  { kind = undefined, from = undefined, to = undefined, limit }: SearchOptions,
): Promise<CommandResult> {
  return withServices(globals, async ({ context, book }) => {
    const opened = await book.load(id);
    if (!opened.ok) return opened;
    const found = await searchRecords(context, book, opened.value.row.id, {
      text: words.map(asTyped).join(' '),
      kind: kind ?? null,
      from: from ?? null,
      to: to ?? null,
      after: null,
      limit,
    });
    if (!found.ok) return found;
    const { records, more } = found.value;
    const rest = more ? [`More than ${limit} records hold this; the newest are shown.`] : [];
    const none = records.length === 0 ? ['No record holds all of this.'] : [];
    return answer({ records, more }, [...records.flatMap(recordLines), ...none, ...rest]);
  });
}

/** A word that the shell has taken the quotes off gets them back. */
function asTyped(word: string): string {
  if (!/\s/.test(word)) return word;
  const field = /^[a-z]+:/i.exec(word)?.[0] ?? '';
  return `${field}"${word.slice(field.length)}"`;
}

function recordLines(record: LogRecord): string[] {
  const { at, name, source, principal, region, errorCode, resources, detail } = record;
  const error = errorCode === null ? '' : `  ${errorCode}`;
  return [
    `${utcText(at)}  ${name}${error}  ${principal}`,
    `   ${[source, region, ...resources.slice(0, 3), detail].filter((part) => part !== '').join('; ')}`,
  ];
}
