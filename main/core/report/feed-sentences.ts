import type { EventMatch, Saying } from '../feeds/model.ts';
import { parseInstant } from '../time.ts';
import {
  laneOfFeed,
  laneOfSide,
  linesOf,
  type Recorded,
  type Sentence,
  type SentenceContext,
} from './sentence.ts';
import { counted, LIFECYCLE_WORDS, sinceOnset, utcText } from './words.ts';

export function feedSentence({ data }: Recorded<'feed.read'>, context: SentenceContext): Sentence {
  return {
    lane: laneOfFeed(data.kind, context.before?.scope.provider),
    kind: 'feed',
    title: feedTitle(data.feedName, data.saying, data.matches),
    detail: [
      ...linesOf(data.reason),
      ...data.matches.map((match) => matchText(match)),
      ...(data.sha256 === null ? [] : [`Snapshot, SHA-256 ${data.sha256}`]),
    ],
  };
}

export function claimSentence({ data }: Recorded<'feed.claim_changed'>, context: SentenceContext): Sentence {
  const feed = context.before?.feeds.find(({ feedId }) => feedId === data.feedId);
  const [from, to] = data.claim === 'start' ? [timeText(data.from), timeText(data.to)] : [data.from, data.to];
  const what = data.claim === 'start' ? 'moved the start it claims' : 'changed its state';
  return {
    lane: laneOfFeed(feed?.kind ?? '', context.before?.scope.provider),
    kind: 'feed',
    title: `${data.feedName} ${what} from ${from} to ${to}`,
    detail: [`About: ${data.title} (${data.nativeId})`],
  };
}

export function evidenceSentence({ data }: Recorded<'evidence.added'>): Sentence {
  const size = data.size === 0 ? '' : `, ${counted(data.size, 'byte', 'bytes')}`;
  return {
    lane: laneOfSide(data.side),
    kind: 'evidence',
    title: `Evidence added: ${data.name}`,
    detail: [...linesOf(data.summary), `SHA-256 ${data.sha256}${size}`],
  };
}

/** One event of a provider with what it means for this incident. */
function matchText(match: EventMatch): string {
  const start = match.claimedStart === null ? '' : `; start claimed ${utcText(match.claimedStart)}`;
  const lag = match.lagMinutes === null ? '' : `; first public word at ${sinceOnset(match.lagMinutes)}`;
  return `${match.title} (${match.nativeId}, ${LIFECYCLE_WORDS[match.lifecycle]}): ${match.reason.replace(/\.$/, '')}${start}${lag}`;
}

function feedTitle(name: string, saying: Saying, matches: readonly EventMatch[]): string {
  const matching = matches.find(({ degree }) => degree === 'matching');
  switch (saying) {
    case 'matching':
      return `${name} says an incident that matches${matching === undefined ? '' : `: ${matching.title}`}`;
    case 'elsewhere':
      return `${name} says an incident elsewhere, none that matches`;
    case 'silent':
      return `${name} is silent about this`;
    case 'could_not_check':
      return `Could not check ${name}`;
  }
}

function timeText(text: string): string {
  const at = parseInstant(text);
  return at === null ? text : utcText(at);
}
