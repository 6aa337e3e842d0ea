import { COULD_NOT_CHECK, HYPOTHESES, type Check, type Playbook, type Weight } from './definition.ts';
import { jsonPath, type Fault } from './fault.ts';

/** How far the probabilities of a prior may be from summing to 1. */
const ROUNDING = 0.001;
/** A ground of fewer letters than this says nothing. */
const SHORTEST_GROUND = 8;

/** Weights that lack their grounds, weigh the way out or can never count, and priors that are none. */
export function weightFaults(playbook: Playbook): Fault[] {
  const faults: Fault[] = [];
  if (!playbook.priors.some((one) => one.provider === undefined && one.failureScope === undefined))
    faults.push({
      code: 'prior',
      path: '$.priors',
      message: 'There is no prior for any provider and scope.',
    });
  for (const [at, prior] of playbook.priors.entries()) {
    const sum = HYPOTHESES.reduce((total, hypothesis) => total + prior.probabilities[hypothesis], 0);
    if (Math.abs(sum - 1) > ROUNDING)
      faults.push({
        code: 'prior',
        path: jsonPath('priors', at, 'probabilities'),
        message: `The probabilities sum to ${sum.toFixed(3)}, not to 1.`,
      });
    faults.push(...groundFaults(prior, 'priors', at));
  }
  for (const [at, check] of playbook.checks.entries())
    for (const [which, weight] of check.weights.entries())
      faults.push(
        ...valueFaults(check, weight, which, at),
        ...groundFaults(weight, 'checks', at, 'weights', which),
      );
  return faults;
}

function valueFaults(check: Check, weight: Weight, which: number, at: number): Fault[] {
  const faults: Fault[] = [];
  const say = (field: string, message: string): void => {
    faults.push({ code: 'weight', path: jsonPath('checks', at, 'weights', which, field), message });
  };
  if (weight.answer === COULD_NOT_CHECK) say('answer', 'could_not_check is never weighed.');
  const earlier = check.weights.slice(0, which);
  if (earlier.some((one) => one.answer === weight.answer && (one.given ?? []).length === 0))
    say('answer', `An entry before it already counts for ${weight.answer} whatever else is known.`);
  if (weight.given?.some((one) => one.check === check.id) === true)
    say('given', 'A weight cannot depend on its own check.');
  if (!isRising((weight.byMinute ?? []).map(({ from }) => from)))
    say('byMinute', 'The minutes must rise from step to step.');
  if (!isRising((weight.byNumber ?? []).map(({ upTo }) => upTo)))
    say('byNumber', 'The bounds must rise from band to band.');
  if (weight.byNumber !== undefined && check.asksNumber === undefined)
    say('byNumber', 'The check asks for no number.');
  return faults;
}

function groundFaults(
  grounds: { readonly reason: string; readonly source: string },
  ...place: readonly PropertyKey[]
): Fault[] {
  return (['reason', 'source'] as const)
    .filter((field) => grounds[field].length < SHORTEST_GROUND)
    .map((field) => ({
      code: 'weight',
      path: jsonPath(...place, field),
      message: `The ${field} says too little to be read by a person.`,
    }));
}

function isRising(numbers: readonly number[]): boolean {
  return numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? number));
}
