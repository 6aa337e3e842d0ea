import { bench, describe } from 'vitest';
import { judgementOf } from '../../main/core/incident/judgement.ts';
import type { IncidentState } from '../../main/core/incident/state.ts';
import { addMinutes, Instant } from '../../main/core/time.ts';
import type { Condition, Playbook } from '../../main/core/playbook/definition.ts';
import { judge } from '../../main/core/verdict/judge.ts';
import type { Facts } from '../../main/core/verdict/model.ts';
import { generalPlaybook } from '../core/playbook/general-playbook.ts';

const CHECKS = 60;
const OBSERVATIONS = 10_000;

/** The general playbook with copies of its checks until there are 60, each copy referring to its own siblings. */
function wide(): Playbook {
  const general = generalPlaybook();
  const copies = Array.from({ length: Math.ceil(CHECKS / general.checks.length) }, (_, copy) => {
    const named = (id: string): string => (copy === 0 ? id : `${id}_${String(copy)}`);
    const renamed = (conditions: readonly Condition[]): Condition[] =>
      conditions.map((one) => ({ ...one, check: named(one.check) }));
    return general.checks.map((check) => ({
      ...check,
      id: named(check.id),
      gate: renamed(check.gate),
      weights: check.weights.map(({ given, ...weight }) =>
        given === undefined ? weight : { ...weight, given: renamed(given) },
      ),
    }));
  });
  const checks = copies.flat().slice(0, CHECKS);
  return { ...general, checks, order: checks.map(({ id }) => id) };
}

const playbook = wide();

/** Every second check is answered: the verdict has contributions, turns and much left to ask. */
const ASKED = playbook.checks.filter((_, at) => at % 2 === 0);

/** `count` observations over the answered checks, the later ones in place of the earlier; each check's answers in turn. */
function observed(count: number): Facts['observations'] {
  const rounds = Math.ceil(count / ASKED.length);
  return Array.from({ length: rounds }, (_, round) =>
    ASKED.map(({ id, answers }) => ({
      check: id,
      answers: answers
        .slice(round % answers.length)
        .slice(0, 1)
        .map((one) => one.id),
      minute: 20,
      evidence: [],
    })),
  )
    .flat()
    .slice(0, count);
}

const few: Facts = { provider: 'aws', nowMinute: 40, observations: observed(ASKED.length) };
const many: Facts = { ...few, observations: observed(OBSERVATIONS) };

/** An incident whose answers were given and changed again and again, 10,000 times in all. */
const state = ((): IncidentState => {
  const onset = Instant.parse('2026-01-05T02:00:00.000Z');
  const standing = new Map(many.observations.map((one, at) => [one.check, at]));
  return {
    scope: { provider: 'aws', onset },
    observations: many.observations.map(({ check, answers }, at) => ({
      observationId: `o-${String(at)}`,
      check,
      answers,
      number: null,
      note: '',
      evidence: [],
      supersedes: null,
      at: addMinutes(onset, 20),
      by: 'a.ruiz',
      status: standing.get(check) === at ? 'standing' : 'superseded',
    })),
    // Only these are looked at for a judgement.
  } as unknown as IncidentState;
})();
const now = addMinutes(state.scope.onset, 40);

describe('verdict and next best check with 60 checks, at most 2 ms', () => {
  bench('with 30 observations', () => {
    judge(playbook, few);
  });
  bench('with 10,000 observations, all handed over', () => {
    judge(playbook, many);
  });
  bench('of an incident that has 10,000 observations', () => {
    judgementOf(state, playbook, now);
  });
});
