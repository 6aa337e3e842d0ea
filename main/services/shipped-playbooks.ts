import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { deepen, extendedBy } from '../core/playbook/deepening.ts';
import type { Playbook } from '../core/playbook/definition.ts';
import { parsePlaybook, type PlaybookRefusal } from '../core/playbook/parse.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { readDocument } from './documents.ts';
import { editionOf, readEdition, type PlaybookEdition } from './playbooks.ts';

/** The playbook that others extend and that fits any incident. */
const GENERAL = 'general';

/** A playbook that an incident can follow. */
export interface ShelfEntry extends PlaybookEdition {
  readonly origin: 'built_in' | 'own';
  /** As it was written, not yet laid over what it extends: what a copy begins with. */
  readonly document: unknown;
}

/** All of them, the general one first. */
export type Shelf = readonly [ShelfEntry, ...ShelfEntry[]];

/** Reads every playbook in `resources/playbooks`: the general one first, then the others by their ids. */
export async function readShelf(folder: string): Promise<Result<Shelf>> {
  const general = await readGeneral(path.join(folder, `${GENERAL}.json`));
  if (!general.ok) return general;
  const entries: [ShelfEntry, ...ShelfEntry[]] = [
    { ...general.value, origin: 'built_in', document: general.value.playbook },
  ];
  const names = (await readdir(folder)).filter(
    (name) => name.endsWith('.json') && name !== `${GENERAL}.json`,
  );
  for (const name of names.sort()) {
    const document = await readDocument(path.join(folder, name));
    if (!document.ok) return document;
    const playbook = shelve(document.value, general.value.playbook);
    if (!playbook.ok) return fail(playbook.error.code, `${name}: ${playbook.error.message}`, name);
    entries.push({ ...editionOf(playbook.value), origin: 'built_in', document: document.value });
  }
  return ok(entries);
}

async function readGeneral(file: string): Promise<Result<PlaybookEdition>> {
  try {
    return readEdition(await readFile(file), path.basename(file));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail('unreadable', `The general playbook could not be read: ${why}`, file);
  }
}

/** A playbook document as it is used: one that extends the general playbook is laid over it. */
export function shelve(json: unknown, general: Playbook): Result<Playbook, PlaybookRefusal> {
  return extendedBy(json) === null ? parsePlaybook(json) : deepen(json, general);
}
