import type { LogRecord } from '../core/evidence/model.ts';
import { counted, utcText } from '../core/report/words.ts';
import { ok } from '../core/result.ts';
import type { Instant } from '../core/time.ts';
import { countAllFound, searchRecords } from '../services/records.ts';
import { answer, type CommandResult } from './outcome.ts';
import { withServices, type GlobalOptions } from './session.ts';

export interface SearchOptions {
  readonly kind?: 'changes' | 'errors';
  readonly from?: Instant;
  readonly to?: Instant;
  readonly limit: number;
}

/** `evidence search`: the records that hold all words, newest first, and how many there are in all. */
export function searchEvidence(
  globals: GlobalOptions,
  id: string,
  words: readonly string[],
  { kind = undefined, from = undefined, to = undefined, limit }: SearchOptions,
): Promise<CommandResult> {
  return withServices(globals, async ({ context, book }) => {
    const opened = await book.load(id);
    if (!opened.ok) return opened;
    const wish = {
      text: words.map(asTyped).join(' '),
      kind: kind ?? null,
      from: from ?? null,
      to: to ?? null,
    };
    const page = await searchRecords(context, book, opened.value.row.id, { ...wish, after: null, limit });
    if (!page.ok) return page;
    const { records, more } = page.value;
    const found = more ? await countAllFound(context, book, opened.value.row.id, wish) : ok(records.length);
    if (!found.ok) return found;
    const shown = records.length;
    return answer({ found: found.value, shown, more, records }, [
      ...records.flatMap(recordLines),
      summaryOf(found.value, shown),
    ]);
  });
}

function summaryOf(found: number, shown: number): string {
  if (found === 0) return 'No record holds all of this.';
  const all = counted(found, 'record holds this', 'records hold this');
  if (shown < found) return `${all}; shown: the newest ${shown}.`;
  return `${all}; shown: ${found === 1 ? 'it' : 'all'}.`;
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
