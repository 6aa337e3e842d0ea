import { z } from 'zod';
import { EscalationLevel, Page } from '../escalation/escalation.ts';
import { EventMatch, FeedKind, FeedState, Saying } from '../feeds/model.ts';
import { EvidenceId, FeedId, IncidentId, ObservationId, Sha256 } from '../ids.ts';
import { Hypothesis, Provider, VerdictLabel } from '../sides.ts';
import { Instant } from '../time.ts';

/** 1 is the worst. */
export const Severity = z.literal([1, 2, 3, 4]);
export type Severity = z.infer<typeof Severity>;

const name = z.string().trim().min(1).max(200);
const names = z.array(name).max(60);

const Distribution = z.record(Hypothesis, z.number().min(0).max(1));

/** What an incident is about; every field may be amended later, the trail keeps what it was. */
export const Scope = z.strictObject({
  title: name,
  onset: Instant,
  provider: Provider,
  services: names,
  regions: names,
  severity: Severity,
  workload: z.string().trim().max(200),
  lead: z.string().trim().max(200),
});
export type Scope = z.infer<typeof Scope>;

export const PlaybookReference = z.strictObject({ id: z.string(), version: z.string(), sha256: Sha256 });
export type PlaybookReference = z.infer<typeof PlaybookReference>;

/** How a drill's clock runs: virtual time = `virtualStart` + (now - `realStart`) x `speed`, until the scenario ends. */
export const DrillSetup = z.strictObject({
  scenarioId: z.string(),
  scenarioTitle: z.string(),
  scenarioSha256: Sha256,
  speed: z.number().min(1).max(60),
  virtualStart: Instant,
  realStart: Instant,
  durationMinutes: z.number().positive().max(1440),
});
export type DrillSetup = z.infer<typeof DrillSetup>;

/** `seen`: minutes of virtual time; null where it never came to that. */
export const DrillScore = z.strictObject({
  truth: VerdictLabel,
  verdict: VerdictLabel,
  correct: z.boolean(),
  minutesToVerdict: z.number().nullable(),
  points: z.number(),
  outOf: z.number(),
  lines: z.array(
    z.strictObject({ what: z.string(), points: z.number(), outOf: z.number(), why: z.string() }),
  ),
});
export type DrillScore = z.infer<typeof DrillScore>;

/** The facts of an incident in the order they became known. Each becomes one trail entry. */
export const EVENTS = {
  'incident.declared': Scope.extend({
    id: IncidentId,
    mode: z.enum(['live', 'drill']),
    playbook: PlaybookReference,
    drill: DrillSetup.nullable(),
  }),
  'incident.amended': Scope.partial(),
  /** The checks asked from here on; what was observed before stays. */
  'playbook.switched': z.strictObject({
    from: PlaybookReference,
    to: PlaybookReference,
    title: z.string().min(1).max(200),
    reason: z.string().trim().min(1).max(2000),
  }),
  'feed.read': z.strictObject({
    feedId: FeedId,
    feedName: name,
    kind: FeedKind,
    state: FeedState,
    reason: z.string(),
    /** Of the raw bytes; null when none arrived. */
    sha256: Sha256.nullable(),
    saying: Saying,
    matches: z.array(EventMatch).max(50),
  }),
  'feed.claim_changed': z.strictObject({
    feedId: FeedId,
    feedName: name,
    nativeId: z.string(),
    title: z.string(),
    claim: z.enum(['start', 'end', 'lifecycle', 'severity', 'scope']),
    /** As claimed before and now: an instant or `not said`, the state, the severity, or how much is named. */
    from: z.string(),
    to: z.string(),
    /** Names of services and regions, where the scope is what changed. */
    added: z.array(z.string()).optional(),
    removed: z.array(z.string()).optional(),
  }),
  'evidence.added': z.strictObject({
    evidenceId: EvidenceId,
    kind: z.enum(['file', 'snapshot', 'record']),
    side: z.enum(['provider', 'customer']),
    name: z.string().min(1).max(400),
    sha256: Sha256,
    size: z.number().int().min(0),
    summary: z.string().max(2000),
    /** Of a record or a finding: its id where it came from. Two of them may share every word of their names. */
    sourceId: z.string().min(1).max(600).optional(),
  }),
  'observation.recorded': z.strictObject({
    observationId: ObservationId,
    check: z.string(),
    answers: z.array(z.string()).min(1).max(20),
    number: z.number().nullable(),
    note: z.string().max(10_000),
    evidence: z.array(EvidenceId).max(50),
    supersedes: ObservationId.nullable(),
  }),
  'observation.withdrawn': z.strictObject({ observationId: ObservationId, check: z.string() }),
  'verdict.changed': z.strictObject({
    verdict: VerdictLabel,
    declared: z.boolean(),
    leading: Hypothesis,
    probabilities: Distribution,
    previous: VerdictLabel.nullable(),
    because: z.string(),
  }),
  'verdict.accepted': z.strictObject({
    verdict: VerdictLabel,
    /** What the engine held at that moment; differs when a responder overruled it. */
    engine: z.strictObject({ verdict: VerdictLabel, declared: z.boolean(), probabilities: Distribution }),
    reason: z.string().max(2000),
  }),
  'escalation.started': z.strictObject({ verdict: VerdictLabel, levels: z.array(EscalationLevel).max(20) }),
  'page.recorded': Page,
  'deadline.passed': z.strictObject({ levelId: z.string(), title: z.string(), due: Instant }),
  'note.added': z.strictObject({ text: z.string().trim().min(1).max(10_000) }),
  'export.made': z.strictObject({
    files: z.array(z.strictObject({ format: z.string(), name: z.string(), sha256: Sha256 })),
    count: z.number().int(),
    head: Sha256,
  }),
  'drill.finished': DrillScore,
  'incident.closed': z.strictObject({ summary: z.string().max(4000) }),
  'incident.reopened': z.strictObject({ reason: z.string().max(2000) }),
  'clock.went_back': z.strictObject({ from: Instant, to: Instant }),
} as const;

export type EventType = keyof typeof EVENTS;
export type EventData<T extends EventType> = z.infer<(typeof EVENTS)[T]>;
export type EventOf<T extends EventType> = { readonly type: T; readonly data: EventData<T> };
export type IncidentEvent = { [T in EventType]: EventOf<T> }[EventType];

/** An event with who recorded it and when: UTC, and the minutes east of UTC that the writer's clock showed. */
export type RecordedEvent = IncidentEvent & {
  readonly at: Instant;
  readonly offsetMinutes: number;
  readonly actor: string;
};

/** Builds an event; a helper for its type only. */
export function event<T extends EventType>(type: T, data: EventData<T>): EventOf<T> {
  return { type, data };
}

/**
 * Reads a stored entry's type and data back into an event. Null when this version does not know the type
 * or the data does not fit: the entry stays in the trail and is shown as it is.
 */
export function readEvent(type: string, data: unknown): IncidentEvent | null {
  if (!Object.hasOwn(EVENTS, type)) return null;
  const known = type as EventType; // hasOwn has just shown it
  const parsed = EVENTS[known].safeParse(data);
  return parsed.success ? ({ type: known, data: parsed.data } as IncidentEvent) : null; // correlated union
}
