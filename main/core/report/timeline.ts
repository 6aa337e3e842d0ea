import { readEvent, type IncidentEvent, type RecordedEvent } from '../incident/events.ts';
import { evolve } from '../incident/evolve.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Playbook } from '../playbook/definition.ts';
import { assertNever } from '../result.ts';
import { minutesBetween } from '../time.ts';
import { deadlineSentence, escalationSentence, pageSentence, scoreSentence } from './escalation-sentences.ts';
import { claimSentence, evidenceSentence, feedSentence } from './feed-sentences.ts';
import { amendedSentence, clockSentence, closedSentence, declaredSentence } from './incident-sentences.ts';
import { exportSentence, noteSentence, reopenedSentence, switchedSentence } from './incident-sentences.ts';
import type { TimelineItem, TrailEntry } from './model.ts';
import type { Sentence, SentenceContext } from './sentence.ts';
import {
  acceptedSentence,
  observationSentence,
  verdictSentence,
  withdrawnSentence,
} from './verdict-sentences.ts';

/**
 * A trail as people read it: one item per entry, in the order of the trail, none left out. An entry that this version
 * cannot read is shown as it is. Minutes count from the onset as it stands at the end.
 */
export function timelineOf(entries: readonly TrailEntry[], playbook: Playbook): readonly TimelineItem[] {
  const read = entries.map(recordedOf);
  const end = fold(read);
  const onset = end?.scope.onset ?? entries[0]?.at;
  if (onset === undefined) return [];
  const gone = supersededEntries(read, end);
  let before: IncidentState | null = null;
  return entries.map((entry, index) => {
    const event = read[index] ?? null;
    const said = event === null ? unknownSentence(entry) : sentenceOf(event, { playbook, before, onset });
    if (event !== null) before = evolve(before, event);
    const { seq, at, offsetMinutes, actor, hash } = entry;
    const minute = minutesBetween(onset, at);
    return { seq, at, offsetMinutes, actor, minute, ...said, superseded: gone.has(index), hash };
  });
}

/** A stored entry as an event; null when this version does not know its type or its data do not fit. */
export function recordedOf({ type, data, at, offsetMinutes, actor }: TrailEntry): RecordedEvent | null {
  const event = readEvent(type, data);
  return event === null ? null : { ...event, at, offsetMinutes, actor };
}

function fold(events: readonly (RecordedEvent | null)[]): IncidentState | null {
  return events.reduce<IncidentState | null>(
    (state, event) => (event === null ? state : evolve(state, event)),
    null,
  );
}

/** Of these kinds the newest entry counts, and it supersedes the ones before. */
const NEWEST_COUNTS: readonly IncidentEvent['type'][] = [
  'verdict.changed',
  'verdict.accepted',
  'escalation.started',
];

function supersededEntries(
  events: readonly (RecordedEvent | null)[],
  end: IncidentState | null,
): ReadonlySet<number> {
  const fallen = new Set<string>(
    end?.observations.filter(({ status }) => status !== 'standing').map(({ observationId }) => observationId),
  );
  const newest = new Map(
    NEWEST_COUNTS.map((type) => [type, events.findLastIndex((one) => one?.type === type)]),
  );
  const gone = new Set<number>();
  events.forEach((event, index) => {
    if (event?.type === 'observation.recorded' && fallen.has(event.data.observationId)) gone.add(index);
    if (event !== null && index < (newest.get(event.type) ?? -1)) gone.add(index);
  });
  return gone;
}

function unknownSentence({ type, data }: TrailEntry): Sentence {
  return {
    lane: 'line',
    kind: 'unknown',
    title: `An entry this version cannot read: ${type}`,
    detail: [JSON.stringify(data) ?? 'no data'],
  };
}

function sentenceOf(event: RecordedEvent, context: SentenceContext): Sentence {
  switch (event.type) {
    case 'incident.declared':
      return declaredSentence(event);
    case 'incident.amended':
      return amendedSentence(event, context);
    case 'playbook.switched':
      return switchedSentence(event);
    case 'feed.read':
      return feedSentence(event, context);
    case 'feed.claim_changed':
      return claimSentence(event, context);
    case 'evidence.added':
      return evidenceSentence(event);
    case 'observation.recorded':
      return observationSentence(event, context);
    case 'observation.withdrawn':
      return withdrawnSentence(event, context);
    case 'verdict.changed':
      return verdictSentence(event);
    case 'verdict.accepted':
      return acceptedSentence(event);
    case 'escalation.started':
      return escalationSentence(event, context);
    case 'page.recorded':
      return pageSentence(event, context);
    case 'deadline.passed':
      return deadlineSentence(event, context);
    case 'note.added':
      return noteSentence(event);
    case 'export.made':
      return exportSentence(event);
    case 'drill.finished':
      return scoreSentence(event);
    case 'incident.closed':
      return closedSentence(event);
    case 'incident.reopened':
      return reopenedSentence(event);
    case 'clock.went_back':
      return clockSentence(event);
    default:
      return assertNever(event, 'event');
  }
}
