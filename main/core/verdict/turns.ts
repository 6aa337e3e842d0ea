import { COULD_NOT_CHECK, type Check } from '../playbook/definition.ts';
import { indexOf } from '../playbook/lookup.ts';
import type { VerdictLabel } from '../sides.ts';
import { standingWith, suppose, type Balance } from './balance.ts';
import { declarationFor } from './declaration.ts';
import type { ObservedAnswer, Turn, TurnChange } from './model.ts';

/** Single changes of one given answer that would change the verdict, smallest movement of probabilities first. */
export function turnsOf(balance: Balance, verdict: VerdictLabel): readonly Turn[] {
  const { checks } = indexOf(balance.playbook);
  const found: { turn: Turn; moved: number }[] = [];
  for (const [id, seen] of balance.standing) {
    const check = checks.get(id);
    if (check === undefined) continue;
    for (const answer of check.answers) {
      if (answer.number || (seen.answers.length === 1 && seen.answers[0] === answer.id)) continue;
      const instead: ObservedAnswer = {
        check: id,
        answers: [answer.id],
        minute: seen.minute,
        evidence: seen.evidence,
      };
      const { probabilities } = suppose(balance, check, instead);
      const declaration = declarationFor(
        balance.playbook,
        balance.prior,
        standingWith(balance.standing, id, instead),
        probabilities,
      );
      const turned: VerdictLabel = declaration.declared ? declaration.leading : 'inconclusive';
      if (turned === verdict) continue;
      found.push({
        turn: { ...changeOf(check, seen, instead), verdict: turned },
        moved: distance(probabilities, balance.probabilities),
      });
    }
  }
  return found
    .sort(
      (a, b) =>
        Number(a.turn.to === COULD_NOT_CHECK) - Number(b.turn.to === COULD_NOT_CHECK) || a.moved - b.moved,
    )
    .map(({ turn }) => turn);
}

/** A change of one answer in words. */
export function changeOf(check: Check, seen: ObservedAnswer, instead: ObservedAnswer): TurnChange {
  const [to = ''] = instead.answers;
  const toLabel = check.answers.find(({ id }) => id === to)?.label ?? to;
  return { check: check.id, question: check.question, from: wordsFor(check, seen), to, toLabel };
}

function wordsFor(check: Check, seen: ObservedAnswer): string {
  return seen.answers.map((id) => check.answers.find((answer) => answer.id === id)?.label ?? id).join(', ');
}

function distance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0);
}
