import type { LaneSegment } from '../../main/core/report/feed-lanes.ts';
import type { FeedBoardItem } from '../../preload/contract/views.ts';
import { sinceOnset } from './format.ts';

/** What a mark can show; each has a shape and a colour of its own. */
export type Status = 'fine' | 'degraded' | 'outage' | 'silent' | 'could_not_check';

/** A feed as a shape and a word. */
export interface FeedWord {
  readonly status: Status;
  readonly word: string;
}

const UNREADABLE: Readonly<Record<FeedBoardItem['state'], string>> = {
  ok: 'could not check',
  empty: 'could not check',
  unreadable: 'could not check',
  stale: 'stale',
  not_entitled: 'not entitled',
  throttled: 'could not check: throttled',
  not_read_yet: 'not read yet',
};

const LIFECYCLE_WORDS: Readonly<Record<FeedBoardItem['matches'][number]['lifecycle'], string>> = {
  open: 'says outage',
  recovering: 'says recovering',
  closed: 'says it is over',
  false_positive: 'says false alarm',
  merged: 'says outage',
  upcoming: 'says planned',
};

/** What a feed says about this incident. A feed that could not be read is a hole, whatever it said before. */
export function feedWord({
  state,
  saying,
  matches,
}: Pick<FeedBoardItem, 'state' | 'saying' | 'matches'>): FeedWord {
  switch (saying) {
    case 'matching': {
      const match = matches.find(({ degree }) => degree === 'matching');
      return matchingWord(match?.lifecycle ?? 'open');
    }
    case 'elsewhere':
      return { status: 'degraded', word: 'says elsewhere' };
    case 'silent':
      return { status: 'silent', word: 'silent' };
    case 'could_not_check':
    case 'not_read_yet':
      return { status: 'could_not_check', word: UNREADABLE[state] };
  }
}

function matchingWord(lifecycle: keyof typeof LIFECYCLE_WORDS): FeedWord {
  const isOpen = lifecycle === 'open' || lifecycle === 'merged';
  return { status: isOpen ? 'outage' : 'degraded', word: LIFECYCLE_WORDS[lifecycle] };
}

/** What a feed said over a span of time. A pause in which nobody asked is a hole like any other. */
export function segmentWord({ saying, state, lifecycle }: LaneSegment): FeedWord {
  if (saying === 'not_asked') return { status: 'could_not_check', word: 'not asked' };
  if (saying === 'matching') return matchingWord(lifecycle ?? 'open');
  return feedWord({ saying, state: state ?? 'ok', matches: [] });
}

/** When the provider first spoke, against onset: `first word T+71 min`; null when it has not. */
export function firstWord(minute: number | null): string | null {
  return minute === null ? null : `first word ${sinceOnset(minute)}`;
}

const URGENCY: Readonly<Record<FeedBoardItem['saying'], number>> = {
  matching: 0,
  elsewhere: 1,
  could_not_check: 2,
  not_read_yet: 3,
  silent: 4,
};

/** The board with what speaks first: an incident that matches, then elsewhere, then the holes, then silence. */
export function inOrderOfWord(feeds: readonly FeedBoardItem[]): readonly FeedBoardItem[] {
  return feeds.toSorted((a, b) => URGENCY[a.saying] - URGENCY[b.saying]);
}
