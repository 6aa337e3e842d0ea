import type { RecordedEvent } from '../incident/events.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Playbook } from '../playbook/definition.ts';
import { PROVIDER_NAMES } from '../sides.ts';
import type { Instant } from '../time.ts';
import type { Checkpoint } from '../trail/model.ts';
import type { Judgement } from '../verdict/model.ts';
import { acceptedOf, answersOf, holesOf } from './answers.ts';
import { checkTitle } from './answer-words.ts';
import { escalationOf } from './escalation-log.ts';
import { feedsOf, firstPublicWordOf } from './feed-claims.ts';
import { REPORT_SCHEMA_VERSION, type Moment, type Report, type ReportCustomerSide } from './model.ts';
import type { ReportEvidence, ReportHeader, ReportTrail, ReportVerdict, TrailEntry } from './model.ts';
import { momentOf, type Setting } from './moment.ts';
import { recordedOf, timelineOf } from './timeline.ts';

/** What a report is made of. */
export interface ReportInput {
  readonly state: IncidentState;
  /** The whole trail, in its order. */
  readonly entries: readonly TrailEntry[];
  /** The engine's view at that moment. */
  readonly judgement: Judgement;
  /** The playbook in use, with the checks of those before it: for the words. */
  readonly playbook: Playbook;
  readonly customer: ReportCustomerSide;
  readonly checkpoint: Checkpoint;
  /** e.g. `DM-7`. */
  readonly reference: string;
  /** The moment to report on, on the incident's own clock: a virtual one in a drill. */
  readonly generatedAt: Instant;
}

/**
 * The model that every export renders: all that is known about an incident, in words and with sources. It is never dated before
 * the last entry, even where the clock has gone back since.
 */
export function reportOf(input: ReportInput): Report {
  const { state, entries, judgement, playbook, customer } = input;
  const events = entries.map(recordedOf).filter((event) => event !== null);
  const setting: Setting = {
    state,
    playbook,
    events,
    onset: state.scope.onset,
    home: entries[0]?.offsetMinutes ?? 0,
  };
  const last = entries.at(-1);
  const now = last !== undefined && last.at > input.generatedAt ? last.at : input.generatedAt;
  const asOf = momentOf(setting, now, last?.offsetMinutes);
  const { contributions, turns, unchecked } = judgement;
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    madeAt: input.checkpoint.at,
    asOf,
    header: headerOf(input.reference, setting),
    drill: state.drill === null ? null : { setup: state.drill, score: state.score },
    verdict: verdictOf(judgement, setting),
    contributions,
    answers: answersOf(setting),
    holes: holesOf(setting),
    neverAsked: unchecked.map(({ check }) => checkTitle(playbook, check)),
    turns,
    firstPublicWord: firstPublicWordOf(setting),
    feeds: feedsOf(setting),
    customer: { coverage: customer.coverage, changes: customer.changes, errors: customer.errors },
    escalation: escalationOf(setting, asOf.at),
    evidence: evidenceOf(setting),
    timeline: timelineOf(entries, playbook),
    trail: trailOf(input.checkpoint),
  };
}

function verdictOf(judgement: Judgement, setting: Setting): ReportVerdict {
  const { verdict, declared, leading, probabilities, trigger, spread } = judgement;
  const { prior, priorReason, missing, lookedAt } = judgement;
  const view = {
    verdict,
    declared,
    leading,
    probabilities,
    trigger,
    spread,
    prior,
    priorReason,
    missing,
    lookedAt,
  };
  return { ...view, accepted: acceptedOf(setting) };
}

function headerOf(reference: string, setting: Setting): ReportHeader {
  const { state, events, playbook } = setting;
  const { title, severity, lead, workload, provider, services, regions } = state.scope;
  return {
    id: state.id,
    reference,
    title,
    mode: state.mode,
    status: state.status,
    severity,
    onset: momentOf(setting, state.scope.onset),
    declared: momentOf(setting, state.declaredAt),
    declaredBy: state.declaredBy,
    closed: state.status === 'closed' ? lastMomentOf(setting, events, 'incident.closed') : null,
    lead,
    workload,
    provider,
    providerName: PROVIDER_NAMES[provider],
    services,
    regions,
    playbook: { ...state.playbook, title: playbook.title },
  };
}

function lastMomentOf(
  setting: Setting,
  events: readonly RecordedEvent[],
  type: RecordedEvent['type'],
): Moment | null {
  const event = events.findLast((one) => one.type === type);
  return event === undefined ? null : momentOf(setting, event.at, event.offsetMinutes);
}

function evidenceOf(setting: Setting): ReportEvidence[] {
  const { state, playbook, events } = setting;
  return events.flatMap((event) => {
    if (event.type !== 'evidence.added') return [];
    const supports = state.observations
      .filter(({ status, evidence }) => status === 'standing' && evidence.includes(event.data.evidenceId))
      .map(({ check }) => checkTitle(playbook, check));
    return [
      { ...event.data, ...momentOf(setting, event.at, event.offsetMinutes), by: event.actor, supports },
    ];
  });
}

const FINGERPRINT_DIGITS = 32;

function trailOf(checkpoint: Checkpoint): ReportTrail {
  const { count, head } = checkpoint;
  const groups = head.slice(0, FINGERPRINT_DIGITS).match(/.{4}/g) ?? [];
  return { count, head, fingerprint: groups.join(' '), checkpoint };
}
