import type { IncidentEvent, PlaybookReference, RecordedEvent } from './events.ts';
import type { FeedView, IncidentState, Observation } from './state.ts';

/**
 * Folds one event into the state. Never fails: what is in the trail has happened. An event that cannot follow
 * (nothing declared yet) leaves the state as it is.
 */
export function evolve(state: IncidentState | null, event: RecordedEvent): IncidentState | null {
  if (event.type === 'incident.declared') return state ?? declared(event);
  if (state === null) return null;
  return { ...applied(state, event), entries: state.entries + 1 };
}

/** Folds a whole trail, oldest first. Null when it declares nothing. */
export function replay(events: readonly RecordedEvent[]): IncidentState | null {
  return events.reduce<IncidentState | null>(evolve, null);
}

type Stamped<T extends IncidentEvent['type']> = Extract<RecordedEvent, { type: T }>;

function declared({ data, at, actor }: Stamped<'incident.declared'>): IncidentState {
  const { id, mode, playbook, drill, ...scope } = data;
  return {
    id,
    mode,
    drill,
    playbook,
    earlierPlaybooks: [],
    scope,
    declaredAt: at,
    declaredBy: actor,
    status: 'open',
    observations: [],
    feeds: [],
    evidence: [],
    verdicts: [],
    accepted: null,
    escalation: null,
    score: null,
    scoredAt: null,
    entries: 1,
  };
}

function applied(
  state: IncidentState,
  event: Exclude<RecordedEvent, Stamped<'incident.declared'>>,
): IncidentState {
  const { at, actor: by } = event;
  switch (event.type) {
    case 'incident.amended':
      return { ...state, scope: { ...state.scope, ...definedOnly(event.data) } };
    case 'playbook.switched':
      return { ...state, playbook: event.data.to, earlierPlaybooks: earlierThan(event, state) };
    case 'feed.read':
      return { ...state, feeds: withFeed(state.feeds, event) };
    case 'evidence.added':
      return { ...state, evidence: [...state.evidence, { ...event.data, at, by }] };
    case 'observation.recorded': {
      const earlier = withStatus(state.observations, event.data.supersedes, 'superseded');
      return { ...state, observations: [...earlier, { ...event.data, at, by, status: 'standing' }] };
    }
    case 'observation.withdrawn':
      return { ...state, observations: withdrawn(state.observations, event.data.observationId) };
    case 'verdict.changed':
      return { ...state, verdicts: [...state.verdicts, { ...event.data, at }] };
    case 'verdict.accepted':
      return { ...state, accepted: { ...event.data, at, by } };
    case 'escalation.started':
      return { ...state, escalation: { ...event.data, startedAt: at, pages: [], passed: [] } };
    case 'page.recorded':
      return withEscalation(state, (now) => ({ ...now, pages: [...now.pages, { ...event.data, at, by }] }));
    case 'deadline.passed':
      return withEscalation(state, (now) => ({ ...now, passed: [...now.passed, event.data.levelId] }));
    case 'drill.finished':
      return { ...state, score: event.data, scoredAt: at };
    case 'incident.closed':
      return { ...state, status: 'closed' };
    case 'incident.reopened':
      return { ...state, status: 'open' };
    case 'feed.claim_changed':
    case 'note.added':
    case 'export.made':
    case 'clock.went_back':
      return state;
  }
}

function earlierThan({ data }: Stamped<'playbook.switched'>, state: IncidentState): PlaybookReference[] {
  return [...state.earlierPlaybooks, state.playbook].filter(
    ({ sha256 }, at, all) =>
      sha256 !== data.to.sha256 && all.findIndex((one) => one.sha256 === sha256) === at,
  );
}

function withFeed(feeds: readonly FeedView[], { data, at }: Stamped<'feed.read'>): FeedView[] {
  const before = feeds.find((feed) => feed.feedId === data.feedId);
  const { saying, matches } = data;
  const lastGood = saying === 'could_not_check' ? (before?.lastGood ?? null) : { saying, matches, at };
  const view: FeedView = { ...data, at, lastGood };
  return before ? feeds.map((feed) => (feed === before ? view : feed)) : [...feeds, view];
}

function withStatus(
  observations: readonly Observation[],
  id: string | null,
  status: Observation['status'],
): Observation[] {
  return observations.map((one) => (one.observationId === id ? { ...one, status } : one));
}

/** Withdrawing an answer brings back the one it had superseded: that is what undo means to a person. */
function withdrawn(observations: readonly Observation[], id: string): Observation[] {
  const gone = observations.find((one) => one.observationId === id);
  const without = withStatus(observations, id, 'withdrawn');
  return gone?.supersedes ? withStatus(without, gone.supersedes, 'standing') : without;
}

function withEscalation(
  state: IncidentState,
  change: (now: NonNullable<IncidentState['escalation']>) => NonNullable<IncidentState['escalation']>,
): IncidentState {
  return state.escalation ? { ...state, escalation: change(state.escalation) } : state;
}

function definedOnly<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }; // entries lose the key type
}
