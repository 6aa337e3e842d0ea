import { HYPOTHESES } from '../../core/playbook/definition.ts';
import type { Report } from '../../core/report/model.ts';
import {
  HYPOTHESIS_WORDS,
  percent,
  probabilitiesText,
  sinceOnset,
  VERDICT_WORDS,
} from '../../core/report/words.ts';
import type { Contribution } from '../../core/verdict/model.ts';
import { joined, momentText } from './markdown-moment.ts';
import { table, text } from './markdown-text.ts';
import type { Section } from './markdown-section.ts';

/** What the engine holds, what a person accepted, and what is missing for a declaration. */
export function verdictSection({ verdict }: Report): Section {
  const engine = verdict.declared
    ? `The engine holds: **${VERDICT_WORDS[verdict.verdict]}**.`
    : `The engine holds: **inconclusive**. ${HYPOTHESIS_WORDS[verdict.leading]} is in front.`;
  return {
    heading: 'Verdict',
    lines: [
      ...acceptedLines(verdict.accepted),
      `${engine} Triggered by: ${VERDICT_WORDS[verdict.trigger]}. Spread: ${text(verdict.spread.reason)}`,
      '',
      ...table(
        HYPOTHESES.map((side) => HYPOTHESIS_WORDS[side]),
        [HYPOTHESES.map((side) => percent(verdict.probabilities[side]))],
      ),
      `Before any check: ${probabilitiesText(verdict.prior)}. ${text(verdict.priorReason)}`,
      '',
      ...verdict.missing.map((what) => `- Missing: ${text(what)}`),
    ],
  };
}

function acceptedLines(accepted: Report['verdict']['accepted']): string[] {
  if (accepted === null) return ['No verdict has been accepted.', ''];
  const { engine } = accepted;
  const held = engine.declared ? VERDICT_WORDS[engine.verdict] : 'inconclusive';
  const by = `${text(accepted.by)}, ${momentText(accepted)}`;
  const reason = accepted.reason === '' ? [] : [`Reason given: ${text(accepted.reason)}`, ''];
  return accepted.overruled
    ? [
        `**Accepted: ${VERDICT_WORDS[accepted.verdict]}**, by ${by}. **The engine was overruled**: it held ${held} (${probabilitiesText(engine.probabilities)}).`,
        '',
        ...reason,
      ]
    : [`**Accepted: ${VERDICT_WORDS[accepted.verdict]}**, by ${by}, as the engine held.`, '', ...reason];
}

/** Every answer that weighed, largest first, with its reason and source. */
export function reasonsSection({ contributions }: Report): Section {
  const rows = contributions.map((one) => [
    text(one.question),
    joined(one.answerLabels, text),
    weightText(one),
    sinceOnset(one.minute),
    one.source === '' ? text(one.reason) : `${text(one.reason)} (${text(one.source)})`,
  ]);
  return {
    heading: 'What led there',
    lines:
      rows.length === 0
        ? ['No answer has weighed yet.']
        : [
            'Each answer in natural-log odds over the mean of the other sides, largest first.',
            '',
            ...table(['Question', 'Answer', 'Towards', 'Looked at', 'Why (source)'], rows),
          ],
  };
}

function weightText({ towards, size, capped }: Contribution): string {
  const rounded = size.toFixed(1);
  return rounded === '0.0'
    ? 'no side'
    : `${HYPOTHESIS_WORDS[towards]} +${rounded}${capped ? ' (capped)' : ''}`;
}

/** What could not be checked, and what was never asked. Neither is ever *fine*. */
export function holesSection({ holes, neverAsked }: Report): Section {
  return {
    heading: 'Holes',
    lines: [
      ...(holes.length === 0
        ? ['No check was out of reach.', '']
        : table(
            ['Could not check', 'Tried', 'By', 'Note'],
            holes.map((hole) => [text(hole.title), momentText(hole), text(hole.by), text(hole.note)]),
          )),
      ...(neverAsked.length === 0 ? [] : [`Never asked: ${joined(neverAsked, text)}.`]),
    ],
  };
}

/** The single answers that would give another verdict. */
export function turnsSection({ turns }: Report): Section {
  const rows = turns.map((turn) => [
    text(turn.question),
    text(turn.from),
    text(turn.toLabel),
    VERDICT_WORDS[turn.verdict],
  ]);
  return {
    heading: 'What would turn it',
    lines:
      rows.length === 0
        ? ['No single answer, changed, would give another verdict.']
        : table(['Question', 'Answered', 'If it were', 'The verdict would be'], rows),
  };
}
