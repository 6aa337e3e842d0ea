import type { Hypothesis } from '../../../main/core/sides.ts';
import type { VerdictMomentView } from '../../../preload/contract/views.ts';

/** The hypotheses in the order in which they are listed. */
export const SIDES: readonly Hypothesis[] = ['provider', 'customer', 'shared', 'third_party'];

/** The picture's own measures, in its units. */
export const PICTURE = { width: 720, height: 200, left: 40, right: 12, top: 26, bottom: 22 } as const;

/** A span of time as it is drawn: from the first moment to the last, or a minute where they are one. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The span of the moments, in minutes since onset. */
export function spanOf(moments: readonly Pick<VerdictMomentView, 'minute'>[]): Span {
  const minutes = moments.map(({ minute }) => minute);
  const from = Math.min(...minutes);
  const to = Math.max(...minutes);
  return { from, to: to - from < 1 ? from + 1 : to };
}

/** Where a minute is drawn. */
export function xOf(minute: number, { from, to }: Span): number {
  const { width, left, right } = PICTURE;
  return round(left + ((minute - from) / (to - from)) * (width - left - right));
}

/** Where a probability is drawn; 1 is at the top. */
export function yOf(probability: number): number {
  const { height, top, bottom } = PICTURE;
  return round(top + (1 - probability) * (height - top - bottom));
}

/**
 * One hypothesis over time as an SVG path: it stands until the next moment and then jumps, as what was held did. It goes on to the end
 * of the span.
 */
export function stepPath(
  moments: readonly Pick<VerdictMomentView, 'minute' | 'probabilities'>[],
  side: Hypothesis,
  span: Span,
): string {
  const steps = moments.map(({ minute, probabilities }, at) => {
    const [x, y] = [xOf(minute, span), yOf(probabilities[side])];
    return at === 0 ? `M${x} ${y}` : `H${x}V${y}`;
  });
  return [...steps, `H${xOf(span.to, span)}`].join('');
}

/** Round minutes for the axis: about six marks within the span. */
export function ticksOf({ from, to }: Span): readonly number[] {
  const wished = (to - from) / 6;
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440, 2880, 10_080];
  const step = steps.find((one) => one >= wished) ?? Math.ceil(wished / 10_080) * 10_080;
  const first = Math.ceil(from / step) * step;
  const count = Math.floor((to - first) / step) + 1;
  // Filtered, because what is divided and multiplied again may come out a hair outside.
  return Array.from({ length: Math.max(0, count) }, (_, at) => first + at * step).filter(
    (minute) => minute >= from && minute <= to,
  );
}

/** Labels nearer than this to the one before would lie on it. */
const LABEL_WIDTH = 22;

/** Which of the marks, from left to right, have room for a label: the others keep their line alone. */
export function roomFor(xs: readonly number[]): readonly boolean[] {
  let last = -Infinity;
  return xs.map((x) => {
    if (x - last < LABEL_WIDTH) return false;
    last = x;
    return true;
  });
}

/** What one moment moved most against the one before: `+23 provider`, in points; empty for the first and for nothing. */
export function movedBy(
  before: Pick<VerdictMomentView, 'probabilities'> | undefined,
  now: Pick<VerdictMomentView, 'probabilities'>,
): { readonly side: Hypothesis; readonly points: number } | null {
  if (before === undefined) return null;
  const moves = SIDES.map((side) => ({
    side,
    points: Math.round((now.probabilities[side] - before.probabilities[side]) * 100),
  }));
  const most = moves.reduce((best, one) => (one.points > best.points ? one : best));
  return most.points < 1 ? null : most;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
