import type { Check } from '../../../main/core/playbook/definition.ts';
import type { Suggestion } from '../../../preload/contract/views.ts';
import type { KeyedAnswer } from './answer-keys.ts';

/** What the logs suggest, with the keys to press: `The logs suggest [5]: a network rule changed 12 min before onset.` */
export function suggestionWords(
  { answers, number, why }: Suggestion,
  keys: readonly KeyedAnswer[],
  check: Pick<Check, 'asksNumber'>,
): string {
  // A suggested number goes with the answer that carries one, named or not.
  const pressed = keys.filter(
    ({ answer }) => answers.includes(answer.id) || (number !== null && answer.number),
  );
  const caps = pressed.map(({ key }) => `[${key.toUpperCase()}]`);
  const value = number === null ? [] : [String(number), check.asksNumber?.unit ?? ''];
  return `The logs suggest ${[...caps, ...value].filter((part) => part !== '').join(' ')}: ${why}`;
}
