import { epochMs, instantOf } from '../../../main/core/instants.ts';
import type { Instant } from '../../../main/core/time.ts';
import type { HistogramBarView, RecordHistogram } from '../../../preload/contract/views.ts';

/** One bar for each beginning, in the order of time. */
export function sumOfBars(bars: readonly HistogramBarView[]): readonly HistogramBarView[] {
  const byStart = new Map<Instant, HistogramBarView>();
  for (const bar of bars) {
    const there = byStart.get(bar.from);
    byStart.set(bar.from, {
      from: bar.from,
      records: (there?.records ?? 0) + bar.records,
      changes: (there?.changes ?? 0) + bar.changes,
      errors: (there?.errors ?? 0) + bar.errors,
    });
  }
  return [...byStart.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/**
 * The bars of a search over the whole time of the logs, so that a place on the line means the same moment whatever is looked for. A
 * quiet stretch is seen as one: spans without any record get an empty bar. `found` null: nothing is counted yet.
 */
export function barsOverAll(
  { bars, minutes }: RecordHistogram,
  found: Pick<RecordHistogram, 'bars'> | null,
): readonly HistogramBarView[] {
  const known = new Map((found?.bars ?? []).map((bar) => [bar.from, bar]));
  const [first, last] = [bars[0], bars.at(-1)];
  if (first === undefined || last === undefined) return [];
  const all: HistogramBarView[] = [];
  for (let from = first.from; from <= last.from; from = addMinutes(from, minutes)) {
    all.push(known.get(from) ?? { from, records: 0, changes: 0, errors: 0 });
  }
  return all;
}

export function addMinutes(at: Instant, minutes: number): Instant {
  return instantOf(epochMs(at) + Math.round(minutes * 60_000));
}

/** Where an instant lies among the bars, 0 to 1; null outside. */
export function shareOf(bars: readonly HistogramBarView[], minutes: number, at: Instant): number | null {
  const [first] = bars;
  if (first === undefined) return null;
  const share = (epochMs(at) - epochMs(first.from)) / (bars.length * minutes * 60_000);
  return share < 0 || share > 1 ? null : share;
}

/** The bar that an instant falls into; the nearest end when it lies outside. */
export function barOf(bars: readonly HistogramBarView[], minutes: number, at: Instant): number {
  const [first] = bars;
  if (first === undefined) return 0;
  const index = Math.floor((epochMs(at) - epochMs(first.from)) / (minutes * 60_000));
  return Math.max(0, Math.min(bars.length - 1, index));
}
