import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextPoll, type PollOutcome } from '../../../main/core/feeds/schedule.ts';

const poll = (result: PollOutcome['result'], retryAfterSeconds: number | null = null): PollOutcome => ({
  result,
  retryAfterSeconds,
});
const times = (count: number, result: PollOutcome['result']) =>
  Array.from({ length: count }, () => poll(result));

describe('the next poll', () => {
  test.each<[string, PollOutcome[], boolean, number, 'closed' | 'open']>([
    ['comes after five minutes on a quiet day', [], false, 300, 'closed'],
    ['comes after a minute during an incident', times(3, 'ok'), true, 60, 'closed'],
    ['backs off after a failure', times(1, 'unreadable'), true, 120, 'closed'],
    ['doubles with each', times(3, 'unreadable'), true, 480, 'closed'],
    [
      'is not held up by what failed before the last good answer',
      [...times(4, 'throttled'), poll('not_modified')],
      true,
      60,
      'closed',
    ],
    ['is tried every ten minutes once the circuit is open', times(5, 'unreadable'), true, 600, 'open'],
    ['is tried every half hour on a quiet day', times(5, 'unreadable'), false, 1800, 'open'],
    ['waits as long as it was asked to', [poll('throttled', 600)], true, 600, 'closed'],
    ['never comes sooner for being asked to wait less', [poll('throttled', 1)], true, 120, 'closed'],
    ['does not believe a week', [poll('throttled', 604_800)], true, 86_400, 'closed'],
  ])('%s', (_, history, incidentOpen, delaySeconds, circuit) => {
    expect(nextPoll(history, incidentOpen, 0)).toEqual({ delaySeconds, circuit, unconditional: false });
  });

  test('asks without conditions after an hour of "not modified"', () => {
    const asks = [59, 60, 61, 120].map(
      (count) => nextPoll(times(count, 'not_modified'), true, 0).unconditional,
    );
    expect(asks).toEqual([false, true, false, true]);
  });

  test('asks without conditions for as long as the feed is stale', () => {
    const stale = [...times(60, 'not_modified'), poll('stale')];
    expect(nextPoll(stale, true, 0).unconditional).toBe(true);
    expect(nextPoll([...stale, poll('ok')], true, 0).unconditional).toBe(false);
  });

  test('is never within a minute, and jitter adds a fifth at most', () => {
    const outcome = fc.record({
      result: fc.constantFrom(
        'ok',
        'empty',
        'not_modified',
        'unreadable',
        'throttled',
        'not_entitled',
        'stale',
      ),
      retryAfterSeconds: fc.option(fc.nat()),
    }) satisfies fc.Arbitrary<PollOutcome>;
    fc.assert(
      fc.property(
        fc.array(outcome),
        fc.boolean(),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (history, live, jitter) => {
          const plain = nextPoll(history, live, 0).delaySeconds;
          const spread = nextPoll(history, live, jitter).delaySeconds;
          expect(plain).toBeGreaterThanOrEqual(60);
          expect(spread).toBeGreaterThanOrEqual(plain);
          expect(spread).toBeLessThanOrEqual(Math.ceil(plain * 1.2));
        },
      ),
    );
  });
});
