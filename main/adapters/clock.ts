import { epochMs, instantOf, type Instant } from '../core/time.ts';
import type { Clock } from './ports.ts';

export const systemClock: Clock = {
  now: () => instantOf(Date.now()),
  offsetMinutes: (at: Instant) => -new Date(epochMs(at)).getTimezoneOffset() || 0,
};
