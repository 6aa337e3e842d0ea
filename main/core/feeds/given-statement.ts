import type { FeedMatch } from './match.ts';
import type { EventMatch, FeedReading, Saying } from './model.ts';
import { saysNow } from './say-now.ts';

/** What the files of one kind say together about an incident. */
export interface StatementsTold {
  readonly saying: Saying;
  /** Why that could not be told; empty when it could. */
  readonly reason: string;
  readonly matches: readonly EventMatch[];
}

/** Several documents of one kind, the one given first being first, read as one: of an event told of in several the last word stands. */
export function together(readings: readonly FeedReading[]): FeedReading {
  const events = new Map(
    readings.flatMap(({ events: told }) => told).map((event) => [event.nativeId, event]),
  );
  const last = readings.at(-1);
  if (last === undefined) return { feedState: 'empty', events: [], rejected: [] };
  return {
    ...last,
    ...(events.size > 0 && { feedState: 'ok' as const }),
    events: [...events.values()],
    rejected: readings.flatMap(({ rejected }) => rejected),
  };
}

const MOST_MATCHES = 50;
const ORDER: Readonly<Record<EventMatch['degree'], number>> = { matching: 0, other_scope: 1, unrelated: 2 };

/**
 * What files have said about an incident once another is read: its events take the place of earlier versions of the same,
 * the others stay. A file holds what somebody saved, so one that names nothing of ours is never silence of the provider.
 */
export function withStatement(
  before: readonly EventMatch[],
  reading: FeedReading,
  { matches }: FeedMatch,
): StatementsTold {
  const renewed = new Set(reading.events.map(({ nativeId }) => nativeId));
  const all = [...matches, ...before.filter(({ nativeId }) => !renewed.has(nativeId))]
    .filter(({ degree }) => degree !== 'unrelated')
    .sort((a, b) => ORDER[a.degree] - ORDER[b.degree])
    .slice(0, MOST_MATCHES);
  const best = all[0]?.degree;
  if (best === 'matching') return { saying: 'matching', reason: '', matches: all };
  if (best === 'other_scope') return { saying: 'elsewhere', reason: '', matches: all };
  return { saying: 'could_not_check', reason: NOTHING_OF_OURS, matches: [] };
}

const NOTHING_OF_OURS =
  'No event in the file concerns this incident; a file shows only what was saved in it, so this proves nothing.';

/** What one document says about an incident, in one sentence. */
export function statementSentence(reading: FeedReading, { matches }: FeedMatch): string {
  // The kinds speak of what a feed answered.
  if (reading.feedState !== 'ok') return saysNow(reading).replace(/^The answer\b/, 'The document');
  const matching = matches.filter(({ degree }) => degree === 'matching');
  const elsewhere = matches.filter(({ degree }) => degree === 'other_scope');
  const [first] = [...matching, ...elsewhere];
  if (first === undefined) return NOTHING_OF_OURS;
  const about = `${first.title.replace(/\.$/, '')}: ${first.reason}`;
  if (matching.length > 1) return `${matching.length} events match this incident, among them ${about}`;
  return matching.length === 1 ? `Matches this incident: ${about}` : `Speaks of something else: ${about}`;
}
