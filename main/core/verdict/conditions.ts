import { COULD_NOT_CHECK } from '../playbook/could-not-check.ts';
import type { Condition } from '../playbook/definition.ts';
import type { ObservedAnswer } from './model.ts';

/** The standing observations, looked up by check id. */
export type Standing = Pick<ReadonlyMap<string, ObservedAnswer>, 'get' | 'has'>;

/** True when the check has a real answer: neither missing nor `could_not_check`. */
export function isAnswered(standing: Standing, check: string): boolean {
  const seen = standing.get(check);
  return seen !== undefined && seen.answers.length > 0 && !seen.answers.includes(COULD_NOT_CHECK);
}

/** True when the check was put and could not be checked. */
export function isHole(standing: Standing, check: string): boolean {
  return standing.get(check)?.answers.includes(COULD_NOT_CHECK) ?? false;
}

/** All conditions hold; none at all holds always. A missing or unreachable answer satisfies no condition. */
export function holds(conditions: readonly Condition[] | undefined, standing: Standing): boolean {
  if (conditions === undefined) return true;
  return conditions.every((condition) => {
    if (!isAnswered(standing, condition.check)) return false;
    const answers = standing.get(condition.check)?.answers ?? [];
    return 'is' in condition
      ? answers.some((answer) => condition.is.includes(answer))
      : !answers.some((answer) => condition.isNot.includes(answer));
  });
}
