import type { Check, Playbook } from '../playbook/definition.ts';
import type { Hypothesis } from '../sides.ts';
import { minutesBetween, type Instant } from '../time.ts';
import { judge } from '../verdict/judge.ts';
import type { Distribution, Facts, Judgement } from '../verdict/model.ts';
import type { Command } from './commands.ts';
import { event, type EventOf } from './events.ts';
import { standingObservations, type IncidentState } from './state.ts';

/** The facts of an incident as the engine may see them at `now`. */
export function factsOf(state: IncidentState, now: Instant): Facts {
  return {
    provider: state.scope.provider,
    nowMinute: minutesBetween(state.scope.onset, now),
    observations: standingObservations(state).map((one) => ({
      check: one.check,
      answers: one.answers,
      ...(one.number === null ? {} : { number: one.number }),
      minute: minutesBetween(state.scope.onset, one.at),
      evidence: one.evidence,
    })),
  };
}

/** The engine's view of an incident at `now`. */
export function judgementOf(state: IncidentState, playbook: Playbook, now: Instant): Judgement {
  return judge(playbook, factsOf(state, now));
}

const ROUNDING = 10_000;

/**
 * The `verdict.changed` event that follows from `command`, or null when the verdict stands as it was. A first
 * judgement counts as a change; the probabilities alone do not.
 */
export function verdictChange(
  after: IncidentState,
  playbook: Playbook,
  command: Command,
  at: Instant,
): EventOf<'verdict.changed'> | null {
  if (!(['answer', 'withdraw', 'amend', 'switch_playbook'] as const).some((type) => type === command.type))
    return null;
  const { verdict, declared, leading, probabilities } = judgementOf(after, playbook, at);
  const previous = after.verdicts.at(-1);
  if (command.type === 'switch_playbook' && previous === undefined) return null;
  if (previous && sameView(previous, { verdict, declared, leading, probabilities })) return null;
  return event('verdict.changed', {
    verdict,
    declared,
    leading,
    probabilities: roundedProbabilities(probabilities),
    previous: previous?.verdict ?? null,
    because: causeOf(command, after, playbook.checks),
  });
}

type View = Pick<Judgement, 'verdict' | 'declared' | 'leading' | 'probabilities'>;

function sameView(before: View, now: View): boolean {
  return before.verdict === now.verdict && before.declared === now.declared && before.leading === now.leading;
}

/** Probabilities go into the trail with four decimals: more would claim a precision nobody has. */
export function roundedProbabilities({ provider, customer, shared, third_party }: Distribution): {
  [H in Hypothesis]: number;
} {
  return {
    provider: round(provider),
    customer: round(customer),
    shared: round(shared),
    third_party: round(third_party),
  };
}

function round(probability: number): number {
  return Math.round(probability * ROUNDING) / ROUNDING;
}

function causeOf(command: Command, after: IncidentState, checks: readonly Check[]): string {
  if (command.type === 'switch_playbook') return `The playbook is now ${command.title}.`;
  if (command.type === 'amend') return 'What the incident is about was amended.';
  const id =
    command.type === 'answer'
      ? command.check
      : after.observations.find(
          (one) => command.type === 'withdraw' && one.observationId === command.observationId,
        )?.check;
  const check = checks.find((one) => one.id === id);
  if (!check) return 'An answer changed.';
  if (command.type !== 'answer') return `Answer withdrawn: ${check.title}`;
  const labels = command.answers.map(
    (answer) => check.answers.find((one) => one.id === answer)?.label ?? answer,
  );
  return `${check.title}: ${labels.join(', ')}`;
}
