import type { Condition, Playbook } from './definition.ts';

type Titles = Pick<Playbook, 'checks'>;

/**
 * A condition as a person reads it: `Our recent changes: anything but “Nothing changed”`, `How wide it is: “One region” or
 * “Everywhere”`. Ids stand for what the playbook does not know.
 */
export function conditionWords({ checks }: Titles, condition: Condition): string {
  const check = checks.find(({ id }) => id === condition.check);
  const ids = 'is' in condition ? condition.is : condition.isNot;
  const labels = ids.map((id) => `“${check?.answers.find((answer) => answer.id === id)?.label ?? id}”`);
  const last = labels.at(-1) ?? '';
  const either = labels.length < 2 ? last : `${labels.slice(0, -1).join(', ')} or ${last}`;
  return `${check?.title ?? condition.check}: ${'is' in condition ? either : `anything but ${either}`}`;
}

/** All conditions of a gate, joined; empty for a gate that is always open. */
export function gateWords(playbook: Titles, conditions: readonly Condition[] | undefined): string {
  return (conditions ?? []).map((one) => conditionWords(playbook, one)).join('; ');
}
