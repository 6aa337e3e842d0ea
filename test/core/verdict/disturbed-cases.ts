import type { Case } from '../../../main/core/verdict/cases.ts';

/** Changes a case as real life would have: the label stays. */
export type Disturbance = (one: Case) => Case;

/** Loses a share of the observations: nobody looked, or the source was out of reach. Each seed loses others. */
export function lose(share: number, seed: number): Disturbance {
  return (one) => {
    const random = randomFor(one, seed);
    return { ...one, observations: one.observations.filter(() => random() >= share) };
  };
}

/** All answers come `factor` times as late. */
export function late(factor: number): Disturbance {
  return (one) => ({
    ...one,
    observations: one.observations.map((seen) => ({ ...seen, minute: times(seen.minute, factor) })),
  });
}

/** Each answer comes up to twice as early or as late: the minutes of the cases are good to no more than that. */
export function jitter(seed: number): Disturbance {
  return (one) => {
    const random = randomFor(one, seed);
    const observations = one.observations.map((seen) => ({
      ...seen,
      minute: times(seen.minute, 2 ** (2 * random() - 1)),
    }));
    return { ...one, observations };
  };
}

/** A deploy of ours before onset that does not touch the failure, where no change is known. */
export const idleDeploy: Disturbance = (one) =>
  knows(one, 'recent_change')
    ? one
    : {
        ...one,
        observations: [
          ...one.observations,
          { check: 'recent_change', value: 'deploy', minute: 5 },
          { check: 'change_minutes_before', value: 40, minute: 5 },
          { check: 'change_touches_failure', value: 'no', minute: 15 },
        ],
      };

/** An incident of the provider elsewhere, and a few reports of others, where none that match are known. */
export const eventElsewhere: Disturbance = (one) => {
  const matching = one.observations.some(({ value }) => value === 'incident_matching_scope');
  return {
    ...one,
    observations: [
      ...one.observations,
      ...(matching ? [] : [{ check: 'provider_status_page', value: 'incident_other_scope', minute: 5 }]),
      ...(knows(one, 'independent_reports')
        ? []
        : [{ check: 'independent_reports', value: 'few', minute: 10 }]),
    ],
  };
};

function knows({ observations }: Case, check: string): boolean {
  return observations.some((seen) => seen.check === check);
}

function times(minute: number | null, factor: number): number | null {
  return minute === null ? null : minute * factor;
}

/** Numbers from 0 to 1 that are the same on every run (mulberry32). */
function randomFor({ id }: Case, seed: number): () => number {
  let state = [...id].reduce((sum, letter) => Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0), seed) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
