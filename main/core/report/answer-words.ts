import type { EventData } from '../incident/events.ts';
import type { Playbook } from '../playbook/definition.ts';
import { COULD_NOT_CHECK } from '../playbook/could-not-check.ts';
import { indexOf } from '../playbook/lookup.ts';

type Answered = Pick<EventData<'observation.recorded'>, 'check' | 'answers' | 'number'>;

/** The title of a check; its id where this playbook does not know it. */
export function checkTitle(playbook: Playbook, check: string): string {
  return indexOf(playbook).checks.get(check)?.title ?? check;
}

/** The labels of the answers given; the ids where this playbook does not know them. */
export function answerLabels(playbook: Playbook, { check, answers }: Answered): string[] {
  const known = indexOf(playbook).checks.get(check)?.answers ?? [];
  return answers.map((answer) => known.find(({ id }) => id === answer)?.label ?? answer);
}

/** The number that goes with an answer, with its unit: `12 minutes`; null where there is none. */
export function answerNumber(playbook: Playbook, { check, number }: Answered): string | null {
  if (number === null) return null;
  const unit = indexOf(playbook).checks.get(check)?.asksNumber?.unit;
  return unit === undefined ? String(number) : `${number} ${unit}`;
}

/** True when the check was tried and could not be made. */
export function isHoleAnswer({ answers }: Answered): boolean {
  return answers.includes(COULD_NOT_CHECK);
}

/** The answer in one line, without the check's title. */
export function answerText(playbook: Playbook, answered: Answered): string {
  if (isHoleAnswer(answered)) return 'could not check';
  const number = answerNumber(playbook, answered);
  const labels = answerLabels(playbook, answered).join(', ');
  return number === null ? labels : `${labels} (${number})`;
}
