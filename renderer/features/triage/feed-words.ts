import type { FeedBoardItem } from '../../../preload/contract/views.ts';
import type { Status } from '../../components/status-mark.tsx';
import { duration, sinceOnset } from '../../lib/format.ts';

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
export function feedWord({ state, saying, matches }: FeedBoardItem): FeedWord {
  switch (saying) {
    case 'matching': {
      const match = matches.find(({ degree }) => degree === 'matching');
      const lifecycle = match?.lifecycle ?? 'open';
      const isOpen = lifecycle === 'open' || lifecycle === 'merged';
      return { status: isOpen ? 'outage' : 'degraded', word: LIFECYCLE_WORDS[lifecycle] };
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

/** When the provider first spoke, against onset: `first word T+71 min`; null when it has not. */
export function firstWord(minute: number | null): string | null {
  return minute === null ? null : `first word ${sinceOnset(minute)}`;
}

/** How many minutes before onset, as the list of changes shows it: `−19 s`, `−13 min` for 12.9. */
export function beforeOnset(minutesBefore: number): string {
  const whole = Math.abs(minutesBefore) < 1 ? minutesBefore : Math.round(minutesBefore);
  return `${minutesBefore < 0 ? '+' : '−'}${duration(whole)}`;
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
