import { expect, it } from 'vitest';
import type { DrillClock } from '../../preload/contract/views.ts';
import { instantOf } from '../../main/core/instants.ts';
import { drillTime } from '../../renderer/lib/now.ts';

const REAL = Date.UTC(2026, 10, 22, 9, 0);
const DRILL: DrillClock = {
  speed: 30,
  virtualAt: instantOf(Date.UTC(2025, 5, 12, 17, 51)),
  realAt: instantOf(REAL),
  scenarioTitle: 'Errors from every region',
  brief: '',
  injects: [],
  ended: false,
};

it('A drill’s clock runs at its speed from where main last saw it', () => {
  expect(drillTime(DRILL, REAL + 2 * 60_000)).toBe('2025-06-12T18:51:00.000Z');
});

it('A drill’s clock never runs backwards when the real one does', () => {
  expect(drillTime(DRILL, REAL - 60_000)).toBe(DRILL.virtualAt);
});

it('A drill that has ended stands still', () => {
  expect(drillTime({ ...DRILL, ended: true }, REAL + 60_000)).toBe(DRILL.virtualAt);
});
