import type { Check } from '../playbook/definition.ts';
import { capFactor, type Balance } from './balance.ts';
import { isHole } from './conditions.ts';
import { leader, ORDER, reach, scale, toDistribution, type Vector } from './distribution.ts';
import type { Contribution } from './model.ts';

/** What each answered check adds after caps, largest first. With the prior, their sum is the posterior's log-odds. */
export function contributionsOf(balance: Balance): readonly Contribution[] {
  const contributions: Contribution[] = [];
  for (const check of balance.playbook.checks) {
    const contribution = contributionOf(balance, check);
    if (contribution !== null) contributions.push(contribution);
  }
  return contributions.sort((a, b) => b.size - a.size);
}

function contributionOf(balance: Balance, check: Check): Contribution | null {
  const seen = balance.standing.get(check.id);
  const weighed = balance.weighed.get(check.id);
  if (seen === undefined || weighed === undefined || isHole(balance.standing, check.id)) return null;
  const factor = capFactor(balance, check);
  const logOdds = scale(weighed.logOdds, factor);
  const { index } = leader(logOdds);
  return {
    check: check.id,
    question: check.question,
    answers: seen.answers,
    answerLabels: seen.answers.map((id) => check.answers.find((answer) => answer.id === id)?.label ?? id),
    group: check.group ?? null,
    logOdds: toDistribution(logOdds),
    towards: ORDER[index],
    size: overOthers(logOdds, index),
    capped: factor < 1 && reach(weighed.logOdds) > 0,
    minute: seen.minute,
    reason: weighed.reasons.join(' ') || 'This answer speaks for no side.',
    source: weighed.sources.join('; ') || sourceOf(balance),
    evidence: seen.evidence,
  };
}

/** Where it stands that an answer is not weighed: in the playbook itself, which lists every weight it has. */
function sourceOf({ playbook }: Balance): string {
  return `The playbook ${playbook.title} ${playbook.version}, which gives this answer no weight`;
}

/** How far one hypothesis stands over the mean of the other three. */
export function overOthers(of: Vector, index: 0 | 1 | 2 | 3): number {
  const sum = of[0] + of[1] + of[2] + of[3];
  return of[index] - (sum - of[index]) / 3;
}
