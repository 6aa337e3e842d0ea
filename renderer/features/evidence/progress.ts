import type { ImportProgress } from '../../../preload/contract/views.ts';

/** A moment of an import: `at` in milliseconds of any clock that only goes forward. */
export interface Sample {
  readonly at: number;
  readonly bytesRead: number;
  readonly records: number;
}

/** How an import is getting on. */
export interface Pace {
  /** 0 to 1. */
  readonly share: number;
  readonly bytesPerSecond: number | null;
  readonly recordsPerSecond: number | null;
  /** Seconds left at this pace; null while nothing can be said. */
  readonly secondsLeft: number | null;
}

/** How far back a pace looks: long enough to be calm, short enough to be true. */
const LOOK_BACK_MS = 5000;
/** Below this span a pace is a guess. */
const ENOUGH_MS = 400;

/** The samples that a pace needs, with a new one added. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const recent = samples.filter(({ at }) => sample.at - at <= LOOK_BACK_MS);
  return [...recent, sample];
}

/** The pace over the samples kept. */
export function paceOf(
  samples: readonly Sample[],
  { bytesRead, bytesTotal }: Pick<ImportProgress, 'bytesRead' | 'bytesTotal'>,
): Pace {
  const share = bytesTotal <= 0 ? 0 : Math.min(1, bytesRead / bytesTotal);
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < ENOUGH_MS)
    return { share, bytesPerSecond: null, recordsPerSecond: null, secondsLeft: null };
  const seconds = (last.at - first.at) / 1000;
  const bytesPerSecond = (last.bytesRead - first.bytesRead) / seconds;
  const recordsPerSecond = (last.records - first.records) / seconds;
  const left = Math.max(0, bytesTotal - bytesRead);
  return {
    share,
    bytesPerSecond,
    recordsPerSecond,
    secondsLeft: bytesPerSecond <= 0 ? null : left / bytesPerSecond,
  };
}
