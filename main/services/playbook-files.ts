import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../core/result.ts';
import type { Playbook } from '../core/playbook/definition.ts';
import type { CacaoReport, TakenPlaybook } from '../../preload/contract/views.ts';
import { cacaoText, fromCacao, isCacao } from './cacao-exchange.ts';
import type { ServiceContext } from './context.ts';
import { LARGEST_PLAYBOOK_BYTES } from './playbooks.ts';
import { playbookDetail, takeInPlaybook } from './team-playbooks.ts';

/**
 * Reads a playbook file, ours or a CACAO 2.0 one, into a draft. The draft's id is another than the document's own where that
 * is taken. A CACAO document that cannot be followed is refused with all its faults.
 */
export async function readPlaybookFile(
  context: ServiceContext,
  file: string,
): Promise<Result<TakenPlaybook>> {
  const name = path.basename(file);
  try {
    if ((await stat(file)).size > LARGEST_PLAYBOOK_BYTES)
      return fail('too_large', `${name} is larger than 8 MiB: that is no playbook.`, file);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
    const { playbook, report } = cacaoIn(text, context);
    if (report !== null && playbook === null) return ok({ id: null, name, cacao: report });
    const taken = await takeInPlaybook(context, playbook === null ? text : JSON.stringify(playbook));
    return taken.ok
      ? ok({ id: taken.value.id, name, cacao: report })
      : fail(taken.error.code, `${name}: ${taken.error.message}`, taken.error.place);
  } catch (cause) {
    return fail('unreadable', `${name} could not be read: ${wordsOf(cause)}`, file);
  }
}

/** What a text holds when it is a CACAO document; nulls when it is anything else. */
function cacaoIn(
  text: string,
  { library }: ServiceContext,
): { readonly playbook: Playbook | null; readonly report: CacaoReport | null } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Told by whoever reads it as one of ours.
    return { playbook: null, report: null };
  }
  return isCacao(json) ? fromCacao(json, library.shelf[0].playbook) : { playbook: null, report: null };
}

/** Writes a playbook to a file: its document as saved, or the whole of it as CACAO 2.0. */
export async function writePlaybookFile(
  context: ServiceContext,
  {
    as = 'demarc',
    ...which
  }: { readonly id: string; readonly number: number | null; readonly as?: 'demarc' | 'cacao' },
  file: string,
): Promise<Result<{ readonly file: string }>> {
  const detail = await playbookDetail(context, which);
  if (!detail.ok) return detail;
  const { text, examination } = detail.value;
  if (as === 'cacao' && (examination.playbook === null || !examination.usable))
    return fail('refused', 'Only a playbook without faults can be written as CACAO 2.0.');
  try {
    const written =
      as === 'cacao' && examination.playbook !== null
        ? cacaoText(examination.playbook, context.clock.now())
        : text;
    await writeFile(file, `${written}\n`);
    return ok({ file });
  } catch (cause) {
    return fail('not_saved', `${path.basename(file)} could not be written: ${wordsOf(cause)}`, file);
  }
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
