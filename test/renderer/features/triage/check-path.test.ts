import { describe, expect, it } from 'vitest';
import { ObservationId } from '../../../../main/core/ids.ts';
import type { Observation } from '../../../../main/core/incident/state.ts';
import { addMinutes, instantOf } from '../../../../main/core/time.ts';
import { playbook } from '../small-playbook.ts';
import { checkPath, lastStanding, stepBack } from '../../../../renderer/features/triage/check-path.ts';

const start = instantOf(Date.UTC(2025, 5, 12, 18));

function observed(
  place: number,
  check: string,
  answers: string[],
  status: Observation['status'] = 'standing',
  number: number | null = null,
): Observation {
  return {
    observationId: ObservationId.parse(`o${place}`),
    check,
    answers,
    number,
    note: '',
    evidence: [],
    supersedes: null,
    at: addMinutes(start, place),
    by: 'A. Ruiz',
    status,
  };
}

describe('checkPath', () => {
  it('keeps the order in which checks were first put, names holes, and leaves withdrawn answers out', () => {
    const path = checkPath(
      [
        observed(1, 'scope', ['one_region'], 'superseded'),
        observed(2, 'account_health', ['could_not_check']),
        observed(3, 'minutes_before', ['minutes'], 'standing', 12),
        observed(4, 'changes', ['deploy'], 'withdrawn'),
        observed(5, 'scope', ['global']),
      ],
      playbook.checks,
    );
    expect(
      path.map(({ check, number, title, answer, hole, changed }) => ({
        check,
        number,
        title,
        answer,
        hole,
        changed,
      })),
    ).toEqual([
      {
        check: 'scope',
        number: 1,
        title: 'How wide it is',
        answer: 'Everywhere',
        hole: false,
        changed: true,
      },
      {
        check: 'account_health',
        number: 2,
        title: 'Account health',
        answer: 'Could not check',
        hole: true,
        changed: false,
      },
      {
        check: 'minutes_before',
        number: 3,
        title: 'Minutes before onset',
        answer: '12 minutes',
        hole: false,
        changed: false,
      },
    ]);
  });

  it('shows an answer to a check that the playbook does not have under its ids', () => {
    const [step] = checkPath([observed(1, 'gone', ['yes'])], playbook.checks);
    expect([step?.title, step?.answer]).toEqual(['gone', 'yes']);
  });
});

describe('stepBack', () => {
  const path = checkPath(
    [observed(1, 'scope', ['global']), observed(2, 'account_health', ['none'])],
    playbook.checks,
  );

  it('leads from a new question to the last answered check, then to the one before, then nowhere', () => {
    expect(stepBack(path, 'changes')).toBe('account_health');
    expect(stepBack(path, 'account_health')).toBe('scope');
    expect(stepBack(path, 'scope')).toBeNull();
    expect(stepBack([], 'changes')).toBeNull();
  });
});

describe('lastStanding', () => {
  it('is what undo withdraws: the latest answer that counts', () => {
    const observations = [observed(1, 'scope', ['global']), observed(2, 'changes', ['deploy'], 'withdrawn')];
    expect(lastStanding(observations)?.observationId).toBe('o1');
    expect(lastStanding([])).toBeUndefined();
  });
});
