import type { Check } from '../../../main/core/playbook/definition.ts';
import type { Suggestion } from '../../../preload/contract/views.ts';
import type { KeyedAnswer } from './answer-keys.ts';

/** What the logs suggest, with the keys to press: `The logs suggest [5]: a network rule changed 12 min before onset.` */
export function suggestionWords(
  { answers, number, why }: Suggestion,
  keys: readonly KeyedAnswer[],
  check: Pick<Check, 'asksNumber'>,
): string {
  const pressed = answers.map((id) => keys.find(({ answer }) => answer.id === id));
  const caps = pressed.map((one) => (one === undefined ? '' : `[${one.key.toUpperCase()}]`)).join(' ');
  const value = number === null ? '' : ` ${number} ${check.asksNumber?.unit ?? ''}`.trimEnd();
  return `The logs suggest ${caps}${value}: ${why}`;
}
