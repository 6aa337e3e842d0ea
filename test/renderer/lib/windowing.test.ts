import { describe, expect, it } from 'vitest';
import { rowForKey, scrollToShow, visibleWindow } from '../../../renderer/lib/windowing.ts';

describe('visibleWindow', () => {
  it('covers what is in sight at every place of a list of a hundred thousand, and never more than a screenful', () => {
    const rows = 100_000;
    for (let top = 0; top <= rows * 52 - 600; top += 4999) {
      const { from, to } = visibleWindow(rows, 52, top, 600, 12);
      expect(from * 52).toBeLessThanOrEqual(top);
      expect(Math.min(rows * 52, to * 52)).toBeGreaterThanOrEqual(Math.min(rows * 52, top + 600));
      expect(to - from).toBeLessThanOrEqual(12 + 13 + 12);
    }
  });

  it('stays within the list at both ends and for a list that has become shorter', () => {
    expect(visibleWindow(5, 52, 0, 600, 12)).toEqual({ from: 0, to: 5 });
    expect(visibleWindow(0, 52, 0, 600, 12)).toEqual({ from: 0, to: 0 });
    expect(visibleWindow(5, 52, 10_000, 600, 12)).toEqual({ from: 0, to: 5 });
    expect(visibleWindow(5, 52, -30, 600, 12)).toEqual({ from: 0, to: 5 });
  });
});

describe('scrollToShow', () => {
  it('moves no further than needed', () => {
    expect(scrollToShow(3, 50, 0, 400)).toBe(0);
    expect(scrollToShow(10, 50, 0, 400)).toBe(150);
    expect(scrollToShow(2, 50, 300, 400)).toBe(100);
  });
});

describe('rowForKey', () => {
  it('moves by row, by page and to the ends, and stays inside', () => {
    const keys = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'x'];
    expect(keys.map((key) => rowForKey(key, 5, 100, 10))).toEqual([6, 4, 15, 0, 0, 99, null]);
    expect(rowForKey('ArrowDown', 99, 100, 10)).toBe(99);
    expect(rowForKey('End', 0, 0, 10)).toBeNull();
  });
});
