import fc from 'fast-check';
import { expect, test } from 'vitest';
import { virtualNow } from '../../../main/core/drill/clock.ts';
import { addMinutes, Instant, minutesBetween } from '../../../main/core/time.ts';

const REAL = Instant.parse('2026-01-06T10:00:00.000Z');
const SETUP = { speed: 10, virtualStart: Instant.parse('2025-06-12T17:51:00.000Z'), durationMinutes: 180 };

test('virtual time runs as many times faster as the drill says', () => {
  expect(virtualNow(SETUP, REAL, addMinutes(REAL, 7.1))).toBe('2025-06-12T19:02:00.000Z');
});

test('it begins at the scenario’s start', () => {
  expect(virtualNow(SETUP, REAL, REAL)).toBe(SETUP.virtualStart);
});

test('it stands still where the scenario ends', () => {
  expect(virtualNow(SETUP, REAL, addMinutes(REAL, 18))).toBe('2025-06-12T20:51:00.000Z');
  expect(virtualNow(SETUP, REAL, addMinutes(REAL, 500))).toBe('2025-06-12T20:51:00.000Z');
});

test('a wall clock set back before the start does not turn virtual time back beyond it', () => {
  expect(virtualNow(SETUP, REAL, addMinutes(REAL, -60))).toBe(SETUP.virtualStart);
});

test('it never runs backwards while the wall clock goes forward', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 60, noNaN: true }),
      fc.double({ min: -10, max: 1000, noNaN: true }),
      fc.double({ min: 0, max: 1000, noNaN: true }),
      (speed, minute, later) => {
        const setup = { ...SETUP, speed };
        const one = virtualNow(setup, REAL, addMinutes(REAL, minute));
        const two = virtualNow(setup, REAL, addMinutes(REAL, minute + later));
        expect(minutesBetween(one, two)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});
