import { COULD_NOT_CHECK, type Check } from '../playbook/definition.ts';
import { indexOf } from '../playbook/lookup.ts';
import type { VerdictLabel } from '../sides.ts';
import { balanceOf, standingWith, suppose, type Balance } from './balance.ts';
import { declarationFor } from './declaration.ts';
import type { ObservedAnswer, TurnTogether } from './model.ts';
import { changeOf } from './turns.ts';

/** So many of the changes that move most are tried as the first of two, and as the second. */
const FIRSTS = 4;
const SECONDS = 12;

interface Candidate {
  readonly check: Check;
  readonly seen: ObservedAnswer;
  readonly instead: ObservedAnswer;
  readonly moved: number;
}

/**
 * Two given answers that would turn the verdict when both were given differently; for a verdict that no single answer turns. Of
 * those tried, the two that move the probabilities least; null when none of them does. A *could not check* is no second thought.
 */
export function turnTogether(balance: Balance, verdict: VerdictLabel): TurnTogether | null {
  const candidates = candidatesOf(balance);
  let best: { readonly turn: TurnTogether; readonly moved: number } | null = null;
  for (const [at, first] of candidates.slice(0, FIRSTS).entries()) {
    const standing = new Map(balance.standing).set(first.check.id, first.instead);
    const after = balanceOf(balance.playbook, balance.provider, standing);
    for (const second of candidates.slice(at + 1, SECONDS)) {
      if (second.check.id === first.check.id) continue;
      const { probabilities } = suppose(after, second.check, second.instead);
      const both = standingWith(standing, second.check.id, second.instead);
      const declaration = declarationFor(balance.playbook, balance.prior, both, probabilities);
      const turned: VerdictLabel = declaration.declared ? declaration.leading : 'inconclusive';
      const moved = first.moved + second.moved;
      if (turned === verdict || (best !== null && moved >= best.moved)) continue;
      const changes = [
        changeOf(first.check, first.seen, first.instead),
        changeOf(second.check, second.seen, second.instead),
      ] as const;
      best = { turn: { changes, verdict: turned }, moved };
    }
  }
  return best?.turn ?? null;
}

/** Every other answer to what was answered, the ones that move most first. */
function candidatesOf(balance: Balance): readonly Candidate[] {
  const { checks } = indexOf(balance.playbook);
  const candidates: Candidate[] = [];
  for (const [id, seen] of balance.standing) {
    const check = checks.get(id);
    if (check === undefined || seen.answers.includes(COULD_NOT_CHECK)) continue;
    for (const answer of check.answers) {
      if (answer.number || answer.id === COULD_NOT_CHECK || seen.answers.includes(answer.id)) continue;
      const instead = { check: id, answers: [answer.id], minute: seen.minute, evidence: seen.evidence };
      const { probabilities } = suppose(balance, check, instead);
      const moved = probabilities.reduce(
        (sum, one, at) => sum + Math.abs(one - (balance.probabilities[at] ?? 0)),
        0,
      );
      candidates.push({ check, seen, instead, moved });
    }
  }
  return candidates.sort((a, b) => b.moved - a.moved);
}
