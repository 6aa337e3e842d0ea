import type { RankedFinding } from '../../../main/core/evidence/rank-findings.ts';
import type { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import type { FindingsView, IncidentView } from '../../../preload/contract/views.ts';
import { count } from '../../lib/format.ts';

/** Findings under one heading. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly owner: StateFinding['owner'] | null;
  readonly why: string;
  /** How many there are: with further pages to load, how many of how many, or so far. */
  readonly count: string;
  readonly shown: readonly RankedFinding[];
  readonly hidden: number;
}

/** How many of a pattern are in sight at first. */
const FIRST = 4;
const NEAR = 'near';

/**
 * What is dated near onset, then the loaded findings by pattern in the order of their numbers, each pattern by whose duty
 * it is. `opened` are the groups shown whole.
 */
export function groupsOf(
  pages: readonly RankedFinding[],
  view: FindingsView,
  asked: { readonly status: StateFinding['status']; readonly text: string },
  opened: ReadonlySet<string>,
  more: boolean,
): Group[] {
  const words = asked.text.trim().toLowerCase();
  const near =
    asked.status === 'failing'
      ? view.ranked.filter(({ dated, finding }) => dated === 'near' && holds(finding, words))
      : [];
  const nearIds = new Set(near.map(({ finding }) => finding.id));
  const byKind = new Map<string, RankedFinding[]>();
  for (const one of pages) {
    if (nearIds.has(one.finding.id)) continue;
    const key = `${one.finding.pattern} ${one.finding.owner}`;
    const group = byKind.get(key);
    if (group === undefined) byKind.set(key, [one]);
    else group.push(one);
  }
  /** All that fail of a pattern, without those shown under another heading. */
  const totalOf = (id: string): number => {
    const [pattern] = id.split(' ');
    const elsewhere = [...byKind].filter(([other]) => other !== id && other.startsWith(`${pattern ?? ''} `));
    return (
      (view.patterns.find((one) => one.pattern === pattern)?.count ?? 0) -
      near.filter(({ finding }) => finding.pattern === pattern && finding.status === 'failing').length -
      elsewhere.reduce((sum, [, items]) => sum + items.length, 0)
    );
  };
  const sizes = new Map([...byKind].map(([id, items]) => [id, items.length]));
  const rest = [...byKind].map(([id, items]): Group => {
    const [pattern, owner] = id.split(' ');
    const known = view.patterns.find((one) => one.pattern === pattern);
    const shown = opened.has(id) ? items : items.slice(0, FIRST);
    return {
      id,
      name: known?.name ?? (pattern ?? '').replaceAll('_', ' '),
      owner: ownerOf(owner),
      why: known?.why ?? '',
      count: countOf(items.length, more, words === '' && asked.status === 'failing' ? totalOf(id) : null),
      shown,
      hidden: items.length - shown.length,
    };
  });
  rest.sort((a, b) => weight(b) - weight(a) || (sizes.get(b.id) ?? 0) - (sizes.get(a.id) ?? 0));
  if (near.length === 0) return rest;
  const head: Group = {
    id: NEAR,
    name: 'Dated near onset',
    owner: null,
    why: 'Each can be a cause: something says since when it is so.',
    count: count(near.length),
    shown: near,
    hidden: 0,
  };
  return [head, ...rest];
}

function countOf(loaded: number, more: boolean, total: number | null): string {
  if (!more || total === loaded) return count(loaded);
  return total === null || total < loaded ? `${count(loaded)} so far` : `${count(loaded)} of ${count(total)}`;
}

/** The worst that is in a group decides its place, what is of no known pattern or only advice comes last. */
function weight({ id, shown }: Group): number {
  if (/^(other|advice|noncompliant) /.test(id)) return -100;
  return Math.max(...shown.map(({ score }) => score));
}

function ownerOf(text: string | undefined): Group['owner'] {
  return text === 'provider' || text === 'shared' ? text : 'customer';
}

function holds(
  { title, detail, resource, control, product, region, account }: StateFinding,
  words: string,
): boolean {
  return [title, detail, resource, control, product, region, account].some((text) =>
    text.toLowerCase().includes(words),
  );
}

/** How a finding is among the incident's evidence: as it stands, only as it stood earlier, or not at all. */
export function findingAttached(
  { state }: Pick<IncidentView, 'state'>,
  { attachedEarlier }: Pick<FindingsView, 'attachedEarlier'>,
  { id }: Pick<StateFinding, 'id'>,
): 'as_it_stands' | 'earlier' | null {
  const isAttached = state.evidence.some(
    ({ evidenceId, sourceId }) => evidenceId.startsWith('finding-') && sourceId === id,
  );
  if (!isAttached) return null;
  return attachedEarlier.includes(id) ? 'earlier' : 'as_it_stands';
}
