import { Lifecycle, type EventMatch, type Saying } from '../feeds/model.ts';
import type { EventData } from '../incident/events.ts';
import { parseInstant, type Instant } from '../time.ts';
import {
  labelled,
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
  return {
    lane: laneOfFeed(feed?.kind ?? '', context.before?.scope.provider),
    kind: 'feed',
    title: `${data.feedName} ${claimWords(data)}`,
    detail: [
      `About: ${data.title} (${data.nativeId})`,
      ...labelled('Now named too', (data.added ?? []).join(', ')),
      ...labelled('No longer named', (data.removed ?? []).join(', ')),
    ],
  };
}

/** What a provider changed about something it had told, as what follows its name: `moved the start it claims from ...`. */
function claimWords(data: EventData<'feed.claim_changed'>): string {
  const { claim } = data;
  switch (claim) {
    case 'start':
    case 'end':
      return timeWords(claim, parseInstant(data.from), parseInstant(data.to));
    case 'lifecycle':
      return `changed its state from ${lifecycleText(data.from)} to ${lifecycleText(data.to)}`;
    case 'severity':
      return `changed the severity it claims from ${data.from} to ${data.to}`;
    case 'scope':
      return `${scopeWords(data)}, from ${data.from} to ${data.to}`;
  }
}

function timeWords(claim: 'start' | 'end', from: Instant | null, to: Instant | null): string {
  if (to === null) return `took back the ${claim} it claimed${from === null ? '' : `, ${utcText(from)}`}`;
  return from === null
    ? `now claims ${claim === 'end' ? 'an end' : 'a start'}, ${utcText(to)}`
    : `moved the ${claim} it claims from ${utcText(from)} to ${utcText(to)}`;
}

function scopeWords({ added, removed }: EventData<'feed.claim_changed'>): string {
  if ((removed ?? []).length === 0) return 'names more';
  return (added ?? []).length === 0 ? 'names less' : 'names others';
}

function lifecycleText(text: string): string {
  const known = Lifecycle.safeParse(text);
  return known.success ? LIFECYCLE_WORDS[known.data] : text;
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
