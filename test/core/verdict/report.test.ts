import { describe, expect, it } from 'vitest';
import { renderSummary, summarise } from '../../../main/core/verdict/report.ts';
import type { CaseOutcome } from '../../../main/core/verdict/simulate.ts';

function outcome(change: Partial<CaseOutcome>): CaseOutcome {
  return {
    id: 'one',
    label: 'provider',
    accept: [],
    trap: null,
    verdict: 'provider',
    declared: true,
    probabilities: { provider: 1, customer: 0, shared: 0, third_party: 0 },
    asked: [{ check: 'plane', answers: ['both'], minute: 2 }],
    minutes: 2,
    ...change,
  };
}

const OUTCOMES: readonly CaseOutcome[] = [
  outcome({}),
  outcome({ id: 'two', label: 'shared', accept: ['provider'], trap: 'green', minutes: 10, asked: [] }),
  outcome({
    id: 'three',
    label: 'inconclusive',
    verdict: 'inconclusive',
    declared: false,
    trap: 'green',
    probabilities: { provider: 0.5, customer: 0.5, shared: 0, third_party: 0 },
    minutes: 60,
  }),
];

describe('summarise', () => {
  it('counts what was right, defensible, confident and wrong', () => {
    expect(summarise(OUTCOMES)).toEqual({
      cases: 3,
      exact: 2,
      accepted: 3,
      macroF1: (2 / 3 + 0 + 1) / 3,
      brier: (0 + 2 + 1.5) / 3,
      withTrap: { cases: 2, exact: 1, accepted: 2 },
      traps: [{ trap: 'green', cases: 2, exact: 1 }],
      labels: [
        { label: 'provider', cases: 1, given: 2, right: 1, f1: 2 / 3 },
        { label: 'shared', cases: 1, given: 0, right: 0, f1: 0 },
        { label: 'inconclusive', cases: 1, given: 1, right: 1, f1: 1 },
      ],
      confidentErrors: [{ id: 'two', label: 'shared', hypothesis: 'provider', probability: 1 }],
      declared: 2,
      declaredWrong: 1,
      medianChecks: 0.5,
      medianMinutes: 6,
    });
  });

  it('sums up nothing without a division by zero', () => {
    expect(summarise([])).toMatchObject({ cases: 0, exact: 0, macroF1: 0, brier: 0, medianChecks: null });
  });
});

describe('renderSummary', () => {
  it('prints every figure and names the confident errors', () => {
    const text = renderSummary(summarise(OUTCOMES));
    expect(text).toContain('exact                     2 of 3');
    expect(text).toContain('macro-F1                  0.56');
    expect(text).toContain('median minutes to declare 6');
    expect(text).toContain('two: provider 1.00, was shared');
  });
});
