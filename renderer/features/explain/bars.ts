import type { Hypothesis } from '../../../main/core/sides.ts';
import type { Contribution, Distribution } from '../../../main/core/verdict/model.ts';

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

/** A moment in how the standing answers add up. */
export interface Moment {
  /** Minutes since onset; null for the prior, which has no moment. */
  readonly minute: number | null;
  readonly what: string;
  readonly probabilities: Distribution;
}

/**
 * How the answers that stand now add up, in the order in which they were given: the prior first, the present
 * probabilities last. Contributions are after caps, so that their sum is exactly the engine's.
 */
export function build(
  prior: Distribution,
  contributions: readonly Pick<Contribution, 'check' | 'minute' | 'answerLabels' | 'logOdds'>[],
  titleOf: (check: string) => string,
): readonly Moment[] {
  let odds = map((side) => Math.log(Math.max(prior[side], 1e-12)));
  const moments: Moment[] = [{ minute: null, what: 'Before any check', probabilities: normalised(odds) }];
  for (const one of contributions.toSorted((a, b) => a.minute - b.minute)) {
    const before = odds;
    odds = map((side) => before[side] + one.logOdds[side]);
    moments.push({
      minute: one.minute,
      what: `${titleOf(one.check)}: ${one.answerLabels.join(', ')}`,
      probabilities: normalised(odds),
    });
  }
  return moments;
}

function normalised(odds: Distribution): Distribution {
  const top = Math.max(odds.provider, odds.customer, odds.shared, odds.third_party);
  const raised = map((side) => Math.exp(odds[side] - top));
  const sum = raised.provider + raised.customer + raised.shared + raised.third_party;
  return map((side) => raised[side] / sum);
}

function map(of: (side: Hypothesis) => number): Distribution {
  return {
    provider: of('provider'),
    customer: of('customer'),
    shared: of('shared'),
    third_party: of('third_party'),
  };
}

/** The points of one side's line in a picture of `width` x `height`, as an SVG `points` list; steps are evenly spaced. */
export function polyline(
  moments: readonly Moment[],
  side: Hypothesis,
  width: number,
  height: number,
): string {
  const step = moments.length < 2 ? 0 : width / (moments.length - 1);
  return moments
    .map(({ probabilities }, at) => `${round(at * step)},${round((1 - probabilities[side]) * height)}`)
    .join(' ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
