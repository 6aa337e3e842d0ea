import { describe, expect, it } from 'vitest';
import { ObservationId } from '../../../../main/core/ids.ts';
import type { Observation } from '../../../../main/core/incident/state.ts';
import { instantOf } from '../../../../main/core/time.ts';
import { judge } from '../../../../main/core/verdict/judge.ts';
import { playbook } from '../small-playbook.ts';
import { byProbability, linePicture, whatMoved } from '../../../../renderer/features/triage/line-picture.ts';

const at = instantOf(Date.UTC(2025, 5, 12, 18));

function observed(check: string, answers: string[], status: Observation['status'] = 'standing'): Observation {
  const observationId = ObservationId.parse(`${check}-${answers.join('-')}`);
  return {
    observationId,
    check,
    answers,
    number: null,
    note: '',
    evidence: [],
    supersedes: null,
    at,
    by: 'A. Ruiz',
    status,
  };
}

function movement(...observations: Observation[]): ReturnType<typeof whatMoved> {
  const standing = observations.filter(({ status }) => status === 'standing');
  const judgement = judge(playbook, {
    provider: 'gcp',
    nowMinute: 10,
    observations: standing.map(({ check, answers }) => ({ check, answers, minute: 5, evidence: [] })),
  });
  const titleOf = (id: string): string => playbook.checks.find((one) => one.id === id)?.title ?? id;
  return whatMoved({ observations }, judgement, titleOf);
}

describe('linePicture', () => {
  it('pulls left for the provider, right for us, and hangs the third party below', () => {
    expect(linePicture({ provider: 0.75, customer: 0.25, shared: 0, third_party: 0 })).toEqual({
      offset: -0.5,
      below: 0,
    });
    expect(linePicture({ provider: 0, customer: 0.5, shared: 0.25, third_party: 0.25 })).toEqual({
      offset: 0.5,
      below: 0.25,
    });
  });
});

describe('byProbability', () => {
  it('puts the most probable first and keeps the order of equals', () => {
    const order = byProbability({ provider: 0.1, customer: 0.6, shared: 0.2, third_party: 0.1 });
    expect(order).toEqual(['customer', 'shared', 'provider', 'third_party']);
  });
});

describe('whatMoved', () => {
  it('says how far the latest answer moved the balance, and where to', () => {
    expect(movement(observed('scope', ['global']))).toEqual({
      text: '+1.5 towards provider. How wide it is: Everywhere',
      towards: 'provider',
    });
  });

  it('says that a group capped it', () => {
    const { text } = movement(observed('account_health', ['matching']));
    expect(text).toBe('+2.0 towards provider. Account health: A matching event, capped with its group');
  });

  it('never claims that a hole moved anything', () => {
    expect(movement(observed('scope', ['global']), observed('account_health', ['could_not_check']))).toEqual({
      text: 'Could not check “Account health”: nothing moved.',
      towards: null,
    });
  });

  it('says that an answer was withdrawn, and what stands where nothing was answered', () => {
    const withdrawn = movement(observed('scope', ['global'], 'withdrawn'));
    expect(withdrawn.text).toBe('Answer withdrawn: How wide it is.');
    expect(movement().text).toBe('Each answer will move the line.');
  });
});
