import { normal, type Known } from './catalog.ts';

/** `yes` and `no` were compared; the other two say which side named nothing to compare. */
export type Fit = 'yes' | 'no' | 'event_names_none' | 'incident_names_none';

/** Whether names fit, and the clause that says so. */
export interface NamesFit {
  readonly fit: Fit;
  readonly words: string;
}

/**
 * Compares what an event names with what the incident names. Names that the catalog knows are compared by meaning,
 * others by their letters, and the words say so.
 */
export function compareNames(
  told: readonly string[],
  asked: readonly string[],
  what: 'service' | 'region',
  find: (name: string) => Known | null,
): NamesFit {
  const theirs = resolve(told, find);
  const ours = resolve(asked, find);
  const wide = wideName(theirs, what);
  if (theirs.length === 0) return { fit: 'event_names_none', words: `it names no ${what}` };
  if (wide !== undefined) return { fit: 'yes', words: wideWords(what, wide) };
  if (ours.length === 0) {
    return {
      fit: 'incident_names_none',
      words: `the incident names no ${what} to compare with ${listed(told)}`,
    };
  }
  const pair = ours.flatMap((our) =>
    theirs.filter((their) => same(our, their)).map((their) => ({ our, their })),
  )[0];
  if (pair !== undefined)
    return { fit: 'yes', words: `the ${what} fits (${described(pair.our, pair.their)})` };
  const unknown = ours.filter((our) => our.known === null).map((our) => our.name);
  const doubt = unknown.length === 0 ? '' : `, where the catalog does not know ${listed(unknown)}`;
  return { fit: 'no', words: `another ${what} (${listed(told)})${doubt}` };
}

/**
 * The name by which an event claims every service or region, if it does. "Several services" covers whatever else is
 * named; but `global` beside named regions only stands for products that have no region (Google Cloud lists `global`
 * and `us-central1` for trouble in us-central1), so there it must stand alone.
 */
function wideName(theirs: readonly Resolved[], what: 'service' | 'region'): string | undefined {
  const wide = theirs.filter((each) => each.known?.ids === 'all');
  return what === 'service' || wide.length === theirs.length ? wide[0]?.name : undefined;
}

interface Resolved {
  readonly name: string;
  readonly known: Known | null;
}

function resolve(names: readonly string[], find: (name: string) => Known | null): readonly Resolved[] {
  return names.filter((name) => normal(name) !== '').flatMap((name) => splitIfNeeded(name, find));
}

/** "ECS/EKS" is two names, unless the whole is one that the catalog knows. */
function splitIfNeeded(name: string, find: (name: string) => Known | null): readonly Resolved[] {
  const known = find(name);
  if (known !== null || !name.includes('/')) return [{ name, known }];
  const parts = name.split('/').map((part) => ({ name: part.trim(), known: find(part) }));
  return parts.every((part) => part.known !== null) ? parts : [{ name, known }];
}

/** An incident said to be everywhere is matched by an event that is everywhere, not by one in some region. */
function same(our: Resolved, their: Resolved): boolean {
  if (our.known === null || their.known === null) return sameLetters(our.name, their.name);
  const { ids } = our.known;
  const others = their.known.ids;
  if (ids === 'all' || others === 'all') return ids === others;
  return [...ids].some((id) => others.has(id));
}

/** Same letters, or one name being a whole part of the other: "Spaces" in "Spaces - Global". */
function sameLetters(one: string, other: string): boolean {
  if (normal(one) === normal(other)) return true;
  const parts = (text: string) => text.split(/\s+[-–:]\s+|[()]/).map(normal);
  return parts(one).some((part) => part !== '' && parts(other).includes(part) && GENERIC.has(part) === false);
}

/** Parts that say where, not what. */
const GENERIC = new Set(['global', 'all', 'other', 'api']);

function described(our: Resolved, their: Resolved): string {
  if (our.known === null) return `${their.name}, by its letters: the catalog does not know "${our.name}"`;
  return normal(our.name) === normal(their.name) ? their.name : `${their.name} is ${our.name} here`;
}

function wideWords(what: 'service' | 'region', name: string): string {
  return what === 'region' ? 'it is global' : `it says several services at once (${name})`;
}

/** At most three names, then how many more. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
