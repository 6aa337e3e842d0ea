import type { DrillSetup } from '../incident/events.ts';
import { addMinutes, minutesBetween, type Instant } from '../time.ts';

/**
 * What a drill's clock shows at the real instant `realNow`: `speed` times as fast as the wall's from `realStart` on. It stands still at the
 * scenario's start while the wall clock is set back before it, and where the scenario ends.
 */
export function virtualNow(
  setup: Pick<DrillSetup, 'speed' | 'virtualStart' | 'durationMinutes'>,
  realStart: Instant,
  realNow: Instant,
): Instant {
  const gone = Math.max(0, minutesBetween(realStart, realNow)) * setup.speed;
  return addMinutes(setup.virtualStart, Math.min(gone, setup.durationMinutes));
}
