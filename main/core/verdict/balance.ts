import type { Check, Playbook } from '../playbook/definition.ts';
import { indexOf, type PlaybookIndex } from '../playbook/lookup.ts';
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
  readonly standing: ReadonlyMap<string, ObservedAnswer>;
  readonly prior: Vector;
  readonly weighed: ReadonlyMap<string, Weighed>;
  /** Sum per group, in the index's order of groups. */
  readonly sums: readonly Vector[];
  readonly probabilities: Vector;
}

/** What one more answer would say, and where the probabilities would then stand. */
export interface Hypothetical {
  readonly logOdds: Vector;
  readonly probabilities: Vector;
}

/** Puts the standing observations on the scales. Observations of checks the playbook does not have weigh nothing. */
export function balanceOf(playbook: Playbook, provider: Provider, standing: Balance['standing']): Balance {
  const index = indexOf(playbook);
  const prior = logPrior(priorFor(playbook, provider, null));
  const weighed = new Map<string, Weighed>();
  const sums: Vector[] = index.caps.map(() => ZERO);
  for (const check of playbook.checks) {
    const seen = standing.get(check.id);
    if (seen === undefined) continue;
    const one = weigh(playbook, provider, check, seen, standing);
    weighed.set(check.id, one);
    move(index, sums, check, one.logOdds);
  }
  return { playbook, provider, standing, prior, weighed, sums, probabilities: total(index, prior, sums) };
}

/** How things would stand with one check's observation replaced, or taken away (null). */
export function suppose(balance: Balance, check: Check, instead: ObservedAnswer | null): Hypothetical {
  const { playbook, provider, prior, weighed } = balance;
  const index = indexOf(playbook);
  // A weight never depends on its own check, so the check itself can be weighed among the old observations.
  const logOdds =
    instead === null ? ZERO : weigh(playbook, provider, check, instead, balance.standing).logOdds;
  const sums = [...balance.sums];
  move(index, sums, check, subtract(logOdds, weighed.get(check.id)?.logOdds ?? ZERO));
  const dependents = (index.dependents.get(check.id) ?? []).filter(({ id }) => weighed.has(id));
  if (dependents.length === 0) return { logOdds, probabilities: total(index, prior, sums) };
  const standing = standingWith(balance.standing, check.id, instead);
  for (const other of dependents) {
    const seen = standing.get(other.id);
    if (seen === undefined || other.id === check.id) continue;
    const now = weigh(playbook, provider, other, seen, standing).logOdds;
    move(index, sums, other, subtract(now, weighed.get(other.id)?.logOdds ?? ZERO));
  }
  return { logOdds, probabilities: total(index, prior, sums) };
}

/** The observations with one check's replaced, or taken away (null): laid over them, since copying costs most of a judgement. */
export function standingWith(standing: Standing, check: string, instead: ObservedAnswer | null): Standing {
  return {
    get: (id) => (id === check ? (instead ?? undefined) : standing.get(id)),
    has: (id) => (id === check ? instead !== null : standing.has(id)),
  };
}

/** By what factor the sum of a check's group must shrink to keep within its cap: 1 when it does already. */
export function capFactor(balance: Balance, check: Check): number {
  const index = indexOf(balance.playbook);
  const group = index.groupOf.get(check.id) ?? 0;
  return factorFor(index.caps[group], balance.sums[group] ?? ZERO);
}

function move(index: PlaybookIndex, sums: Vector[], check: Check, by: Vector): void {
  const group = index.groupOf.get(check.id) ?? 0;
  sums[group] = add(sums[group] ?? ZERO, by);
}

function total(index: PlaybookIndex, prior: Vector, sums: readonly Vector[]): Vector {
  let logOdds = prior;
  for (let group = 0; group < sums.length; group += 1) {
    const sum = sums[group] ?? ZERO;
    logOdds = add(logOdds, scale(sum, factorFor(index.caps[group], sum)));
  }
  return normalise(logOdds);
}

function factorFor(cap: number | undefined, sum: Vector): number {
  const size = reach(sum);
  return cap === undefined || size <= cap ? 1 : cap / size;
}
