import type { Check } from '../../../../main/core/playbook/definition.ts';
import { useEditor } from './editor-store.ts';
import { getAt, isObject, listAt, textAt, type Json } from './json-edit.ts';

/** A check that conditions can look at, with its answers: the document's own, and what it extends. */
export interface KnownCheck {
  readonly id: string;
  readonly label: string;
  readonly answers: readonly { readonly id: string; readonly label: string }[];
}

/** Every check that can be named in the document: those of the playbook it extends, then its own as they are now. */
export function useKnownChecks(): readonly KnownCheck[] {
  const document = useEditor((store) => store.document);
  const drawn = useEditor((store) => store.drawn);
  return knownChecks(document, drawn?.checks ?? []);
}

/** The document's own checks, and of `drawn` those that are not its own. */
function knownChecks(document: Json, drawn: readonly Check[]): readonly KnownCheck[] {
  const own = listAt(document, ['checks']).map((check): KnownCheck => ({
    id: textAt(check, ['id']),
    label: textAt(check, ['title']) || textAt(check, ['id']),
    answers: [
      ...listAt(check, ['answers']).map((answer) => ({
        id: textAt(answer, ['id']),
        label: textAt(answer, ['label']) || textAt(answer, ['id']),
      })),
    ],
  }));
  const ids = new Set(own.map(({ id }) => id));
  const extended = isObject(document) && typeof getAt(document, ['extends']) === 'string';
  const others = extended ? drawn.filter(({ id }) => !ids.has(id)) : [];
  return [
    ...others.map(({ id, title, answers }) => ({ id, label: title, answers })),
    ...own.filter(({ id }) => id !== ''),
  ];
}
