import type { DrillScore } from '../incident/events.ts';
import { standingObservations, type IncidentState, type Observation } from '../incident/state.ts';
import { COULD_NOT_CHECK, type Playbook } from '../playbook/definition.ts';
import { indexOf } from '../playbook/lookup.ts';
import type { VerdictLabel } from '../sides.ts';
import { minutesBetween } from '../time.ts';
import type { GoodAnswer, Scenario } from './scenario.ts';

type ScoreLine = DrillScore['lines'][number];

/** What each part of a drill is worth, out of 100. A wrong side named costs, so that guessing does not pay. */
const WORTH = { verdict: 40, time: 15, sides: 10, holes: 10, answers: 15, escalation: 10 } as const;
const WRONG_SIDE_COSTS = 20;
const GUESS_COSTS = 3;
/** From this multiple of the target on, an accepted verdict earns nothing for time. */
const LATEST = 3;
/** Fewer checks than this cannot earn all the points for good answers. */
const LEAST_CHECKS = 4;

/**
 * The honest score of a drill as its incident stands: a line for each part, with why. The playbook says to which side a
 * check belongs. Only an accepted verdict counts, and the points may be negative.
 */
export function scoreDrill(scenario: Scenario, state: IncidentState, playbook: Playbook): DrillScore {
  const verdict = state.accepted?.verdict ?? 'inconclusive';
  const minutesToVerdict = state.accepted === null ? null : minutesBetween(scenario.onset, state.accepted.at);
  const looked = standingObservations(state).map((seen) => look(scenario, seen));
  const lines: readonly ScoreLine[] = [
    verdictLine(scenario, state),
    timeLine(scenario, state, minutesToVerdict),
    sidesLine(state, playbook),
    holesLine(looked),
    answersLine(looked),
    escalationLine(scenario, state),
  ];
  return {
    truth: scenario.truth.verdict,
    verdict,
    correct: state.accepted !== null && verdict === scenario.truth.verdict,
    minutesToVerdict: minutesToVerdict === null ? null : Math.round(minutesToVerdict),
    points: sum(lines.map(({ points }) => points)),
    outOf: sum(lines.map(({ outOf }) => outOf)),
    lines: [...lines],
  };
}

const WORDS: Readonly<Record<VerdictLabel, string>> = {
  provider: 'provider',
  customer: 'customer',
  shared: 'shared',
  third_party: 'third party',
  inconclusive: 'inconclusive',
};

function verdictLine({ truth }: Scenario, { accepted }: IncidentState): ScoreLine {
  const line = { what: 'The verdict', outOf: WORTH.verdict };
  if (accepted === null)
    return { ...line, points: 0, why: `None was accepted. It was ${WORDS[truth.verdict]}.` };
  const given = WORDS[accepted.verdict];
  if (accepted.verdict === truth.verdict) return { ...line, points: WORTH.verdict, why: `It was ${given}.` };
  if (truth.accept.includes(accepted.verdict)) {
    const why = `${given} can be defended; the truth was ${WORDS[truth.verdict]}.`;
    return { ...line, points: WORTH.verdict / 2, why: sentence(why) };
  }
  if (accepted.verdict === 'inconclusive') {
    return { ...line, points: 0, why: `Left open. It was ${WORDS[truth.verdict]}.` };
  }
  const why = `${given} was named; it was ${WORDS[truth.verdict]}. A wrong side costs: the wrong people were woken.`;
  return { ...line, points: -WRONG_SIDE_COSTS, why: sentence(why) };
}

function timeLine(
  { truth, expected }: Scenario,
  { accepted }: IncidentState,
  minutes: number | null,
): ScoreLine {
  const line = { what: 'Time to the verdict', outOf: WORTH.time };
  const target = expected.verdictByMinute;
  if (accepted === null || minutes === null) return { ...line, points: 0, why: 'No verdict was accepted.' };
  if (accepted.verdict !== truth.verdict && !truth.accept.includes(accepted.verdict)) {
    return { ...line, points: 0, why: 'A verdict that does not hold earns nothing for speed.' };
  }
  const late = Math.max(0, minutes - target) / (target * (LATEST - 1));
  const points = Math.max(0, Math.round(WORTH.time * (1 - late)));
  return {
    ...line,
    points,
    why: `Accepted at T+${Math.round(minutes)} min; the target was T+${target} min.`,
  };
}

