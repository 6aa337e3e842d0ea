import type { Clock } from '../adapters/ports.ts';
import { virtualNow } from '../core/drill/clock.ts';
import type { IncidentState } from '../core/incident/state.ts';

/** What decides which clock an incident lives by. */
export type ClockSetting = Pick<IncidentState, 'drill' | 'scoredAt'>;

/**
 * The clock an incident lives by: the wall clock, or in a drill the scenario's, which stops where the scenario ends or
 * the drill was scored.
 */
export function clockOf(wall: Clock, { drill, scoredAt }: ClockSetting): Clock {
  if (drill === null) return wall;
  return {
    now: () => scoredAt ?? virtualNow(drill, drill.realStart, wall.now()),
    offsetMinutes: (at) => wall.offsetMinutes(at),
  };
}
