import type { Hypothesis } from '../sides.ts';
import type { Distribution } from './model.ts';

/** The four hypotheses as indices, so that the inner loops work on plain arrays. */
export const ORDER = [
  'provider',
  'customer',
  'shared',
  'third_party',
] as const satisfies readonly Hypothesis[];

/** Four numbers in the order of ORDER: log-odds or probabilities. */
export type Vector = readonly [number, number, number, number];

export const ZERO: Vector = [0, 0, 0, 0];

export function toVector(of: Distribution): Vector {
  return [of.provider, of.customer, of.shared, of.third_party];
}

export function toDistribution(of: Vector): Distribution {
  return { provider: of[0], customer: of[1], shared: of[2], third_party: of[3] };
}

export function add(a: Vector, b: Vector): Vector {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];
}

export function subtract(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3]];
}

export function scale(a: Vector, by: number): Vector {
  return by === 1 ? a : [a[0] * by, a[1] * by, a[2] * by, a[3] * by];
}

/** Largest difference between two hypotheses: how far these log-odds can move the balance. */
export function reach(of: Vector): number {
  return Math.max(of[0], of[1], of[2], of[3]) - Math.min(of[0], of[1], of[2], of[3]);
}

/** Log-odds to probabilities that sum to 1; safe for any finite log-odds. */
export function normalise(logOdds: Vector): Vector {
  const top = Math.max(logOdds[0], logOdds[1], logOdds[2], logOdds[3]);
  const a = Math.exp(logOdds[0] - top);
  const b = Math.exp(logOdds[1] - top);
  const c = Math.exp(logOdds[2] - top);
  const d = Math.exp(logOdds[3] - top);
  const sum = a + b + c + d;
  return [a / sum, b / sum, c / sum, d / sum];
}

/** Kullback-Leibler divergence in bits: how much is learnt by moving from `before` to `after`. Never negative. */
export function divergence(after: Vector, before: Vector): number {
  let bits = 0;
  for (const at of [0, 1, 2, 3] as const) {
    const p = after[at];
    if (p > 0 && before[at] > 0) bits += p * Math.log2(p / before[at]);
  }
  return Math.max(0, bits);
}

/** Index in ORDER of the largest value (the first of equals) and by how much it leads the next. */
export function leader(of: Vector): { readonly index: 0 | 1 | 2 | 3; readonly lead: number } {
  const indices = [0, 1, 2, 3] as const;
  let index: 0 | 1 | 2 | 3 = 0;
  for (const i of indices) if (of[i] > of[index]) index = i;
  let second = -Infinity;
  for (const i of indices) if (i !== index && of[i] > second) second = of[i];
  return { index, lead: of[index] - second };
}
