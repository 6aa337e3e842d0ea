import { expect, it } from 'vitest';
import {
  barOf,
  barsOverAll,
  shareOf,
  sumOfBars,
} from '../../../../renderer/features/evidence/histogram-bars.ts';
import type { HistogramBarView } from '../../../../preload/contract/views.ts';
import { minute } from '../../../support/database.ts';

function bar(minutes: number, records: number, changes = 0, errors = 0): HistogramBarView {
  return { from: minute(minutes), records, changes, errors };
}

it('adds up the parts of a count, in the order of time', () => {
  expect(sumOfBars([bar(4, 2, 1), bar(0, 5), bar(4, 3, 1, 1)])).toEqual([bar(0, 5), bar(4, 5, 2, 1)]);
});

it('shows what is found over the whole time of the logs, quiet stretches too', () => {
  const all = { minutes: 2, bars: [bar(0, 9), bar(2, 9), bar(8, 9)] };
  expect(barsOverAll(all, all)).toEqual([bar(0, 9), bar(2, 9), bar(4, 0), bar(6, 0), bar(8, 9)]);
  expect(barsOverAll(all, { bars: [bar(2, 1)] })).toEqual([
    bar(0, 0),
    bar(2, 1),
    bar(4, 0),
    bar(6, 0),
    bar(8, 0),
  ]);
  expect(barsOverAll(all, null).map(({ records }) => records)).toEqual([0, 0, 0, 0, 0]);
});

it('places a moment among the bars, also when bars come in before it', () => {
  const late = barsOverAll({ minutes: 2, bars: [bar(4, 1), bar(8, 1)] }, null);
  const whole = barsOverAll({ minutes: 2, bars: [bar(0, 1), bar(8, 1)] }, null);
  expect([barOf(late, 2, minute(5)), barOf(whole, 2, minute(5))]).toEqual([0, 2]);
  expect([barOf(late, 2, minute(-9)), barOf(late, 2, minute(99))]).toEqual([0, 2]);
  expect([shareOf(whole, 2, minute(5)), shareOf(late, 2, minute(3))]).toEqual([0.5, null]);
});
