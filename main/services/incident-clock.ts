import type { Clock } from '../adapters/ports.ts';
import { virtualNow } from '../core/drill/clock.ts';
import type { DrillSetup } from '../core/incident/events.ts';

/** The clock an incident lives by: the wall clock, or in a drill the scenario's, which stops where the scenario ends. */
export function clockOf(wall: Clock, drill: DrillSetup | null): Clock {
  if (drill === null) return wall;
  return {
    now: () => virtualNow(drill, drill.realStart, wall.now()),
    offsetMinutes: (at) => wall.offsetMinutes(at),
  };
}
