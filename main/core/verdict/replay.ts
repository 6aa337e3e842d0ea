import { COULD_NOT_CHECK } from '../playbook/could-not-check.ts';
import type { Playbook } from '../playbook/definition.ts';
import { indexOf } from '../playbook/lookup.ts';
import { judge } from './judge.ts';
import type { Facts, Judgement, ObservedAnswer } from './model.ts';

/** A moment of a replay: after one more observation. */
export interface ReplayedMoment extends Pick<
  Judgement,
  'verdict' | 'declared' | 'leading' | 'probabilities'
> {
  readonly check: string;
  /** Minutes since onset. */
  readonly minute: number;
  /** False when the playbook has not this check or not this answer: it then weighs nothing. */
  readonly known: boolean;
}

/** What a playbook makes of observations that were made with another. */
export interface Replay {
  readonly moments: readonly ReplayedMoment[];
  readonly end: Judgement;
}

/** Puts observations to a playbook one after the other, in the order in which they were made. */
export function replayThrough(playbook: Playbook, facts: Facts): Replay {
  const observations = facts.observations.toSorted((a, b) => a.minute - b.minute);
  const moments = observations.map((one, at): ReplayedMoment => {
    const seen = observations.slice(0, at + 1);
    const { verdict, declared, leading, probabilities } = judge(playbook, {
      ...facts,
      nowMinute: one.minute,
      observations: seen,
    });
    const { check, minute } = one;
    return { check, minute, known: isKnown(playbook, one), verdict, declared, leading, probabilities };
  });
  return { moments, end: judge(playbook, facts) };
}

function isKnown(playbook: Playbook, { check, answers }: ObservedAnswer): boolean {
  const known = indexOf(playbook).checks.get(check);
  return (
    known !== undefined &&
    answers.every((id) => id === COULD_NOT_CHECK || known.answers.some((answer) => answer.id === id))
  );
}
