import type { RankedFinding } from '../../../main/core/evidence/rank-findings.ts';
import type { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import type { FindingsView, IncidentView } from '../../../preload/contract/views.ts';

/** Findings under one heading. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly owner: StateFinding['owner'] | null;
  readonly why: string;
  /** How many there are, of which `hidden` loaded ones are not shown. */
  readonly count: number;
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
  const rest = [...byKind].map(([id, items]): Group => {
    const [pattern, owner] = id.split(' ');
    const known = view.patterns.find((one) => one.pattern === pattern);
    const shown = opened.has(id) ? items : items.slice(0, FIRST);
    return {
      id,
      name: known?.name ?? (pattern ?? '').replaceAll('_', ' '),
      owner: ownerOf(owner),
      why: known?.why ?? '',
      count: items.length,
      shown,
      hidden: items.length - shown.length,
    };
  });
  rest.sort((a, b) => weight(b) - weight(a) || b.count - a.count);
  if (near.length === 0) return rest;
  const head: Group = {
    id: NEAR,
    name: 'Dated near onset',
    owner: null,
    why: 'Each can be a cause: something says since when it is so.',
    count: near.length,
    shown: near,
    hidden: 0,
  };
  return [head, ...rest];
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

/** Whether a finding is among the incident's evidence, as it stands or at an earlier look. */
export function isFindingAttached({ state }: IncidentView, { id }: StateFinding): boolean {
  return state.evidence.some(
    ({ evidenceId, sourceId }) => evidenceId.startsWith('finding-') && sourceId === id,
  );
}
