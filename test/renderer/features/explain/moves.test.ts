import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  movedBy,
  PICTURE,
  roomFor,
  spanOf,
  stepPath,
  ticksOf,
  xOf,
  yOf,
} from '../../../../renderer/features/explain/moves.ts';

const even = { provider: 0.25, customer: 0.25, shared: 0.25, third_party: 0.25 };
const leaning = { provider: 0.7, customer: 0.1, shared: 0.1, third_party: 0.1 };

describe('the picture of the probabilities', () => {
  test('stands until the next moment, then jumps, and goes on to the end', () => {
    const moments = [
      { minute: 10, probabilities: even },
      { minute: 20, probabilities: leaning },
    ];
    const span = spanOf(moments);
    const { left, width, right } = PICTURE;
    expect(stepPath(moments, 'provider', span)).toBe(
      `M${left} ${yOf(0.25)}H${width - right}V${yOf(0.7)}H${width - right}`,
    );
  });

  test('gives a single moment a minute of room', () => {
    expect(spanOf([{ minute: 5 }])).toEqual({ from: 5, to: 6 });
  });

  test('keeps every minute and every probability inside', () => {
    const minute = fc.double({ min: -100_000, max: 100_000, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(minute, { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (all, p) => {
          const span = spanOf(all.map((one) => ({ minute: one })));
          for (const one of all) {
            expect(xOf(one, span)).toBeGreaterThanOrEqual(PICTURE.left);
            expect(xOf(one, span)).toBeLessThanOrEqual(PICTURE.width - PICTURE.right);
          }
          expect(yOf(p)).toBeGreaterThanOrEqual(PICTURE.top);
          expect(yOf(p)).toBeLessThanOrEqual(PICTURE.height - PICTURE.bottom);
          const ticks = ticksOf(span);
          expect(ticks.length).toBeLessThanOrEqual(8);
          for (const tick of ticks) expect(tick >= span.from && tick <= span.to).toBe(true);
        },
      ),
    );
  });
});

test('a label is left out where it would lie on the one before, never the first', () => {
  expect(roomFor([40, 45, 70, 71, 100])).toEqual([true, false, true, false, true]);
});

describe('movedBy', () => {
  test('names the side that gained most, in points', () => {
    expect(movedBy({ probabilities: even }, { probabilities: leaning })).toEqual({
      side: 'provider',
      points: 45,
    });
  });

  test('is nothing for the first moment and for what moved nothing', () => {
    expect(movedBy(undefined, { probabilities: even })).toBeNull();
    expect(movedBy({ probabilities: even }, { probabilities: even })).toBeNull();
  });
});
