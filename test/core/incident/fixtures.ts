import type { Command } from '../../../main/core/incident/commands.ts';
import { decide, type Stamp } from '../../../main/core/incident/decide.ts';
import type { RecordedEvent } from '../../../main/core/incident/events.ts';
import { evolve } from '../../../main/core/incident/evolve.ts';
import type { IncidentState } from '../../../main/core/incident/state.ts';
import { EvidenceId, FeedId, IncidentId, ObservationId } from '../../../main/core/ids.ts';
import { Playbook } from '../../../main/core/playbook/definition.ts';
import type { AppError } from '../../../main/core/result.ts';
import { addMinutes, Instant } from '../../../main/core/time.ts';

export const ONSET = Instant.parse('2025-06-12T17:51:00.000Z');
export const SHA = 'a'.repeat(64);

/** A playbook of three checks, one per side and one for both, with weights that decide at once. */
export const PLAYBOOK = Playbook.parse({
  schemaVersion: 1,
  id: 'small',
  version: '1.0.0',
  title: 'Small playbook',
  description: 'Three checks.',
  appliesTo: {},
  sources: [{ title: 'Written for the tests' }],
  priors: [
    {
      probabilities: { provider: 0.25, customer: 0.25, shared: 0.25, third_party: 0.25 },
      reason: 'Nothing is known.',
      source: 'Written for the tests',
    },
  ],
  thresholds: { declare: 0.7, margin: 0.3, evidence: 0.5, retryAfterMinutes: 15, reason: 'For the tests.' },
  keyChecks: { provider: ['status'], customer: ['change'] },
  checks: [
    {
      id: 'status',
      title: 'Status page',
      question: 'What does the status page say?',
      why: 'It may say so.',
      side: 'provider',
      answers: [
        { id: 'silent', label: 'Nothing', key: '1' },
        { id: 'matching', label: 'An incident that matches', key: '2' },
      ],
      costMinutes: 1,
      weights: [weight('matching', { provider: 3 }), weight('silent', { provider: -0.2 })],
    },
    {
      id: 'change',
      title: 'Recent change',
      question: 'What did we change?',
      why: 'Most causes are ours.',
      side: 'customer',
      several: true,
      answers: [
        { id: 'none', label: 'Nothing', key: '1', alone: true },
        { id: 'policy', label: 'A policy', key: '2' },
        { id: 'network', label: 'A network rule', key: '3' },
      ],
      costMinutes: 4,
      weights: [
        weight('none', { customer: -2 }),
        weight('policy', { customer: 3 }),
        weight('network', { customer: 2 }),
      ],
    },
    {
      id: 'before',
      title: 'Minutes before',
      question: 'How long before onset was it?',
      why: 'Near is telling.',
      side: 'both',
      answers: [{ id: 'minutes', label: 'Known', key: '1', number: true }],
      asksNumber: { label: 'Before onset', unit: 'minutes' },
      costMinutes: 1,
      weights: [],
    },
  ],
  order: ['status', 'change', 'before'],
  escalation: Object.fromEntries(
    ['provider', 'customer', 'shared', 'third_party', 'inconclusive'].map((verdict) => [
      verdict,
      {
        levels: [
          {
            id: 'first',
            title: 'First call',
            who: 'incident_lead',
            instruction: 'Call.',
            deadlineMinutes: 15,
          },
        ],
      },
    ]),
  ),
});

function weight(answer: string, logOdds: Record<string, number>): object {
  return { answer, logOdds, reason: 'For the tests.', source: 'Written for the tests' };
}

/** Who acts, `minute` minutes after onset, in a zone two hours east. */
function stampAt(minute: number, actor = 'a.ruiz'): Stamp {
  return { at: addMinutes(ONSET, minute), offsetMinutes: 120, actor };
}

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

export const DECLARE: CommandOf<'declare'> = {
  type: 'declare',
  id: IncidentId.parse('i-1'),
  mode: 'live',
  scope: {
    title: 'Checkout errors',
    onset: ONSET,
    provider: 'gcp',
    services: ['Cloud Run'],
    regions: ['europe-west1'],
    severity: 1,
    workload: 'shop',
    lead: 'a.ruiz',
  },
  playbook: { id: 'small', version: '1.0.0', sha256: SHA },
  drill: null,
};