function sidesLine(state: IncidentState, playbook: Playbook): ScoreLine {
  const { checks } = indexOf(playbook);
  const until = state.accepted?.at;
  const sides = new Set(
    standingObservations(state)
      .filter((seen) => !isHole(seen) && (until === undefined || seen.at <= until))
      .map(({ check }) => checks.get(check)?.side),
  );
  const missing = (['provider', 'customer'] as const).filter((side) => !sides.has(side));
  const why =
    missing.length === 0
      ? 'Both sides were looked at before the verdict.'
      : `Before the verdict nothing was found out on the side of the ${missing.join(' and the ')}.`;
  const points = WORTH.sides - (missing.length * WORTH.sides) / 2;
  return { what: 'Both sides looked at', points, outOf: WORTH.sides, why };
}

/** What an answer is worth: agreeing, differing, a guess where nothing could be known yet, or a named hole. */
type Look = 'agrees' | 'differs' | 'guess' | 'hole';

function look({ onset, expected }: Scenario, seen: Observation): Look {
  if (isHole(seen)) return 'hole';
  const minute = minutesBetween(onset, seen.at);
  const good = knownAt(expected.goodAnswers, seen.check, minute);
  if (good === undefined) return 'guess';
  return seen.answers.every((answer) => good.answers.includes(answer)) ? 'agrees' : 'differs';
}

/** The newest of the good answers that could be had by then. */
function knownAt(answers: readonly GoodAnswer[], check: string, minute: number): GoodAnswer | undefined {
  return answers.reduce<GoodAnswer | undefined>((best, next) => {
    if (next.check !== check || next.fromMinute > minute) return best;
    return best === undefined || next.fromMinute >= best.fromMinute ? next : best;
  }, undefined);
}

function holesLine(looked: readonly Look[]): ScoreLine {
  const line = { what: 'Holes named, not guessed', outOf: WORTH.holes };
  if (looked.length === 0) return { ...line, points: 0, why: 'Nothing was checked.' };
  const [holes, guesses] = [countOf(looked, 'hole'), countOf(looked, 'guess')];
  const named = `${holes} could not be checked, and ${holes === 1 ? 'was' : 'were'} said so.`;
  if (guesses === 0)
    return { ...line, points: WORTH.holes, why: holes === 0 ? 'No answer was a guess.' : named };
  const points = Math.max(0, WORTH.holes - guesses * GUESS_COSTS);
  const guessed = guesses === 1 ? '1 answer was given' : `${guesses} answers were given`;
  return { ...line, points, why: `${guessed} where the scenario had told nothing yet.` };
}

function answersLine(looked: readonly Look[]): ScoreLine {
  const line = { what: 'Answers that fit what was known', outOf: WORTH.answers };
  const [agree, differ] = [countOf(looked, 'agrees'), countOf(looked, 'differs')];
  if (agree + differ === 0) return { ...line, points: 0, why: 'No answer could be compared.' };
  const points = Math.round((WORTH.answers * agree) / Math.max(LEAST_CHECKS, agree + differ));
  return { ...line, points, why: `${agree} of ${agree + differ} fit what could be known at their minute.` };
}

function escalationLine({ truth }: Scenario, { escalation }: IncidentState): ScoreLine {
  const line = { what: 'Escalation', outOf: WORTH.escalation };
  if (escalation === null) return { ...line, points: 0, why: 'None was started.' };
  if (escalation.verdict !== truth.verdict && !truth.accept.includes(escalation.verdict)) {
    return { ...line, points: 0, why: `It went to the wrong side: ${WORDS[escalation.verdict]}.` };
  }
  const reached = escalation.pages.filter(({ outcome }) => outcome !== 'no_answer');
  const inTime = reached.some((page) =>
    escalation.levels.some((level) => level.id === page.levelId && page.at <= level.due),
  );
  if (inTime) return { ...line, points: WORTH.escalation, why: 'The right side was reached in time.' };
  return reached.length > 0
    ? { ...line, points: 6, why: 'The right side was reached, after the deadline.' }
    : { ...line, points: 4, why: 'Started for the right side, but nobody was reached.' };
}

function isHole({ answers }: Observation): boolean {
  return answers.includes(COULD_NOT_CHECK);
}

function countOf(looked: readonly Look[], kind: Look): number {
  return looked.filter((one) => one === kind).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, next) => total + next, 0);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
