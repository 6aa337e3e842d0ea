import { isFromFile } from '../feeds/kinds.ts';
import type { FeedKind, FeedState, Saying } from '../feeds/model.ts';
import type { EventData, RecordedEvent } from '../incident/events.ts';
import type { Provider } from '../sides.ts';
import { addMinutes, minutesBetween, type Instant } from '../time.ts';
import { laneOfFeed } from './sentence.ts';

/** A moment with its whole minutes since onset. */
export interface LaneMoment {
  readonly at: Instant;
  /** Whole minutes since onset; negative before it. */
  readonly minute: number;
}

/** A span in which a feed said one thing, or in which nobody asked it. */
export interface LaneSegment {
  readonly from: Instant;
  readonly until: Instant;
  readonly saying: Saying | 'not_asked';
  /** Null where nobody asked. */
  readonly state: FeedState | null;
  /** One line for people: the title of what matches, why it could not be checked; empty where the word says all. */
  readonly about: string;
  /** What the matching event claimed of itself; null where none matched. */
  readonly lifecycle: EventData<'feed.read'>['matches'][number]['lifecycle'] | null;
}

/** What one feed said over time. */
export interface FeedLane {
  readonly feedId: string;
  readonly name: string;
  readonly kind: FeedKind;
  readonly side: 'provider' | 'third_party';
  /** Oldest first, without gaps or overlaps. */
  readonly segments: readonly LaneSegment[];
  /** The provider's first public word that fits, by its own stamps. */
  readonly firstWord: (LaneMoment & { readonly title: string }) | null;
  /** When we first read a word that fits, and when we had last read the feed without it. */
  readonly firstRead: (LaneMoment & { readonly notYet: LaneMoment | null }) | null;
}

/** The lanes of an incident on one axis of time; a span in which nobody asks any more may go on beyond its end. */
export interface FeedLanes {
  readonly onset: Instant;
  readonly from: Instant;
  readonly until: Instant;
  readonly lanes: readonly FeedLane[];
}

/** Polls of one feed that came one soon after the other and gave the same. */
export interface Polls {
  readonly feedId: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly state: FeedState;
}

export interface LaneInput {
  /** The readable entries of the trail, in its order. */
  readonly events: readonly RecordedEvent[];
  /** Oldest first, feed by feed. */
  readonly polls: readonly Polls[];
  readonly onset: Instant;
  readonly provider: Provider;
  /** The incident's own now. */
  readonly now: Instant;
  /** False once nobody asks feeds any more: then the lanes end with the last poll. */
  readonly watched: boolean;
}

/** After this many minutes without a poll nobody knows what a feed says. */
export const LONGEST_PAUSE_MINUTES = 15;
/** The trail has a reading a moment after its poll: what is shorter than this many minutes is that moment. */
const MOMENT_MINUTES = 0.25;
/** Minutes of quiet shown before onset. */
const LEAD_IN_MINUTES = 5;

type Reading = Extract<RecordedEvent, { type: 'feed.read' }>;

/**
 * What each feed said when: the readings of the trail, with the spans in which nobody asked taken out. The feeds stand in the
 * order in which they were first read.
 */
export function feedLanes(input: LaneInput): FeedLanes {
  const { onset, polls } = input;
  const readings = input.events.filter((event): event is Reading => event.type === 'feed.read');
  const ids = [...new Set(readings.map(({ data }) => data.feedId))];
  const lanes = ids.map((feedId) =>
    laneOf(
      readings.filter(({ data }) => data.feedId === feedId),
      polls.filter((one) => one.feedId === feedId),
      input,
    ),
  );
  const begun = lanes.flatMap(({ segments }) => segments.slice(0, 1).map(({ from }) => from));
  return {
    onset,
    from: [addMinutes(onset, -LEAD_IN_MINUTES), ...begun].sort()[0] ?? onset,
    until: endOf(lanes, input),
    lanes,
  };
}

/** The axis ends with now; where nobody has asked for long, soon after the last poll, so that what was said keeps its room. */
function endOf(lanes: readonly FeedLane[], { onset, now, watched }: LaneInput): Instant {
  const said = lanes.flatMap(({ segments }) => segments.filter(({ saying }) => saying !== 'not_asked'));
  const last = said
    .map(({ until }) => until)
    .sort()
    .at(-1);
  if (last === undefined) return now;
  const room = Math.max(LONGEST_PAUSE_MINUTES, minutesBetween(onset, last) / 10);
  const end = watched ? addMinutes(last, room) : last;
  return end < now ? end : now;
}

