import { observationById } from '../incident/state.ts';
import { indexOf } from '../playbook/lookup.ts';
import { answerText, checkTitle, isHoleAnswer } from './answer-words.ts';
import type { Lane } from './model.ts';
import { labelled, laneOfSide, laneOfVerdict, linesOf } from './sentence.ts';
import type { Recorded, Sentence, SentenceContext } from './sentence.ts';
import { HYPOTHESIS_WORDS, percent, probabilitiesText, VERDICT_WORDS } from './words.ts';

export function observationSentence(
  { data }: Recorded<'observation.recorded'>,
  { playbook, before }: SentenceContext,
): Sentence {
  const earlier =
    data.supersedes === null || before === null ? undefined : observationById(before, data.supersedes);
  const evidence = data.evidence.map(
    (id) => before?.evidence.find((one) => one.evidenceId === id)?.name ?? id,
  );
  return {
    lane: laneOfCheck(data.check, playbook),
    kind: 'observation',
    title: `${checkTitle(playbook, data.check)}: ${answerText(playbook, data)}`,
    detail: [
      ...(earlier === undefined ? [] : [`Supersedes the answer before: ${answerText(playbook, earlier)}`]),
      ...linesOf(data.note),
      ...labelled('Evidence', evidence.join(', ')),
      ...(isHoleAnswer(data) ? ['A hole: it counts neither for nor against any side.'] : []),
    ],
  };
}

export function withdrawnSentence(
  { data, actor }: Recorded<'observation.withdrawn'>,
  { playbook, before }: SentenceContext,
): Sentence {
  const gone = before === null ? undefined : observationById(before, data.observationId);
  const back = gone?.supersedes && before !== null ? observationById(before, gone.supersedes) : undefined;
  const said = gone === undefined ? '' : `: ${answerText(playbook, gone)}`;
  return {
    lane: laneOfCheck(data.check, playbook),
    kind: 'observation',
    title: `${actor} withdrew an answer: ${checkTitle(playbook, data.check)}${said}`,
    detail: back === undefined ? [] : [`The answer before it stands again: ${answerText(playbook, back)}`],
  };
}

export function verdictSentence({ data }: Recorded<'verdict.changed'>): Sentence {
  const leading = `${HYPOTHESIS_WORDS[data.leading]} leads with ${percent(data.probabilities[data.leading])}`;
  return {
    lane: data.declared ? laneOfVerdict(data.verdict) : 'line',
    kind: 'verdict',
    title: data.declared ? `Verdict: ${VERDICT_WORDS[data.verdict]}` : `Verdict: inconclusive. ${leading}`,
    detail: [
      ...labelled('Because', data.because),
      `Probabilities: ${probabilitiesText(data.probabilities)}`,
      ...(data.previous === null || data.previous === data.verdict
        ? []
        : [`Before: ${VERDICT_WORDS[data.previous]}`]),
    ],
  };
}

export function acceptedSentence({ data, actor }: Recorded<'verdict.accepted'>): Sentence {
  const { engine, verdict } = data;
  const held = engine.declared ? VERDICT_WORDS[engine.verdict] : 'inconclusive';
  const overruled = engine.verdict !== verdict;
  return {
    lane: laneOfVerdict(verdict),
    kind: 'verdict',
    title: overruled
      ? `${actor} overruled the engine: ${VERDICT_WORDS[verdict]}, not ${held}`
      : `${actor} accepted the verdict: ${VERDICT_WORDS[verdict]}`,
    detail: [
      ...linesOf(data.reason),
      `The engine held: ${held} (${probabilitiesText(engine.probabilities)})`,
    ],
  };
}

function laneOfCheck(check: string, playbook: SentenceContext['playbook']): Lane {
  const side = indexOf(playbook).checks.get(check)?.side;
  return side === undefined ? 'line' : laneOfSide(side);
}
