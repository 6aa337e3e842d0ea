import type { Side } from '../sides.ts';
import { holds, type Standing } from '../verdict/conditions.ts';
import { COULD_NOT_CHECK } from './could-not-check.ts';
import { gateWords } from './condition-words.ts';
import type { Check, Playbook } from './definition.ts';

/**
 * Where a check stands in an incident. `next`: proposed now. `open`: could be asked. `later`: about the spread, asked once the
 * trigger is settled. `waiting`: its gate waits for answers. `shut`: the answers given keep its gate shut.
 */
export type CheckStanding = 'answered' | 'could_not_check' | 'next' | 'open' | 'later' | 'waiting' | 'shut';

/** One check of a playbook as it is drawn and listed. */
export interface MapCheck {
  readonly id: string;
  readonly title: string;
  readonly side: Side;
  readonly about: Check['about'];
  readonly costMinutes: number;
  /** Place in the opening, from 1, or null; the opening comes before anything is ranked. */
  readonly opening: number | null;
  /** When it belongs to the opening only in a context. */
  readonly openingWhen: string;
  /** Place in the playbook's order, from 1. */
  readonly place: number;
  /** When it is asked at all; empty: always. */
  readonly gate: string;
  /** Null for a playbook outside any incident. */
  readonly standing: CheckStanding | null;
  /** The place on the path taken, from 1; null for what was not put. */
  readonly step: number | null;
  /** The answer that stands, in words; empty for what was not put. */
  readonly answer: string;
}

/** `order`: the opening goes on. `gate`: an answer opens the way. `path`: put one after the other in this incident. */
export interface MapEdge {
  readonly kind: 'order' | 'gate' | 'path';
  readonly from: string;
  readonly to: string;
  /** For a gate its condition on `from`; else empty. */
  readonly words: string;
  /** For a gate in an incident: whether its condition holds; null where nothing is known yet. */
  readonly holds: boolean | null;
}

/** A playbook as a map: what is asked, in which order, and what opens what. */
export interface PlaybookMap {
  /** The opening in its order, then the rest in the playbook's order. */
  readonly checks: readonly MapCheck[];
  readonly edges: readonly MapEdge[];
}

/** How far an incident has come, as the map needs it. */
export interface Progress {
  readonly standing: Standing;
  /** The checks with a standing answer in the order in which they were first put, with the answer in words. */
  readonly path: readonly { readonly check: string; readonly answer: string }[];
  /** The check proposed now, and all that are worth making. */
  readonly next: string | null;
  readonly worthMaking: ReadonlySet<string>;
}

/** Draws the map of a playbook; with `progress`, where an incident stands on it. */
export function mapOf(playbook: Playbook, progress: Progress | null): PlaybookMap {
  const order = [...new Set([...playbook.order, ...playbook.checks.map(({ id }) => id)])];
  const opening = playbook.opening.map(({ check }) => check);
  const sequence = [...new Set([...opening, ...order])];
  const checks = sequence.flatMap((id): MapCheck[] => {
    const check = playbook.checks.find((one) => one.id === id);
    if (check === undefined) return [];
    const step = progress?.path.findIndex((one) => one.check === id) ?? -1;
    return [
      {
        id,
        title: check.title,
        side: check.side,
        about: check.about,
        costMinutes: check.costMinutes,
        opening: opening.includes(id) ? opening.indexOf(id) + 1 : null,
        openingWhen: gateWords(playbook, playbook.opening.find((one) => one.check === id)?.given),
        place: order.indexOf(id) + 1,
        gate: gateWords(playbook, check.gate),
        standing: progress === null ? null : standingOf(check, progress),
        step: step < 0 ? null : step + 1,
        answer: progress?.path[step]?.answer ?? '',
      },
    ];
  });
  const known = new Set(checks.map(({ id }) => id));
  const edges = [
    ...(progress === null
      ? sequenceEdges(opening, 'order')
      : sequenceEdges(
          progress.path.map(({ check }) => check),
          'path',
        )),
    ...gateEdges(playbook, progress),
  ];
  return { checks, edges: edges.filter(({ from, to }) => known.has(from) && known.has(to)) };
}

function standingOf(check: Check, { standing, next, worthMaking }: Progress): CheckStanding {
  const seen = standing.get(check.id);
  if (seen !== undefined) return seen.answers.includes(COULD_NOT_CHECK) ? 'could_not_check' : 'answered';
  if (check.id === next) return 'next';
  if (!holds(check.gate, standing)) {
    const isKnown = check.gate.every((one) => holds([one], standing) || !isUndecided(one.check, standing));
    return isKnown ? 'shut' : 'waiting';
  }
  return check.about === 'spread' && !worthMaking.has(check.id) ? 'later' : 'open';
}

function isUndecided(check: string, standing: Standing): boolean {
  return standing.get(check)?.answers.includes(COULD_NOT_CHECK) ?? true;
}

function sequenceEdges(ids: readonly string[], kind: 'order' | 'path'): MapEdge[] {
  return ids.slice(1).map((to, at) => ({ kind, from: ids[at] ?? to, to, words: '', holds: null }));
}

/** One edge per check that a gate looks at, with all its conditions on it. */
function gateEdges(playbook: Playbook, progress: Progress | null): MapEdge[] {
  return playbook.checks.flatMap((check) =>
    [...new Set(check.gate.map((one) => one.check))].map((from): MapEdge => {
      const conditions = check.gate.filter((one) => one.check === from);
      const decided = progress !== null && !isUndecided(from, progress.standing);
      return {
        kind: 'gate',
        from,
        to: check.id,
        words: gateWords(playbook, conditions),
        holds: decided ? holds(conditions, progress.standing) : null,
      };
    }),
  );
}
