import type { IncidentState } from '../../../main/core/incident/state.ts';
import type { Hypothesis } from '../../../main/core/sides.ts';
import type { Distribution, Judgement } from '../../../main/core/verdict/model.ts';
import { WAY_OUT } from './answer-keys.ts';

/** Where the bar on the line stands. */
export interface LinePicture {
  /** From -1, wholly the provider's, to 1, wholly ours. */
  readonly offset: number;
  /** How much hangs below the line: the third party's probability, 0 to 1. */
  readonly below: number;
}

/** The probabilities as a place on the line: the provider pulls left, we pull right, a third party down. */
export function linePicture({ provider, customer, third_party }: Distribution): LinePicture {
  return { offset: customer - provider, below: third_party };
}

/** True while no answer has said anything: the probabilities are those of such incidents in general. */
export function isUntouched({ contributions }: Pick<Judgement, 'contributions'>): boolean {
  return contributions.length === 0;
}

/** The hypotheses, most probable first; equal ones keep the order of the core. */
export function byProbability(probabilities: Distribution): readonly Hypothesis[] {
  const all: readonly Hypothesis[] = ['provider', 'customer', 'shared', 'third_party'];
  return all.toSorted((a, b) => probabilities[b] - probabilities[a]);
}

/** What moved the bar last. */
export interface Movement {
  readonly text: string;
  readonly towards: Hypothesis | null;
}

const TOWARDS: Readonly<Record<Hypothesis, string>> = {
  provider: 'towards provider',
  customer: 'towards customer',
  shared: 'towards shared',
  third_party: 'towards a third party',
};

/** Contributions smaller than this round to nothing. */
const NOTHING = 0.05;

/** The sentence beside the bar: what the latest answer did. Read from the trail, so it is there after a restart too. */
export function whatMoved(
  state: Pick<IncidentState, 'observations'>,
  judgement: Pick<Judgement, 'contributions' | 'leading'>,
  titleOf: (check: string) => string,
): Movement {
  const last = state.observations.findLast(({ status }) => status !== 'superseded');
  if (last === undefined) return { text: 'Each answer will move the line.', towards: null };
  const title = titleOf(last.check);
  if (last.status === 'withdrawn') return { text: `Answer withdrawn: ${title}.`, towards: null };
  if (last.answers.includes(WAY_OUT))
    return { text: `Could not check “${title}”: nothing moved.`, towards: null };
  const made = judgement.contributions.find(({ check }) => check === last.check);
  if (made === undefined || made.size < NOTHING)
    return { text: `“${title}” speaks for no side: nothing moved.`, towards: null };
  const words = made.answerLabels.join(', ');
  const capped = made.capped ? ', capped with its group' : '';
  // What a cap leaves of an answer may point away from what the answer itself says; as a sentence it would mislead.
  if (made.capped && made.towards !== judgement.leading)
    return {
      text: `${title}: ${words}. Answers like it have said all they may, so it adds little.`,
      towards: null,
    };
  return {
    text: `${signed(made.size)} ${TOWARDS[made.towards]}. ${title}: ${words}${capped}`,
    towards: made.towards,
  };
}

/** `+1.9`, `−0.4`, `0.0` */
function signed(value: number): string {
  const text = Math.abs(value).toFixed(1);
  if (text === '0.0') return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}
