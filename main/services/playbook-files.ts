import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../core/result.ts';
import type { ServiceContext } from './context.ts';
import { LARGEST_PLAYBOOK_BYTES } from './playbooks.ts';
import { playbookDetail, takeInPlaybook } from './team-playbooks.ts';

/** Reads a playbook file into a draft. Gives back the id it got, which is another than its own where that is taken. */
export async function readPlaybookFile(
  context: ServiceContext,
  file: string,
): Promise<Result<{ readonly id: string }>> {
  const name = path.basename(file);
  try {
    if ((await stat(file)).size > LARGEST_PLAYBOOK_BYTES)
      return fail('too_large', `${name} is larger than 8 MiB: that is no playbook.`, file);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
    const taken = await takeInPlaybook(context, text);
    return taken.ok ? taken : fail(taken.error.code, `${name}: ${taken.error.message}`, taken.error.place);
  } catch (cause) {
    return fail('unreadable', `${name} could not be read: ${wordsOf(cause)}`, file);
  }
}

/** Writes a playbook's document, as saved, to a file. */
export async function writePlaybookFile(
  context: ServiceContext,
  which: { readonly id: string; readonly number: number | null },
  file: string,
): Promise<Result<{ readonly file: string }>> {
  const detail = await playbookDetail(context, which);
  if (!detail.ok) return detail;
  try {
    await writeFile(file, `${detail.value.text}\n`);
    return ok({ file });
  } catch (cause) {
    return fail('not_saved', `${path.basename(file)} could not be written: ${wordsOf(cause)}`, file);
  }
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
