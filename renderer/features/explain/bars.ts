import type { Hypothesis } from '../../../main/core/sides.ts';
import type { Contribution } from '../../../main/core/verdict/model.ts';

/** Where a contribution's bar begins and ends, as shares of the width; the line is at 0.5. */
export interface Bar {
  readonly from: number;
  readonly to: number;
}

/**
 * The bar of a contribution: to the left for the provider, to the right for us, and around the line for what belongs
 * to both sides or to neither. `most` is the size that fills one side.
 */
export function barOf(towards: Hypothesis, size: number, most: number): Bar {
  const length = most <= 0 ? 0 : Math.min(1, Math.max(0, size) / most) / 2;
  if (towards === 'provider') return { from: 0.5 - length, to: 0.5 };
  if (towards === 'customer') return { from: 0.5, to: 0.5 + length };
  return { from: 0.5 - length / 2, to: 0.5 + length / 2 };
}

/** The scale of the picture: a little more than the largest contribution, in whole units of log-odds. */
export function fullScale(contributions: readonly Pick<Contribution, 'size'>[]): number {
  return Math.max(1, Math.ceil(Math.max(0, ...contributions.map(({ size }) => size))));
}
