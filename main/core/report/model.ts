import type { ErrorGroup, RankedChange } from '../evidence/model.ts';
import type { LevelStatus } from '../escalation/escalation.ts';
import type { EventMatch, FeedState, Saying } from '../feeds/model.ts';
import type { DrillScore, DrillSetup, EventData, PlaybookReference } from '../incident/events.ts';
import type { EvidenceView, Observation } from '../incident/state.ts';
import type { Provider, VerdictLabel } from '../sides.ts';
import type { Instant } from '../time.ts';
import type { Checkpoint } from '../trail/model.ts';
import type { Contribution, Judgement, Turn } from '../verdict/model.ts';

/** One entry of the trail as it was stored, type and data not yet read: a newer version may have written it. */
export interface TrailEntry {
  /** 1 upwards, per writer. */
  readonly seq: number;
  readonly writer: string;
  /** Hexadecimal. */
  readonly hash: string;
  readonly type: string;
  readonly data: unknown;
  readonly at: Instant;
  /** Minutes east of UTC that the writer's clock showed. */
  readonly offsetMinutes: number;
  readonly actor: string;
}

/** Where on the picture a timeline item belongs: left of the line, right of it, on it, or below it. */
export type Lane = 'provider' | 'customer' | 'line' | 'third_party';

export type TimelineKind =
  | 'incident'
  | 'feed'
  | 'evidence'
  | 'observation'
  | 'verdict'
  | 'escalation'
  | 'deadline'
  | 'note'
  | 'export'
  | 'drill'
  | 'clock'
  | 'unknown';

/** One trail entry as a person reads it. */
export interface TimelineItem {
  readonly seq: number;
  readonly at: Instant;
  /** Minutes east of UTC that the writer's clock showed. */
  readonly offsetMinutes: number;
  readonly actor: string;
  /** Minutes since onset; negative before it. */
  readonly minute: number;
  readonly lane: Lane;
  readonly kind: TimelineKind;
  readonly title: string;
  /** Further lines: the note, reasons, whom, sources with their SHA-256. */
  readonly detail: readonly string[];
  /** True when a later entry supersedes or withdraws it; it is shown struck through, never left out. */
  readonly superseded: boolean;
  /** Hexadecimal hash of the entry. */
  readonly hash: string;
}

/** A moment on the incident's clock: the instant, minutes since onset, and the zone offset its writer saw. */
export interface Moment {
  readonly at: Instant;
  readonly minute: number;
  /** Minutes east of UTC. */
  readonly offsetMinutes: number;
}

/** The version of the report model that the JSON export carries. */
export const REPORT_SCHEMA_VERSION = 1;

/** Everything about one incident that any export renders. Lists are oldest first unless they say otherwise. */
export interface Report {
  readonly schemaVersion: typeof REPORT_SCHEMA_VERSION;
  /** By the wall clock, also for a drill: when its trail's checkpoint was signed. */
  readonly madeAt: Instant;
  /** The moment the report describes, on the incident's own clock: a virtual one in a drill. */
  readonly asOf: Moment;
  readonly header: ReportHeader;
  /** Null for a live incident. */
  readonly drill: { readonly setup: DrillSetup; readonly score: DrillScore | null } | null;
  readonly verdict: ReportVerdict;
  /** Largest first. */
  readonly contributions: readonly Contribution[];
  readonly answers: readonly ReportAnswer[];
  readonly holes: readonly ReportHole[];
  /** Checks of the playbook that were never put, by title. */
  readonly neverAsked: readonly string[];
  readonly turns: readonly Turn[];
  /** The provider's first word that fits this incident; null while it has said none. */
  readonly firstPublicWord: FirstPublicWord | null;
  readonly feeds: readonly ReportFeed[];
  readonly customer: ReportCustomerSide;
  readonly escalation: ReportEscalation | null;
  readonly evidence: readonly ReportEvidence[];
  readonly timeline: readonly TimelineItem[];
  readonly trail: ReportTrail;
}

