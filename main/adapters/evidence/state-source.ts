import type { StateFinding } from '../../core/evidence/state-finding.ts';
import {
  type EvidenceAdapter,
  type Head,
  type NotTaken,
  type ReadSummary,
  type Recognition,
  rejected,
} from './adapter.ts';
import { asObject, type JsonObject } from './json.ts';

/** A list of things and how they stand, as a console or a command line prints it. */
export interface StateSource {
  readonly id: string;
  /** Keys under which the list may stand; it may be bare as well, or one item after the other. */
  readonly keys: readonly string[];
  /** Whether the items have what tells this source from others; `has` asks for a path within an item. */
  readonly isItem: (has: (path: string) => boolean, head: Head) => boolean;
  readonly read: (item: JsonObject, contentId: () => string) => StateFinding | NotTaken;
  /** What is always to be said of such a file, and what only of some. */
  readonly notes: (summary: ReadSummary) => readonly string[];
}

/** The adapter of such a list. */
export function stateAdapter(source: StateSource): EvidenceAdapter {
  return {
    id: source.id,
    recognise: (head) => recognise(source, head),
    read(value, contentId) {
      const item = asObject(value);
      if (item === null) return rejected('not an object');
      const read = source.read(item, contentId);
      return 'notTaken' in read ? read : { finding: read };
    },
    notes: source.notes,
  };
}

function recognise({ id, keys, isItem }: StateSource, head: Head): Recognition | null {
  const isAt = (at: string): boolean => isItem((path) => head.paths.has(`${at}${path}`), head);
  const found = (container: (Recognition & { kind: 'records' })['container']): Recognition => ({
    kind: 'records',
    recognisedAs: id,
    container,
  });
  const key = keys.find((one) => isAt(`${one}[].`));
  if (key !== undefined) return found({ kind: 'wrapped', key });
  if (isAt('[].')) return found({ kind: 'list' });
  return isAt('') ? found({ kind: 'sequence' }) : null;
}
