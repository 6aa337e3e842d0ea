import type { Escalation } from '../escalation/escalation.ts';
import type { EvidenceId, IncidentId, ObservationId } from '../ids.ts';
import type { VerdictLabel } from '../sides.ts';
import type { Instant } from '../time.ts';
import type { DrillScore, DrillSetup, EventData, PlaybookReference, Scope } from './events.ts';

export interface Observation extends EventData<'observation.recorded'> {
  readonly at: Instant;
  readonly by: string;
  /** `standing` counts; the others are kept as they were. */
  readonly status: 'standing' | 'superseded' | 'withdrawn';
}

export interface FeedView extends EventData<'feed.read'> {
  readonly at: Instant;
  /** What the feed said when it last answered readably: it stays while the feed cannot be read. */
  readonly lastGood: (Pick<EventData<'feed.read'>, 'saying' | 'matches'> & { readonly at: Instant }) | null;
}

export interface EvidenceView extends EventData<'evidence.added'> {
  readonly at: Instant;
  readonly by: string;
}

export interface AcceptedVerdict extends EventData<'verdict.accepted'> {
  readonly at: Instant;
  readonly by: string;
}

export interface VerdictMoment extends EventData<'verdict.changed'> {
  readonly at: Instant;
}

/** Everything the trail of one incident says, folded. Never stored; always derived from the entries. */
export interface IncidentState {
  readonly id: IncidentId;
  readonly mode: 'live' | 'drill';
  readonly drill: DrillSetup | null;
  readonly declaredAt: Instant;
  readonly declaredBy: string;
  /** The one in use. */
  readonly playbook: PlaybookReference;
  /** Those in use before it, oldest first; none twice. */
  readonly earlierPlaybooks: readonly PlaybookReference[];
  readonly scope: Scope;
  readonly status: 'open' | 'closed';
  /** Oldest first, superseded and withdrawn ones too. */
  readonly observations: readonly Observation[];
  readonly feeds: readonly FeedView[];
  readonly evidence: readonly EvidenceView[];
  /** Oldest first. */
  readonly verdicts: readonly VerdictMoment[];
  readonly accepted: AcceptedVerdict | null;
  readonly escalation: Escalation | null;
  readonly score: DrillScore | null;
  /** When the drill was ended and scored, on its own clock, which stands still from then on. */
  readonly scoredAt: Instant | null;
  /** Number of entries folded in. */
  readonly entries: number;
}

/** The observation that counts for `check`, if there is one. */
export function standing(state: IncidentState, check: string): Observation | undefined {
  return state.observations.findLast((one) => one.check === check && one.status === 'standing');
}

/** The observations that count, oldest first. */
export function standingObservations(state: IncidentState): Observation[] {
  return state.observations.filter((one) => one.status === 'standing');
}

export function observationById(state: IncidentState, id: ObservationId): Observation | undefined {
  return state.observations.find((one) => one.observationId === id);
}

export function hasEvidence(state: IncidentState, id: EvidenceId): boolean {
  return state.evidence.some((one) => one.evidenceId === id);
}

/** The verdict as last recorded; null before the first judgement. */
export function currentVerdict(state: IncidentState): VerdictLabel | null {
  return state.verdicts.at(-1)?.verdict ?? null;
}
