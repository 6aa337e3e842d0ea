import { overdueLevels } from '../escalation/escalation.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Command } from './commands.ts';
import { event, type IncidentEvent, type RecordedEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { claimChanges } from './feed-claims.ts';
import { hasEvidence, observationById, standing, standingObservations, type IncidentState } from './state.ts';
import type { Playbook } from '../playbook/definition.ts';
import { judgementOf, roundedProbabilities, verdictChange } from './judgement.ts';
import type { Instant } from '../time.ts';

export type Stamp = Pick<RecordedEvent, 'at' | 'offsetMinutes' | 'actor'>;
export type Decision = Result<readonly IncidentEvent[]>;

/**
 * Decides what a command means: the events that follow from it, or a refusal in one sentence. Writes nothing.
 * A command that changes what is known is judged at once, so the verdict's change stands beside its cause.
 * `playbook` is the one in use; for a switch, the one switched to.
 */
export function decide(
  state: IncidentState | null,
  command: Command,
  playbook: Playbook,
  stamp: Stamp,
): Decision {
  const facts = state === null ? decideFirst(command) : decideNext(state, command, playbook, stamp.at);
  if (!facts.ok) return facts;
  const after = facts.value.map((one) => ({ ...one, ...stamp })).reduce<IncidentState | null>(evolve, state);
  const change = after === null ? null : verdictChange(after, playbook, command, stamp.at);
  return ok(change === null ? facts.value : [...facts.value, change]);
}

/** What can still be done to a drill that has its score. */
const AFTER_A_DRILL: ReadonlySet<Command['type']> = new Set([
  'note',
  'record_export',
  'finish_drill',
  'close',
  'reopen',
]);
/** What goes on by itself, and is no mistake of anybody's. */
const QUIETLY_IGNORED: ReadonlySet<Command['type']> = new Set(['read_feed', 'pass_deadlines']);

function refuse(message: string): Decision {
  return fail('refused', message);
}

function decideFirst(command: Command): Decision {
  if (command.type !== 'declare') return fail('not_found', 'This incident has not been declared.');
  const { id, mode, scope, playbook, drill } = command;
  if (mode === 'drill' && drill === null) return refuse('A drill needs a scenario.');
  if (mode === 'live' && drill !== null) return refuse('A live incident has no scenario.');
  return ok([event('incident.declared', { ...scope, id, mode, playbook, drill })]);
}

function decideNext(state: IncidentState, command: Command, playbook: Playbook, at: Instant): Decision {
  if (state.status === 'closed' && !['reopen', 'record_export', 'finish_drill'].includes(command.type)) {
    return refuse('This incident is closed. Reopen it to change it.');
  }
  if (state.score !== null && !AFTER_A_DRILL.has(command.type)) {
    return QUIETLY_IGNORED.has(command.type) ? ok([]) : refuse('This drill is over and scored.');
  }
  switch (command.type) {
    case 'declare':
      return fail('conflict', 'This incident has been declared already.');
    case 'amend':
      return Object.keys(command.changes).length === 0
        ? refuse('Nothing was changed.')
        : ok([event('incident.amended', command.changes)]);
    case 'read_feed':
      return decideReading(state, command);
    case 'add_evidence':
      return hasEvidence(state, command.evidence.evidenceId)
        ? ok([])
        : ok([event('evidence.added', command.evidence)]);
    case 'answer':
      return decideAnswer(state, command, playbook);
    case 'switch_playbook':
      return decideSwitch(state, command);
    case 'withdraw':
      return decideWithdrawal(state, command);
    case 'accept_verdict':
      return decideAcceptance(state, command, playbook, at);
    case 'record_page':
      return decidePage(state, command);
    case 'pass_deadlines':
      return decideDeadlines(state, command);
    case 'note':
      return ok([event('note.added', { text: command.text })]);
    case 'record_export':
      return ok([event('export.made', command.export)]);
    case 'finish_drill':
      if (state.mode !== 'drill') return refuse('Only a drill has a score.');
      return state.score ? ok([]) : ok([event('drill.finished', command.score)]);
    case 'close':
      return ok([event('incident.closed', { summary: command.summary })]);
    case 'reopen':
      return state.status === 'open'
        ? refuse('This incident is open.')
        : ok([event('incident.reopened', { reason: command.reason })]);
  }
}

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** Only what differs from the last reading is worth an entry: a feed is asked every minute. */
function decideReading(state: IncidentState, { reading }: CommandOf<'read_feed'>): Decision {
  const before = state.feeds.find((feed) => feed.feedId === reading.feedId);
  const same =
    before !== undefined &&
    before.state === reading.state &&
    before.saying === reading.saying &&
    before.reason === reading.reason &&
    JSON.stringify(before.matches) === JSON.stringify(reading.matches);
  if (same) return ok([]);
  return ok([event('feed.read', reading), ...claimChanges(before?.lastGood?.matches ?? [], reading)]);
}

function decideAnswer(state: IncidentState, command: CommandOf<'answer'>, playbook: Playbook): Decision {
  if (observationById(state, command.observationId)) {
    return refuse(`The observation ${command.observationId} has been recorded already.`);
  }
  const check = playbook.checks.find((one) => one.id === command.check);
  if (!check) return refuse(`The playbook has no check "${command.check}".`);
  const known = new Set([...check.answers.map((answer) => answer.id), 'could_not_check']);
  const unknown = command.answers.find((answer) => !known.has(answer));
  if (unknown !== undefined) return refuse(`"${check.title}" has no answer "${unknown}".`);
  if (command.answers.length > 1 && (!check.several || command.answers.includes('could_not_check'))) {
    return refuse(`"${check.title}" takes one answer.`);
  }
  const missing = command.evidence.find((id) => !hasEvidence(state, id));
  if (missing !== undefined) return refuse(`The evidence ${missing} is not part of this incident.`);
  const { observationId, answers, number, note, evidence } = command;
  const supersedes = standing(state, command.check)?.observationId ?? null;
  return ok([
    event('observation.recorded', {
      observationId,
      check: check.id,
      answers,
      number,
      note,
      evidence,
      supersedes,
    }),
  ]);
}

function decideSwitch(state: IncidentState, { to, title, reason }: CommandOf<'switch_playbook'>): Decision {
  return to.sha256 === state.playbook.sha256
    ? refuse('This incident follows that playbook already.')
    : ok([event('playbook.switched', { from: state.playbook, to, title, reason })]);
}

function decideWithdrawal(state: IncidentState, { observationId }: CommandOf<'withdraw'>): Decision {
  const observation = observationById(state, observationId);
  if (observation?.status !== 'standing') return refuse('That answer does not stand any more.');
  return ok([event('observation.withdrawn', { observationId, check: observation.check })]);
}

function decideAcceptance(
  state: IncidentState,
  { verdict, reason, levels }: CommandOf<'accept_verdict'>,
  playbook: Playbook,
  at: Instant,
): Decision {
  if (standingObservations(state).length === 0) {
    return refuse('Nothing has been checked yet, so there is no verdict to accept.');
  }
  const { declared, probabilities, ...engine } = judgementOf(state, playbook, at);
  if (verdict !== engine.verdict && reason.trim() === '') {
    return refuse('A verdict other than the engine’s needs a reason.');
  }
  const view = { verdict: engine.verdict, declared, probabilities: roundedProbabilities(probabilities) };
  return ok([
    event('verdict.accepted', { verdict, reason, engine: view }),
    event('escalation.started', { verdict, levels }),
  ]);
}

function decidePage(state: IncidentState, { page }: CommandOf<'record_page'>): Decision {
  const level = state.escalation?.levels.find((one) => one.id === page.levelId);
  return level ? ok([event('page.recorded', page)]) : refuse('That escalation level is not under way.');
}

function decideDeadlines(state: IncidentState, { now }: CommandOf<'pass_deadlines'>): Decision {
  const escalation = state.escalation;
  if (!escalation) return ok([]);
  return ok(
    overdueLevels(escalation, now)
      .filter((level) => !escalation.passed.includes(level.id))
      .map(({ id, title, due }) => event('deadline.passed', { levelId: id, title, due })),
  );
}