function laneOf(readings: readonly Reading[], polls: readonly Polls[], input: LaneInput): FeedLane {
  const [first] = readings;
  if (first === undefined) throw new Error('A lane is made of at least one reading');
  const { feedId, kind } = first.data;
  const { onset } = input;
  const moment = (at: Instant): LaneMoment => ({ at, minute: Math.round(minutesBetween(onset, at)) });
  const told = readings.find(({ data }) => data.saying === 'matching');
  const notYet =
    told && polls.findLast((one) => isReadable(one) && one.until < told.at && isBefore(one, told));
  return {
    feedId,
    name: readings.at(-1)?.data.feedName ?? first.data.feedName,
    kind,
    side: laneOfFeed(kind, input.provider) === 'third_party' ? 'third_party' : 'provider',
    segments: segmentsOf(readings, polls, input),
    firstWord: firstWordOf(readings, moment),
    firstRead:
      told === undefined ? null : { ...moment(told.at), notYet: notYet ? moment(notYet.until) : null },
  };
}

/** The poll that a reading came from is not one before it. */
function isBefore(polls: Polls, reading: Reading): boolean {
  return minutesBetween(polls.until, reading.at) > MOMENT_MINUTES;
}

function isReadable({ state }: Polls): boolean {
  return state === 'ok' || state === 'empty';
}

function firstWordOf(
  readings: readonly Reading[],
  moment: (at: Instant) => LaneMoment,
): FeedLane['firstWord'] {
  const words = readings
    .flatMap(({ data }) => data.matches)
    .filter(({ degree }) => degree === 'matching')
    .flatMap(({ publishedAt, title }) => (publishedAt === null ? [] : [{ at: publishedAt, title }]))
    .sort((a, b) => a.at.localeCompare(b.at));
  const [word] = words;
  return word === undefined ? null : { ...moment(word.at), title: word.title };
}

/** Spans in which the feed was asked, each split where a reading said something else, and the pauses between them. */
function segmentsOf(
  readings: readonly Reading[],
  polls: readonly Polls[],
  { now, watched }: LaneInput,
): LaneSegment[] {
  // What a person gave once is not asked for again: it stands until they give another.
  const [given] = readings;
  if (given !== undefined && isFromFile(given.data.feedId)) {
    return split({ from: given.at, until: watched ? now : (readings.at(-1)?.at ?? now) }, readings);
  }
  const spans = spansOf(polls, watched ? now : null);
  const segments = spans.flatMap((span, index): LaneSegment[] => {
    const said = split(span, readings);
    const next = spans[index + 1];
    if (next !== undefined) return [...said, notAsked(span.until, next.from)];
    const isPast = watched && minutesBetween(span.until, now) > LONGEST_PAUSE_MINUTES;
    return isPast ? [...said, notAsked(span.until, now)] : said;
  });
  return segments.filter(({ from, until }) => from < until);
}

interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** Polls that came soon enough one after the other are one span; what was said last stands a while beyond it. */
function spansOf(polls: readonly Polls[], now: Instant | null): Span[] {
  const spans: Span[] = [];
  for (const { from, until } of polls) {
    const last = spans.at(-1);
    if (last !== undefined && minutesBetween(last.until, from) <= LONGEST_PAUSE_MINUTES) {
      spans[spans.length - 1] = { from: last.from, until };
    } else spans.push({ from, until });
  }
  const last = spans.at(-1);
  if (last === undefined || now === null || now < last.until) return spans;
  const stands = minutesBetween(last.until, now) <= LONGEST_PAUSE_MINUTES;
  return stands ? [...spans.slice(0, -1), { from: last.from, until: now }] : spans;
}

function split(span: Span, readings: readonly Reading[]): LaneSegment[] {
  const inForce =
    readings.findLast(({ at }) => minutesBetween(span.from, at) <= MOMENT_MINUTES) ?? readings[0];
  if (inForce === undefined) return [];
  const later = readings.filter(({ at }) => at > inForce.at && at < span.until);
  const all = [
    { from: span.from, reading: inForce },
    ...later.map((reading) => ({ from: reading.at, reading })),
  ];
  return all.map(({ from, reading }, index) =>
    segmentOf(from, all[index + 1]?.from ?? span.until, reading.data),
  );
}

function segmentOf(from: Instant, until: Instant, data: EventData<'feed.read'>): LaneSegment {
  const { saying, state, reason, matches } = data;
  const match = matches.find(({ degree }) => degree === (saying === 'matching' ? 'matching' : 'other_scope'));
  const about = saying === 'could_not_check' ? reason : (match?.title ?? '');
  return {
    from,
    until,
    saying,
    state,
    about,
    lifecycle: saying === 'matching' ? (match?.lifecycle ?? null) : null,
  };
}

function notAsked(from: Instant, until: Instant): LaneSegment {
  return { from, until, saying: 'not_asked', state: null, about: '', lifecycle: null };
}
