import { describe, expect, test } from 'vitest';
import { scoreDrill } from '../../../main/core/drill/score.ts';
import type { DrillScore } from '../../../main/core/incident/events.ts';
import { PageId } from '../../../main/core/ids.ts';
import { accept, answer, DRILL, PLAYBOOK, stateAfter, type Step } from '../incident/fixtures.ts';
import { SCENARIO } from './fixtures.ts';

function scored(...steps: readonly Step[]): DrillScore {
  return scoreDrill(SCENARIO, stateAfter([[0, DRILL], ...steps]), PLAYBOOK);
}

function points(score: DrillScore): Readonly<Record<string, number>> {
  return Object.fromEntries(score.lines.map((line) => [line.what, line.points]));
}

const LOOKED: readonly Step[] = [
  [2, answer('o-1', 'status', ['silent'])],
  [8, answer('o-2', 'change', ['none'])],
];

function page(minute: number, outcome: 'answered' | 'no_answer'): Step {
  const id = PageId.parse('p-1');
  return [
    minute,
    { type: 'record_page', page: { id, levelId: 'first', contactName: 'Dana', outcome, note: '' } },
  ];
}

describe('a drill’s score', () => {
  test('looking at both sides, naming the truth in time and reaching somebody earns the most', () => {
    const score = scored(...LOOKED, [20, accept('provider', 'It is everywhere.')], page(25, 'answered'));
    expect(score).toEqual({
      truth: 'provider',
      verdict: 'provider',
      correct: true,
      minutesToVerdict: 20,
      points: 93,
      outOf: 100,
      lines: [
        { what: 'The verdict', points: 40, outOf: 40, why: 'It was provider.' },
        {
          what: 'Time to the verdict',
          points: 15,
          outOf: 15,
          why: 'Accepted at T+20 min; the target was T+30 min.',
        },
        {
          what: 'Both sides looked at',
          points: 10,
          outOf: 10,
          why: 'Both sides were looked at before the verdict.',
        },
        { what: 'Holes named, not guessed', points: 10, outOf: 10, why: 'No answer was a guess.' },
        {
          what: 'Answers that fit what was known',
          points: 8,
          outOf: 15,
          why: '2 of 2 fit what could be known at their minute.',
        },
        { what: 'Escalation', points: 10, outOf: 10, why: 'The right side was reached in time.' },
      ],
    });
  });

  test('a wrong side named costs more than leaving it open', () => {
    const wrong = scored(...LOOKED, [20, accept('customer', 'Must be us.')]);
    const open = scored(...LOOKED, [20, accept('inconclusive')]);
    expect([points(wrong)['The verdict'], points(open)['The verdict']]).toEqual([-20, 0]);
    expect([wrong.correct, open.correct]).toEqual([false, false]);
  });

  test('a verdict that can be defended earns half, and is not called correct', () => {
    const score = scored(...LOOKED, [20, accept('shared', 'Both.')]);
    expect({ points: points(score)['The verdict'], correct: score.correct }).toEqual({
      points: 20,
      correct: false,
    });
  });

  test('without an accepted verdict there is none, and no time', () => {
    const { verdict, correct, minutesToVerdict, points: total } = scored();
    expect({ verdict, correct, minutesToVerdict, total }).toEqual({
      verdict: 'inconclusive',
      correct: false,
      minutesToVerdict: null,
      total: 0,
    });
  });

  test('time earns all until the target, nothing from three times the target on', () => {
    const at = (minute: number) =>
      points(scored(...LOOKED, [minute, accept('provider', 'x')]))['Time to the verdict'];
    expect([30, 60, 90, 110].map(at)).toEqual([15, 8, 0, 0]);
  });

  test('speed towards a wrong verdict earns nothing', () => {
    expect(points(scored(...LOOKED, [9, accept('customer', 'x')]))['Time to the verdict']).toBe(0);
  });

  test('a side only looked at after the verdict was not looked at', () => {
    const score = scored(
      [2, answer('o-1', 'status', ['silent'])],
      [20, accept('provider', 'x')],
      [30, answer('o-2', 'change', ['none'])],
    );
    expect(points(score)['Both sides looked at']).toBe(5);
  });

  test('could not check is not a look at its side', () => {
    const score = scored(
      [2, answer('o-1', 'status', ['could_not_check'])],
      [8, answer('o-2', 'change', ['none'])],
      [20, accept('provider', 'x')],
    );
    expect(points(score)['Both sides looked at']).toBe(5);
  });

  test('an answer before anything could be known is a guess; a named hole is none', () => {
    const guess = scored([2, answer('o-1', 'change', ['none'])]);
    const hole = scored([2, answer('o-1', 'change', ['could_not_check'])]);
    expect([guess, hole].map((score) => score.lines[3])).toEqual([
      {
        what: 'Holes named, not guessed',
        points: 7,
        outOf: 10,
        why: '1 answer was given where the scenario had told nothing yet.',
      },
      {
        what: 'Holes named, not guessed',
        points: 10,
        outOf: 10,
        why: '1 could not be checked, and was said so.',
      },
    ]);
  });

  test('what fits depends on the minute: silent is right before the first word and wrong after it', () => {
    const at = (minute: number) =>
      points(scored([minute, answer('o-1', 'status', ['silent'])]))['Answers that fit what was known'];
    expect([at(70), at(72)]).toEqual([4, 0]);
  });

  test('an escalation earns less when it reached somebody late, and nothing on the wrong side', () => {
    const right: readonly Step[] = [...LOOKED, [20, accept('provider', 'x')]];
    const wrong: readonly Step[] = [...LOOKED, [20, accept('customer', 'x')], page(25, 'answered')];
    const earned = [[...right, page(25, 'no_answer')], [...right, page(60, 'answered')], wrong].map(
      (steps) => points(scored(...steps))['Escalation'],
    );
    expect(earned).toEqual([4, 6, 0]);
  });
});