export const DRILL: CommandOf<'declare'> = {
  ...DECLARE,
  mode: 'drill',
  drill: {
    scenarioId: 'small-scenario',
    scenarioTitle: 'A small scenario',
    scenarioSha256: SHA,
    speed: 10,
    virtualStart: ONSET,
    realStart: Instant.parse('2026-01-06T10:00:00.000Z'),
    durationMinutes: 120,
  },
};

export function answer(
  id: string,
  check: string,
  answers: readonly string[],
  more: Partial<CommandOf<'answer'>> = {},
): CommandOf<'answer'> {
  const observationId = ObservationId.parse(id);
  return {
    type: 'answer',
    observationId,
    check,
    answers: [...answers],
    number: null,
    note: '',
    evidence: [],
    ...more,
  };
}

export function withdraw(id: string): CommandOf<'withdraw'> {
  return { type: 'withdraw', observationId: ObservationId.parse(id) };
}

export const FILE: CommandOf<'add_evidence'> = {
  type: 'add_evidence',
  evidence: {
    evidenceId: EvidenceId.parse('e-1'),
    kind: 'file',
    side: 'customer',
    name: 'trail.json',
    sha256: SHA,
    size: 1974,
    summary: 'CloudTrail, 12 records',
  },
};

type Reading = CommandOf<'read_feed'>['reading'];

export function reading(changes: Partial<Reading> = {}): CommandOf<'read_feed'> {
  return {
    type: 'read_feed',
    reading: {
      feedId: FeedId.parse('gcp-status'),
      feedName: 'Google Cloud status',
      kind: 'gcp_incidents',
      state: 'ok',
      reason: '',
      sha256: SHA,
      saying: 'silent',
      matches: [],
      ...changes,
    },
  };
}

export const MATCH: Reading['matches'][number] = {
  nativeId: 'ow5i3PPK96RduMcb1SsW',
  title: 'Several products fail',
  degree: 'matching',
  reason: 'Provider, service, region and time fit.',
  claimedStart: Instant.parse('2025-06-12T19:00:00.000Z'),
  publishedAt: Instant.parse('2025-06-12T19:01:51.000Z'),
  lagMinutes: 71,
  lifecycle: 'open',
};

export const LEVEL: CommandOf<'accept_verdict'>['levels'][number] = {
  id: 'first',
  title: 'Open a support case',
  who: 'provider_support',
  instruction: 'Say what fails and since when.',
  due: addMinutes(ONSET, 45),
  contacts: [],
};

export function accept(
  verdict: CommandOf<'accept_verdict'>['verdict'],
  reason = '',
): CommandOf<'accept_verdict'> {
  return { type: 'accept_verdict', verdict, reason, levels: [LEVEL] };
}

export interface Played {
  readonly state: IncidentState | null;
  readonly events: readonly RecordedEvent[];
  /** What the last command was refused with; null when it was not. */
  readonly refusal: AppError | null;
}

/** One step: minutes after onset, what is asked, and by whom. */
export type Step = readonly [number, Command] | readonly [number, Command, string];

/** Carries out commands one after the other, as a service does; a refused one changes nothing. */
export function play(steps: readonly Step[], playbook = PLAYBOOK): Played {
  let played: Played = { state: null, events: [], refusal: null };
  for (const [minute, command, actor] of steps) {
    const stamp = stampAt(minute, actor);
    const decision = decide(played.state, command, playbook, stamp);
    if (!decision.ok) {
      played = { ...played, refusal: decision.error };
      continue;
    }
    const recorded = decision.value.map((one): RecordedEvent => ({ ...one, ...stamp }));
    played = {
      state: recorded.reduce<IncidentState | null>(evolve, played.state),
      events: [...played.events, ...recorded],
      refusal: null,
    };
  }
  return played;
}

/** The state after the steps; throws when nothing was declared. */
export function stateAfter(steps: readonly Step[], playbook = PLAYBOOK): IncidentState {
  const { state } = play(steps, playbook);
  if (state === null) throw new Error('nothing was declared');
  return state;
}
