import type { Check, Playbook } from '../playbook/definition.ts';
import { indexOf } from '../playbook/lookup.ts';
import type { Provider } from '../sides.ts';
import type { Standing } from './conditions.ts';
import { add, normalise, reach, scale, subtract, ZERO, type Vector } from './distribution.ts';
import type { ObservedAnswer } from './model.ts';
import { logPrior, priorFor } from './prior.ts';
import { weigh, type Weighed } from './weigh.ts';

/** All that stands on the scales: the prior, what each observation says, and the sums per group before their caps. */
export interface Balance {
  readonly playbook: Playbook;
  readonly provider: Provider;
  readonly standing: Standing;
  readonly prior: Vector;
  readonly weighed: ReadonlyMap<string, Weighed>;
  /** Sum per group id; what has no group is summed under the empty id, which has no cap. */
  readonly sums: ReadonlyMap<string, Vector>;
  readonly probabilities: Vector;
}

/** Puts the standing observations on the scales. Observations of checks the playbook does not have weigh nothing. */
export function balanceOf(playbook: Playbook, provider: Provider, standing: Standing): Balance {
  const prior = logPrior(priorFor(playbook, provider, null));
  const weighed = new Map<string, Weighed>();
  const sums = new Map<string, Vector>();
  for (const check of playbook.checks) {
    const seen = standing.get(check.id);
    if (seen === undefined) continue;
    const one = weigh(playbook, provider, check, seen, standing);
    weighed.set(check.id, one);
    move(sums, check, one.logOdds);
  }
  return { playbook, provider, standing, prior, weighed, sums, probabilities: total(playbook, prior, sums) };
}

/** The probabilities there would be with one check's observation replaced, or taken away (null). */
export function probabilitiesWith(balance: Balance, check: Check, instead: ObservedAnswer | null): Vector {
  const { playbook, provider, prior, weighed } = balance;
  const standing = standingWith(balance.standing, check.id, instead);
  const sums = new Map(balance.sums);
  for (const one of [check, ...(indexOf(playbook).dependents.get(check.id) ?? [])]) {
    const seen = standing.get(one.id);
    const now = seen === undefined ? ZERO : weigh(playbook, provider, one, seen, standing).logOdds;
    move(sums, one, subtract(now, weighed.get(one.id)?.logOdds ?? ZERO));
  }
  return total(playbook, prior, sums);
}

/** The observations with one check's replaced, or taken away (null). */
export function standingWith(standing: Standing, check: string, instead: ObservedAnswer | null): Standing {
  const changed = new Map(standing);
  if (instead === null) changed.delete(check);
  else changed.set(check, instead);
  return changed;
}

/** By what factor a group's sum must shrink to keep within its cap: 1 when it does already. */
export function capFactor(balance: Balance, group: string | undefined): number {
  if (group === undefined) return 1;
  return factorFor(indexOf(balance.playbook).caps.get(group), balance.sums.get(group) ?? ZERO);
}

function move(sums: Map<string, Vector>, check: Check, by: Vector): void {
  const group = check.group ?? '';
  sums.set(group, add(sums.get(group) ?? ZERO, by));
}

function total(playbook: Playbook, prior: Vector, sums: ReadonlyMap<string, Vector>): Vector {
  const { caps } = indexOf(playbook);
  let logOdds = prior;
  for (const [group, sum] of sums) logOdds = add(logOdds, scale(sum, factorFor(caps.get(group), sum)));
  return normalise(logOdds);
}

function factorFor(cap: number | undefined, sum: Vector): number {
  const size = reach(sum);
  return cap === undefined || size <= cap ? 1 : cap / size;
}