export interface ReportHeader {
  readonly id: string;
  /** e.g. `DM-7`. */
  readonly reference: string;
  readonly title: string;
  readonly mode: 'live' | 'drill';
  readonly status: 'open' | 'closed';
  readonly severity: number;
  readonly onset: Moment;
  readonly declared: Moment;
  readonly declaredBy: string;
  /** When it was closed last; null while it is open. */
  readonly closed: Moment | null;
  readonly lead: string;
  readonly workload: string;
  readonly provider: Provider;
  readonly providerName: string;
  readonly services: readonly string[];
  readonly regions: readonly string[];
  readonly playbook: PlaybookReference & { readonly title: string };
}

/** The engine's view now, and what a person accepted. */
export interface ReportVerdict extends Pick<
  Judgement,
  | 'verdict'
  | 'declared'
  | 'leading'
  | 'probabilities'
  | 'trigger'
  | 'spread'
  | 'prior'
  | 'priorReason'
  | 'missing'
  | 'lookedAt'
> {
  readonly accepted: AcceptedInReport | null;
}

export interface AcceptedInReport extends Moment {
  readonly verdict: VerdictLabel;
  readonly by: string;
  readonly reason: string;
  /** True when it differs from what the engine held at that moment. */
  readonly overruled: boolean;
  readonly engine: EventData<'verdict.accepted'>['engine'];
}

/** An observation with the words of its check. Superseded and withdrawn ones are listed too. */
export interface ReportAnswer extends Moment {
  readonly check: string;
  readonly title: string;
  readonly answerLabels: readonly string[];
  readonly number: string | null;
  readonly by: string;
  readonly note: string;
  readonly status: Observation['status'];
  readonly evidence: readonly string[];
}

/** A check that was tried and could not be made. */
export interface ReportHole extends Moment {
  readonly check: string;
  readonly title: string;
  readonly by: string;
  readonly note: string;
}

export interface FirstPublicWord extends Moment {
  readonly feedName: string;
  readonly title: string;
  /** Whole minutes after onset; negative when it was told before. */
  readonly lagMinutes: number;
}

/** What one feed said, reading by reading; only readings that differ are in the trail. */
export interface ReportFeed {
  readonly feedId: string;
  readonly name: string;
  readonly claims: readonly ReportClaim[];
}

export interface ReportClaim extends Moment {
  readonly state: FeedState;
  readonly saying: Saying;
  readonly reason: string;
  readonly sha256: string | null;
  readonly matches: readonly EventMatch[];
}

/** What the customer's own logs say: coverage first, since "no change" means nothing without its window. */
export interface ReportCustomerSide {
  readonly coverage: readonly string[];
  /** Highest rank first. */
  readonly changes: readonly RankedChange[];
  readonly errors: readonly ErrorGroup[];
}

export interface ReportEscalation {
  readonly verdict: VerdictLabel;
  readonly started: Moment;
  readonly levels: readonly ReportLevel[];
}

export interface ReportLevel {
  readonly title: string;
  readonly role: string;
  readonly instruction: string;
  readonly due: Moment;
  readonly status: LevelStatus;
  readonly contacts: readonly { readonly name: string; readonly phone: string; readonly mail: string }[];
  readonly pages: readonly ReportPage[];
}

export interface ReportPage extends Moment {
  readonly contactName: string;
  readonly outcome: 'answered' | 'no_answer' | 'done';
  readonly note: string;
  readonly by: string;
}

export interface ReportEvidence extends Moment, Omit<EvidenceView, 'at'> {
  /** Titles of the checks whose standing answers rest on it. */
  readonly supports: readonly string[];
}

/** How far the trail reached, and what to compare a later copy with. */
export interface ReportTrail {
  readonly count: number;
  readonly head: string;
  /** The head's first 32 digits in groups of four, short enough to be read out over the phone. */
  readonly fingerprint: string;
  readonly checkpoint: Checkpoint;
}
