import type { Instant } from '../core/time.ts';

/** The wall clock: the instant in UTC and how many minutes east of UTC the machine's zone is then. */
export interface Clock {
  now(): Instant;
  offsetMinutes(at: Instant): number;
}

/** Whether this machine has a network at all, as far as the system knows. */
export type Online = () => boolean;
