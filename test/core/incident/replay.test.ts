import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEvent } from '../../../main/core/incident/events.ts';
import { replay } from '../../../main/core/incident/evolve.ts';
import { standingObservations } from '../../../main/core/incident/state.ts';
import type { Command } from '../../../main/core/incident/commands.ts';
import { addMinutes } from '../../../main/core/time.ts';
import {
  accept,
  answer,
  DECLARE,
  DRILL,
  FILE,
  MATCH,
  ONSET,
  play,
  reading,
  withdraw,
  type Step,
} from './fixtures.ts';

const anAnswer = fc.oneof(
  fc.record({
    check: fc.constant('status'),
    answers: someOf(['silent', 'matching', 'could_not_check', 'odd']),
  }),
  fc.record({
    check: fc.constant('change'),
    answers: someOf(['none', 'policy', 'network', 'could_not_check']),
  }),
  fc.record({ check: fc.constant('nowhere'), answers: someOf(['none']) }),
);

function someOf(answers: readonly string[]): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.constantFrom(...answers), { minLength: 1, maxLength: 3 });
}

const anId = fc.integer({ min: 1, max: 12 }).map((number) => `o-${number}`);

const aCommand: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(anId, anAnswer).map(([id, { check, answers }]) => answer(id, check, answers)),
  },
  { weight: 2, arbitrary: anId.map(withdraw) },
  fc.constantFrom<Command>(
    DECLARE,
    DRILL,
    FILE,
    reading(),
    reading({ saying: 'matching', matches: [MATCH] }),
    reading({ saying: 'could_not_check', state: 'unreadable', reason: 'HTML.', sha256: null }),
    accept('provider', 'because'),
    accept('customer'),
    { type: 'amend', changes: { severity: 2 } },
    { type: 'amend', changes: {} },
    { type: 'note', text: 'A note.' },
    { type: 'close', summary: '' },
    { type: 'reopen', reason: '' },
    { type: 'pass_deadlines', now: addMinutes(ONSET, 500) },
  ),
);

const someSteps: fc.Arbitrary<Step[]> = fc
  .array(fc.tuple(fc.nat({ max: 5 }), aCommand), { maxLength: 40 })
  .map((gaps) => {
    let minute = 0;
    return gaps.map(([gap, command]) => [(minute += gap), command] as const);
  });

test('replaying the events that were decided gives the state they were decided in', () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      const { state, events } = play([[0, DECLARE], ...steps]);
      expect(replay(events)).toEqual(state);
      expect(state?.entries).toBe(events.length);
    }),
    { numRuns: 200 },
  );
});

test('every event survives being stored as JSON and read back', () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      for (const { type, data } of play([[0, DECLARE], ...steps]).events) {
        expect(readEvent(type, JSON.parse(JSON.stringify(data)))).toEqual({ type, data });
      }
    }),
    { numRuns: 100 },
  );
});

test('never do two answers to one check stand, and no observation is ever lost', () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      const { state, events } = play([[0, DECLARE], ...steps]);
      const checks = state === null ? [] : standingObservations(state).map(({ check }) => check);
      expect(new Set(checks).size).toBe(checks.length);
      const recorded = events.filter(({ type }) => type === 'observation.recorded');
      expect(state?.observations).toHaveLength(recorded.length);
    }),
    { numRuns: 200 },
  );
});
