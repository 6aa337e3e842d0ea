import type { Observation } from '../../../main/core/incident/state.ts';
import type { Check } from '../../../main/core/playbook/definition.ts';
import { WAY_OUT } from './answer-keys.ts';

/** One check that has been put, as the strip at the foot of triage shows it. */
export interface PathStep {
  readonly check: string;
  /** Its place in the order in which checks were first put, from 1. */
  readonly number: number;
  readonly title: string;
  /** The standing answer in words. */
  readonly answer: string;
  /** True for *could not check*: a hole, never fine. */
  readonly hole: boolean;
  /** True when an earlier answer was superseded or withdrawn. */
  readonly changed: boolean;
  readonly observation: Observation;
}

/** The checks with a standing answer, in the order in which they were first put. `checks`: those known by their words. */
export function checkPath(
  observations: readonly Observation[],
  checks: readonly Check[],
): readonly PathStep[] {
  const order = [...new Set(observations.map(({ check }) => check))];
  return order
    .flatMap((id) => {
      const own = observations.filter(({ check }) => check === id);
      const observation = own.findLast(({ status }) => status === 'standing');
      return observation === undefined ? [] : [{ observation, changed: own.length > 1 }];
    })
    .map(({ observation, changed }, at) => {
      const check = checks.find(({ id }) => id === observation.check);
      return {
        check: observation.check,
        number: at + 1,
        title: check?.title ?? observation.check,
        answer: answerWords(observation, check),
        hole: observation.answers.includes(WAY_OUT),
        changed,
        observation,
      };
    });
}

/** The answers of an observation in words; a number stands in place of the answer that carries it. */
function answerWords(
  { answers, number }: Pick<Observation, 'answers' | 'number'>,
  check: Check | undefined,
): string {
  const words = answers.map((id) => {
    const answer = check?.answers.find((one) => one.id === id);
    if (answer?.number === true && number !== null)
      return `${number} ${check?.asksNumber?.unit ?? ''}`.trim();
    return answer?.label ?? id;
  });
  return words.join(', ');
}

/**
 * The check that *Back* leads to: the one before `current` on the path, or the last when `current` has not been
 * answered. Null when there is none before it.
 */
export function stepBack(path: readonly PathStep[], current: string | null): string | null {
  const at = path.findIndex(({ check }) => check === current);
  const before = at === -1 ? path.at(-1) : path[at - 1];
  return before?.check ?? null;
}

/** The observation that *Undo* withdraws: the latest that stands. */
export function lastStanding(observations: readonly Observation[]): Observation | undefined {
  return observations.findLast(({ status }) => status === 'standing');
}
