import { ROLE_NAMES } from '../escalation/contact.ts';
import { minutesBetween } from '../time.ts';
import type { Lane } from './model.ts';
import {
  labelled,
  laneOfVerdict,
  linesOf,
  type Recorded,
  type Sentence,
  type SentenceContext,
} from './sentence.ts';
import { counted, sinceOnset, utcText, VERDICT_WORDS } from './words.ts';

export function escalationSentence(
  { data }: Recorded<'escalation.started'>,
  { onset }: SentenceContext,
): Sentence {
  return {
    lane: laneOfVerdict(data.verdict),
    kind: 'escalation',
    title: `Escalation started for ${VERDICT_WORDS[data.verdict]}: ${counted(data.levels.length, 'level', 'levels')}`,
    detail: data.levels.map(({ title, who, due, contacts }) => {
      const names =
        contacts.length === 0 ? 'no contact is known' : contacts.map(({ name }) => name).join(', ');
      const by = `${utcText(due)} (${sinceOnset(minutesBetween(onset, due))})`;
      return `${title}: ${ROLE_NAMES[who]} (${names}) by ${by}`;
    }),
  };
}

export function pageSentence({ data, at }: Recorded<'page.recorded'>, context: SentenceContext): Sentence {
  const level = context.before?.escalation?.levels.find(({ id }) => id === data.levelId);
  const step = level?.title ?? data.levelId;
  const whom = data.contactName.trim() || 'Somebody';
  const titles = {
    answered: `${whom} answered: ${step}`,
    no_answer: `${whom} did not answer: ${step}`,
    done: `Done: ${step}`,
  };
  const late = level !== undefined && data.outcome !== 'no_answer' && at > level.due;
  return {
    lane: escalationLane(context),
    kind: 'escalation',
    title: titles[data.outcome],
    detail: [
      ...(data.outcome === 'done' ? labelled('With', data.contactName) : []),
      ...linesOf(data.note),
      ...(late ? [`After the deadline of ${utcText(level.due)}`] : []),
    ],
  };
}

export function deadlineSentence({ data }: Recorded<'deadline.passed'>, context: SentenceContext): Sentence {
  return {
    lane: escalationLane(context),
    kind: 'deadline',
    title: `Deadline passed, nobody reached: ${data.title}`,
    detail: [`It was due ${utcText(data.due)} (${sinceOnset(minutesBetween(context.onset, data.due))})`],
  };
}

export function scoreSentence({ data }: Recorded<'drill.finished'>): Sentence {
  return {
    lane: 'line',
    kind: 'drill',
    title: `Drill finished: ${data.points} of ${data.outOf} points`,
    detail: [
      `The truth: ${VERDICT_WORDS[data.truth]}; the verdict given: ${VERDICT_WORDS[data.verdict]}`,
      ...data.lines.map(({ what, points, outOf, why }) => `${what}: ${points} of ${outOf}. ${why}`),
    ],
  };
}

function escalationLane({ before }: SentenceContext): Lane {
  return before?.escalation ? laneOfVerdict(before.escalation.verdict) : 'line';
}
