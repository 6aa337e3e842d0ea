import type { RecordedEvent } from '../incident/events.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Playbook } from '../playbook/definition.ts';
import type { Provider, Side, VerdictLabel } from '../sides.ts';
import type { Instant } from '../time.ts';
import type { Lane, TimelineItem } from './model.ts';

/** What an entry says, in words and in its place on the picture. */
export type Sentence = Pick<TimelineItem, 'lane' | 'kind' | 'title' | 'detail'>;

/** What a sentence may look at besides its own event. */
export interface SentenceContext {
  readonly playbook: Playbook;
  /** The incident before the event; null for the one that declares it. */
  readonly before: IncidentState | null;
  /** As it stands at the end of the trail: minutes are counted from this onset. */
  readonly onset: Instant;
}

/** A recorded event of one type. */
export type Recorded<T extends RecordedEvent['type']> = Extract<RecordedEvent, { type: T }>;

export function laneOfSide(side: Side): Lane {
  return side === 'both' ? 'line' : side;
}

export function laneOfVerdict(verdict: VerdictLabel): Lane {
  return verdict === 'shared' || verdict === 'inconclusive' ? 'line' : verdict;
}

/** A status page beside one of the named clouds is a third party's; otherwise a feed is the provider's. */
export function laneOfFeed(kind: string, provider: Provider | undefined): Lane {
  return kind === 'statuspage' && provider !== undefined && provider !== 'other' ? 'third_party' : 'provider';
}

/** A text of people as separate lines; none for an empty one. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

/** `label: value`, or nothing where there is no value. */
export function labelled(label: string, value: string): string[] {
  return value.trim() === '' ? [] : [`${label}: ${value}`];
}
