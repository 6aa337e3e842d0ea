import type { Check, Playbook } from '../playbook/definition.ts';
import { COULD_NOT_CHECK } from '../playbook/definition.ts';
import { indexOf } from '../playbook/lookup.ts';
import type { VerdictLabel } from '../sides.ts';
import { balanceOf, type Balance } from './balance.ts';
import { holds, isHole } from './conditions.ts';
import { contributionsOf } from './contributions.ts';
import { declarationFor, type Declaration } from './declaration.ts';
import { normalise, reach, toDistribution } from './distribution.ts';
import type { Facts, Judgement, ObservedAnswer } from './model.ts';
import { firstCheck, nextChecks } from './next.ts';
import { priorFor } from './prior.ts';
import { spreadOf } from './spread.ts';
import { turnTogether } from './turn-together.ts';
import { turnsOf } from './turns.ts';
import { weigh } from './weigh.ts';

/**
 * The verdict on the facts, with everything needed to read and to question it. Pure: the same facts give the same
 * judgement in whatever order the observations were made. Where a check has several observations the last one stands.
 */
export function judge(playbook: Playbook, facts: Facts): Judgement {
  const balance = balanceOf(playbook, facts.provider, inPlaybookOrder(playbook, facts.observations));
  const { standing, probabilities } = balance;
  const declaration = declarationFor(playbook, balance.prior, standing, probabilities);
  const verdict: VerdictLabel = declaration.declared ? declaration.leading : 'inconclusive';
  const spread = spreadOf(playbook, standing);
  const prior = priorFor(playbook, facts.provider, null);
  const turns = turnsOf(balance, verdict);
  return {
    verdict,
    declared: declaration.declared,
    leading: declaration.leading,
    probabilities: toDistribution(probabilities),
    trigger: triggerOf(balance, declaration),
    spread,
    prior: toDistribution(normalise(balance.prior)),
    priorReason: `${prior.reason} (${prior.source})`,
    contributions: contributionsOf(balance),
    holes: playbook.checks.filter(({ id }) => isHole(standing, id)).map(({ id }) => id),
    unchecked: uncheckedOf(balance, facts.nowMinute),
    lookedAt: declaration.lookedAt,
    missing: declaration.missing.map(({ words }) => words),
    turns,
    turnTogether: turns.length > 0 ? null : turnTogether(balance, verdict),
    next: nextChecks(balance, declaration, facts.nowMinute),
  };
}

/** Where one moment of a run stands, without the explanation. `next`: the check to make, null when declared or none is worth it. */
interface Step extends Pick<Judgement, 'verdict' | 'declared' | 'probabilities'> {
  readonly next: string | null;
}

/** The verdict as `judge` gives it and the first check that costs at most `withinMinutes`: what a run of many cases needs. */
export function step(playbook: Playbook, facts: Facts, withinMinutes: number): Step {
  const balance = balanceOf(playbook, facts.provider, inPlaybookOrder(playbook, facts.observations));
  const declaration = declarationFor(playbook, balance.prior, balance.standing, balance.probabilities);
  const { declared, leading } = declaration;
  return {
    verdict: declared ? leading : 'inconclusive',
    declared,
    probabilities: toDistribution(balance.probabilities),
    next: declared ? null : firstCheck(balance, declaration, facts.nowMinute, withinMinutes),
  };
}

function inPlaybookOrder(
  playbook: Playbook,
  observations: readonly ObservedAnswer[],
): ReadonlyMap<string, ObservedAnswer> {
  const last = new Map(observations.map((one) => [one.check, one]));
  const standing = new Map<string, ObservedAnswer>();
  for (const { id } of playbook.checks) {
    const seen = last.get(id);
    if (seen !== undefined && seen.answers.length > 0) standing.set(id, seen);
  }
  return standing;
}

/**
 * Who set it off. *Shared* says that trigger and spread fell on different sides, so its trigger is the most probable
 * of the three parties.
 */
function triggerOf(balance: Balance, declaration: Declaration): VerdictLabel {
  if (!declaration.declared) return 'inconclusive';
  if (declaration.leading !== 'shared') return declaration.leading;
  const [provider, customer, , thirdParty] = balance.probabilities;
  if (thirdParty > Math.max(provider, customer)) return 'third_party';
  return provider >= customer ? 'provider' : 'customer';
}

/** Checks not put yet whose gates are open, with the most any of their answers could move the odds. */
function uncheckedOf(balance: Balance, minute: number): Judgement['unchecked'] {
  const { checks } = indexOf(balance.playbook);
  return [...checks.values()]
    .filter(({ id, gate }) => !balance.standing.has(id) && holds(gate, balance.standing))
    .map((check) => ({ check: check.id, atMost: mostOf(balance, check, minute) }))
    .sort((a, b) => b.atMost - a.atMost);
}

function mostOf(balance: Balance, check: Check, minute: number): number {
  let most = 0;
  for (const { id } of check.answers) {
    if (id === COULD_NOT_CHECK) continue;
    const seen: ObservedAnswer = { check: check.id, answers: [id], minute, evidence: [] };
    most = Math.max(
      most,
      reach(weigh(balance.playbook, balance.provider, check, seen, balance.standing).logOdds),
    );
  }
  return most;
}
