import type { Hypothesis } from '../sides.ts';
import { overOthers } from '../verdict/contributions.ts';
import { leader, ORDER, toVector } from '../verdict/distribution.ts';
import { COULD_NOT_CHECK } from './could-not-check.ts';
import type { Check, Condition, Weight } from './definition.ts';

/** What one answer says by one entry of the table, before caps. */
export interface Saying {
  /** The hypothesis it speaks for most; null when it speaks for none. */
  readonly towards: Hypothesis | null;
  /** By how much over the mean of the others, in log-odds. */
  readonly size: number;
  /** The context in which it says so; empty: in any. */
  readonly given: readonly Condition[];
  readonly reason: string;
  readonly source: string;
}

export interface AnswerMeaning {
  readonly answer: string;
  readonly label: string;
  readonly key: string;
  /** In the order in which they are tried: the first whose context holds counts. Empty: this answer weighs nothing. */
  readonly sayings: readonly Saying[];
}

/** Less than this is no difference. */
const NOTHING = 0.005;

/** What each answer of a check says, as the document's table has it; *could not check* says nothing, always. */
export function meaningsOf(check: Pick<Check, 'answers' | 'weights'>): readonly AnswerMeaning[] {
  return check.answers.map(({ id, label, key }) => ({
    answer: id,
    label,
    key,
    sayings: id === COULD_NOT_CHECK ? [] : check.weights.filter(({ answer }) => answer === id).map(sayingOf),
  }));
}

/** A weight that grows with time or a number is told by its strongest step. */
function sayingOf(weight: Weight): Saying {
  const all = [
    weight.logOdds,
    ...[...(weight.byMinute ?? []), ...(weight.byNumber ?? [])].map((one) => one.logOdds),
  ];
  const strongest = all.map(spoken).reduce((best, one) => (one.size > best.size ? one : best));
  return {
    towards: strongest.size < NOTHING ? null : strongest.towards,
    size: strongest.size,
    given: weight.given ?? [],
    reason: weight.reason,
    source: weight.source,
  };
}

function spoken(logOdds: Weight['logOdds']): { readonly towards: Hypothesis; readonly size: number } {
  const vector = toVector(logOdds);
  const { index } = leader(vector);
  return { towards: ORDER[index], size: overOthers(vector, index) };
}
