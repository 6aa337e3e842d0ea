import { describe, expect, it } from 'vitest';
import { paceOf, withSample, type Sample } from '../../../../renderer/features/evidence/progress.ts';

const every = (count: number, ms: number, bytes: number): readonly Sample[] =>
  Array.from({ length: count }, (_, at) => at).reduce<readonly Sample[]>(
    (samples, at) => withSample(samples, { at: at * ms, bytesRead: at * bytes, records: at * 10 }),
    [],
  );

describe('paceOf', () => {
  it('says share, rate and time left once it has watched long enough', () => {
    const samples = every(11, 100, 1_000_000);
    expect(paceOf(samples, { bytesRead: 10_000_000, bytesTotal: 40_000_000 })).toEqual({
      share: 0.25,
      bytesPerSecond: 10_000_000,
      recordsPerSecond: 100,
      secondsLeft: 3,
    });
  });

  it('promises nothing from a single look, from a standstill, or for a size that is not known', () => {
    expect(paceOf(every(1, 100, 1000), { bytesRead: 0, bytesTotal: 1000 }).secondsLeft).toBeNull();
    expect(paceOf(every(20, 100, 0), { bytesRead: 0, bytesTotal: 1000 }).secondsLeft).toBeNull();
    expect(paceOf([], { bytesRead: 0, bytesTotal: 0 }).share).toBe(0);
  });

  it('forgets what lies more than five seconds back, so that a slow start does not weigh for ever', () => {
    expect(every(200, 100, 1000)[0]?.at).toBe(14_900);
  });
});
