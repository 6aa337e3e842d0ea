import type { Playbook } from '../playbook/definition.ts';
import { indexOf } from '../playbook/lookup.ts';
import { holds, isAnswered, isHole, type Standing } from './conditions.ts';
import { leader, ORDER, type Vector } from './distribution.ts';
import type { Hypothesis } from '../sides.ts';

/** Probabilities closer than this are equal: what is left is the noise of adding. */
const ROUNDING = 1e-9;
const SIDES = ['provider', 'customer'] as const;
const SIDE_NAMES = { provider: "the provider's side", customer: 'our own side' } as const;

/** A thing that still has to be done before a verdict can be declared, and the checks that would do it. */
export interface Missing {
  readonly words: string;
  readonly checks: readonly string[];
}

/** Whether the playbook declares, on these probabilities and observations, and what is missing if not. */
export interface Declaration {
  readonly leading: Hypothesis;
  /** Probability and margin are enough. */
  readonly clear: boolean;
  /** The trigger is settled: both sides looked at, and the verdict clear or ours unlikely to be the cause. */
  readonly settled: boolean;
  /** Checks that should come next because a verdict waits for them. */
  readonly waitsFor: readonly string[];
  readonly declared: boolean;
  readonly lookedAt: { readonly provider: boolean; readonly customer: boolean };
  readonly missing: readonly Missing[];
}

/** Declares above threshold and margin, with both sides looked at and the required checks put; else says what is missing. */
export function declarationFor(
  playbook: Playbook,
  prior: Vector,
  standing: Standing,
  probabilities: Vector,
): Declaration {
  const { declare, margin, evidence } = playbook.thresholds;
  const { index, lead } = leader(probabilities);
  const leading = ORDER[index];
  const missing: Missing[] = [];
  if (probabilities[index] < declare - ROUNDING)
    missing.push({
      words: `The leading side stands at ${percent(probabilities[index])}; a verdict needs ${percent(declare)}.`,
      checks: [],
    });
  if (lead < margin - ROUNDING)
    missing.push({ words: `Its lead is ${points(lead)}; a verdict needs ${points(margin)}.`, checks: [] });
  const weight = found(prior, probabilities, index);
  if (weight < evidence)
    missing.push({
      words: `What has been found so far speaks for it by ${tenths(weight)}; a verdict needs ${evidence.toFixed(1)}: no prior alone decides.`,
      checks: [],
    });
  const clear = missing.length === 0;
  const near = clear || probabilities[1] <= 1 - declare;
  const lookedAt = {
    provider: isLookedAt(playbook, standing, 'provider'),
    customer: isLookedAt(playbook, standing, 'customer'),
  };
  for (const side of SIDES) {
    if (lookedAt[side]) continue;
    missing.push({
      words: `Nothing on ${SIDE_NAMES[side]} has been looked at yet.`,
      checks: playbook.keyChecks[side],
    });
  }
  for (const rule of playbook.beforeDeclaring) {
    if (rule.verdict !== leading || standing.has(rule.check) || !holds(rule.given, standing)) continue;
    if (rule.unless !== undefined && holds(rule.unless, standing)) continue;
    const title = indexOf(playbook).checks.get(rule.check)?.title ?? rule.check;
    missing.push({ words: `Not asked yet: ${title}. ${rule.reason}`, checks: [rule.check] });
  }
  const settled = near && lookedAt.provider && lookedAt.customer;
  const waitsFor = near ? missing.flatMap(({ checks }) => checks) : [];
  return { leading, clear, settled, declared: missing.length === 0, lookedAt, waitsFor, missing };
}

/** A side is looked at when one of its checks has a real answer, or all its key checks were out of reach. */
function isLookedAt(playbook: Playbook, standing: Standing, side: 'provider' | 'customer'): boolean {
  return (
    playbook.checks.some((check) => check.side === side && isAnswered(standing, check.id)) ||
    playbook.keyChecks[side].every((check) => isHole(standing, check))
  );
}

/** How much the findings speak for a hypothesis: log-odds gained over the prior, against the mean of the others. */
function found(prior: Vector, probabilities: Vector, index: 0 | 1 | 2 | 3): number {
  const gained = ([0, 1, 2, 3] as const).map(
    (at) => Math.log(Math.max(probabilities[at], 1e-12)) - prior[at],
  );
  const own = gained[index] ?? 0;
  return own - (gained.reduce((sum, one) => sum + one, 0) - own) / 3;
}

function percent(probability: number): string {
  return `${String(Math.floor((probability + ROUNDING) * 100))} %`;
}

function points(lead: number): string {
  return `${String(Math.floor((lead + ROUNDING) * 100))} points`;
}

/** Rounded down, so that what is below a threshold never reads as having reached it. */
function tenths(logOdds: number): string {
  return (Math.floor(logOdds * 10 + ROUNDING) / 10).toFixed(1).replace('-0.0', '0.0');
}
