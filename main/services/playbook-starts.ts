import { extendedBy } from '../core/playbook/deepening.ts';
import { PLAYBOOK_SCHEMA_VERSION, type Playbook } from '../core/playbook/definition.ts';

/** Longest id that leaves room for a number behind it. */
const LONGEST_STEM = 50;

/** An id for a playbook of the team's own that nobody has yet: `own_general`, `own_general_2`. */
export function freeId(taken: ReadonlySet<string>, from: string): string {
  const plain = from.toLowerCase().replace(/[^a-z0-9_]+/g, '_');
  const stem = (plain.startsWith('own_') ? plain : `own_${plain}`).slice(0, LONGEST_STEM);
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? stem : `${stem}_${number}`;
    if (!taken.has(id)) return id;
  }
}

/** A whole document of the team's own that begins as another playbook is now. */
export function ownCopyOf(playbook: Playbook, id: string): object {
  return { ...playbook, id, version: '1.0.0', title: ownTitle(playbook.title) };
}

/** A document of the team's own laid over the general playbook: a deepened one goes on as it is, else it begins empty. */
export function extensionOf(document: unknown, playbook: Playbook, general: Playbook, id: string): object {
  const own = { id, version: '1.0.0', title: ownTitle(playbook.title) };
  if (extendedBy(document) === general.id) return { ...(document as object), ...own }; // extendedBy has seen an object
  return {
    schemaVersion: PLAYBOOK_SCHEMA_VERSION,
    extends: general.id,
    ...own,
    description: playbook.description,
    appliesTo: playbook.appliesTo,
    symptoms: { answers: [], words: [] },
    sources: [{ title: 'Our own experience' }],
    opening: playbook.opening,
    first: [],
    checks: [],
    howTo: {},
    beforeDeclaring: [],
    escalation: {},
  };
}

function ownTitle(title: string): string {
  return `${title}, our own`.slice(0, 200);
}
