import { bench, describe } from 'vitest';
import type { Condition, Playbook } from '../../main/core/playbook/definition.ts';
import { judge } from '../../main/core/verdict/judge.ts';
import type { Facts } from '../../main/core/verdict/model.ts';
import { generalPlaybook } from '../core/playbook/general-playbook.ts';

const CHECKS = 60;

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

/** Every second check answered with its first answer: the verdict has contributions, turns and much left to ask. */
const facts: Facts = {
  provider: 'aws',
  nowMinute: 40,
  observations: playbook.checks
    .filter((_, at) => at % 2 === 0)
    .map(({ id, answers }) => ({
      check: id,
      answers: answers.slice(0, 1).map((answer) => answer.id),
      minute: 20,
      evidence: [],
    })),
};

describe('verdict and next best check with 60 checks, at most 2 ms', () => {
  bench('judge', () => {
    judge(playbook, facts);
  });
});
