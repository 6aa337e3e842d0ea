import type { Playbook } from '../playbook/definition.ts';
import { holds, isAnswered, type Standing } from './conditions.ts';
import type { SpreadFinding } from './model.ts';

/** Whose design let the failure spread, from the playbook's spread signs: a question apart from who triggered it. */
export function spreadOf(playbook: Playbook, standing: Standing): SpreadFinding {
  const signs = playbook.spread.filter(
    (sign) =>
      isAnswered(standing, sign.check) &&
      standing.get(sign.check)?.answers.includes(sign.answer) === true &&
      holds(sign.given, standing),
  );
  const found = signs.find(({ side }) => side !== 'none');
  if (found !== undefined && found.side !== 'none') return { side: found.side, reason: found.reason };
  const ruledOut = signs[0];
  if (ruledOut !== undefined) return { side: 'not_indicated', reason: ruledOut.reason };
  return playbook.spread.some(({ check }) => isAnswered(standing, check))
    ? { side: 'not_indicated', reason: 'Nothing found says that a design let the failure spread.' }
    : { side: 'not_yet_looked_at', reason: 'Redundancy and failover have not been looked at yet.' };
}
