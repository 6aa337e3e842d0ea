import type { Check } from '../../../main/core/playbook/definition.ts';
import type { KeyedAnswer } from './answer-keys.ts';
import type { AtHand } from './at-hand.ts';

const WHO = { logs: 'The logs suggest', findings: 'The findings suggest', feeds: 'The feeds say' } as const;

/** What is at hand, with the keys to press: `The logs suggest [5]: a network rule changed 12 min before onset.` */
export function suggestionWords(
  { from, answers, number, why }: Pick<AtHand, 'from' | 'answers' | 'number' | 'why'>,
  keys: readonly KeyedAnswer[],
  check: Pick<Check, 'asksNumber'>,
): string {
  // A suggested number goes with the answer that carries one, named or not.
  const pressed = keys.filter(
    ({ answer }) => answers.includes(answer.id) || (number !== null && answer.number),
  );
  const caps = pressed.map(({ key }) => `[${key.toUpperCase()}]`);
  const value = number === null ? [] : [String(number), check.asksNumber?.unit ?? ''];
  return `${WHO[from]} ${[...caps, ...value].filter((part) => part !== '').join(' ')}: ${why}`;
}
