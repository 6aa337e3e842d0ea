import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { deepen, extendedBy, type Symptoms } from '../core/playbook/deepening.ts';
import type { Playbook } from '../core/playbook/definition.ts';
import { parsePlaybook, type PlaybookRefusal } from '../core/playbook/parse.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { readDocument } from './documents.ts';

/** The playbook that others extend and that fits any incident. */
const GENERAL = 'general';

/** A built-in playbook. The general one is proposed by no symptoms. */
export interface ShelfEntry {
  readonly playbook: Playbook;
  readonly symptoms: Symptoms | null;
}

/** All of them, the general one first. */
type Shelf = readonly [ShelfEntry, ...ShelfEntry[]];

/** Reads every playbook in `resources/playbooks`: the general one first, then the others by their ids. */
export async function readShelf(folder: string): Promise<Result<Shelf>> {
  const json = await readDocument(path.join(folder, `${GENERAL}.json`));
  if (!json.ok) return json;
  const general = parsePlaybook(json.value);
  if (!general.ok) return general;
  const entries: [ShelfEntry, ...ShelfEntry[]] = [{ playbook: general.value, symptoms: null }];
  const names = (await readdir(folder)).filter(
    (name) => name.endsWith('.json') && name !== `${GENERAL}.json`,
  );
  for (const name of names.sort()) {
    const document = await readDocument(path.join(folder, name));
    if (!document.ok) return document;
    const entry = shelve(document.value, general.value);
    if (!entry.ok) return fail(entry.error.code, `${name}: ${entry.error.message}`, name);
    entries.push(entry.value);
  }
  return ok(entries);
}

/** A playbook document as it is used: one that extends the general playbook is laid over it. */
export function shelve(json: unknown, general: Playbook): Result<ShelfEntry, PlaybookRefusal> {
  if (extendedBy(json) !== null) return deepen(json, general);
  const alone = parsePlaybook(json);
  return alone.ok ? ok({ playbook: alone.value, symptoms: null }) : alone;
}
