import type { FeedReading, ProviderEvent } from '../../core/feeds/model.ts';
import { minutesBetween, type Instant } from '../../core/time.ts';
import type { FeedAdapter, ReadingContext } from './adapter.ts';
import { splitKey } from './aws-key.ts';
import { parsePubDate, startInProse } from './aws-time.ts';
import { openDocument, type FeedDocument } from './document.ts';
import { BadItem } from './fields.ts';
import type { RawItem, RawKeeper } from './raw.ts';
import { conclude, gather, unreadable, type Rejected } from './reading.ts';
import { channelNaming, rssItems, type RssItem } from './rss.ts';
import { textOf } from './xml.ts';
import { awsZones } from './zones.ts';

const TITLE = 'AWS status RSS';

/**
 * status.aws.amazon.com/rss/all.rss and /rss/SERVICE-REGION.rss: RSS 2.0, the last 50 posts, newest first. An item is
 * one post, not one event: posts of the same service key are chained here into events.
 */
export const awsRss: FeedAdapter = { kind: 'aws_rss', title: TITLE, recognises, parse };

function recognises(document: FeedDocument): boolean {
  return channelNaming(document, AWS) !== null;
}

function parse(bytes: Uint8Array, { keepRaw }: ReadingContext): FeedReading {
  const document = openDocument(bytes);
  if (!document.ok) return unreadable(document.error.message);
  const channel = channelNaming(document.value, AWS);
  if (channel === null)
    return unreadable(`The answer is not ${TITLE}: it has no rss element with a channel of AWS.`);
  const rejected: Rejected[] = [];
  const items = rssItems(document.value, channel, keepRaw !== undefined);
  const posts = gather(items, 'item', rejected, readPost);
  return conclude(TITLE, eventsOf(posts, keepRaw), rejected);
}

const AWS = /amazon|\baws\b/i;

interface Post {
  /** `ec2-us-west-2`, or `cloudfront` for a service without regions. */
  readonly key: string;
  readonly at: Instant;
  readonly title: string;
  readonly text: string;
  readonly resolved: boolean;
  readonly raw: RawItem;
}

/** `https://status.aws.amazon.com/#SERVICE-REGION_EPOCH`; the epoch is that post's own time. */
const GUID = /#([A-Za-z0-9-]+)_(\d{9,13})$/;

function readPost({ nodes, raw }: RssItem, place: string): Post {
  const key = GUID.exec(textOf(nodes, 'guid'))?.[1];
  if (key === undefined) throw new BadItem(`${place}.guid`, 'guid names no service');
  const at = parsePubDate(textOf(nodes, 'pubDate'));
  if (at === null)
    throw new BadItem(
      `${place}.pubDate`,
      `pubDate is not a time: "${textOf(nodes, 'pubDate').slice(0, 60)}"`,
    );
  const title = textOf(nodes, 'title');
  const text = textOf(nodes, 'description');
  return { key, at, title, text, resolved: saysResolved(title, text), raw };
}

/** Beyond this gap two posts of one service are two events; the longest seen inside one was 6.8 hours. */
const GAP_MINUTES = 24 * 60;

function eventsOf(posts: readonly Post[], keepRaw?: RawKeeper): ProviderEvent[] {
  const chains = new Map<string, Post[][]>();
  const oldestFirst = [...posts].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  for (const post of oldestFirst) {
    const ofKey = chains.get(post.key) ?? [];
    const previous = ofKey.at(-1)?.at(-1);
    const fresh =
      previous === undefined || previous.resolved || minutesBetween(previous.at, post.at) > GAP_MINUTES;
    if (fresh) ofKey.push([post]);
    else ofKey.at(-1)?.push(post);
    chains.set(post.key, ofKey);
  }
  const events = [...chains.values()].flat().flatMap((chain) => {
    const told = eventOf(chain);
    for (const { nativeId } of told) for (const { raw } of chain) keepRaw?.(nativeId, raw);
    return told;
  });
  return events.sort((a, b) => (b.lastUpdate ?? '').localeCompare(a.lastUpdate ?? ''));
}

function eventOf(chain: readonly Post[]): readonly ProviderEvent[] {
  const first = chain[0];
  const last = chain.at(-1);
  if (first === undefined || last === undefined) return [];
  const { service, region } = splitKey(first.key);
  const worst = worstOf(chain);
  return [
    {
      provider: 'aws',
      nativeId: `${first.key}_${Math.floor(Date.parse(first.at) / 1000)}`,
      title: last.title.replace(PREFIX, '').replace(/^\[RESOLVED\]\s*/i, '') || first.key,
      kind: 'issue',
      lifecycle: last.resolved ? 'closed' : 'open',
      severity: worst,
      services: [service],
      regions: [region],
      claimedStart: claimedStart(chain) ?? first.at,
      claimedEnd: last.resolved ? last.at : null,
      publishedAt: first.at,
      lastUpdate: last.at,
      updates: chain.map((post) => ({ at: post.at, text: post.text, status: prefixOf(post.title) })),
      url: 'https://health.aws.amazon.com/health/status',
      ...awsZones(chain.map((post) => post.text)),
    },
  ];
}

/** The prose of the last post that tells a start: later posts correct earlier ones. Days are counted from its own post. */
function claimedStart(chain: readonly Post[]): Instant | null {
  const first = chain[0];
  if (first === undefined) return null;
  const told = chain
    .flatMap((post) => startInProse(post.text, post.at) ?? [])
    .filter((start) => start <= first.at);
  return told.at(-1) ?? null;
}

const PREFIX =
  /^(Service impact|Service disruption|Service degradation|Informational message|Service is operating normally):\s*/i;

function prefixOf(title: string): string {
  return PREFIX.exec(title)?.[1] ?? '';
}

type Severity = ProviderEvent['severity'];

const SEVERITIES: readonly (readonly [string, Severity['mapped']])[] = [
  ['service disruption', 'outage'],
  ['service degradation', 'degraded'],
  ['service impact', 'degraded'],
  ['informational message', 'information'],
];

/** The worst word that any post of the event began with: the closing post's "operating normally" is no severity. */
function worstOf(chain: readonly Post[]): Severity {
  const words = chain.map((post) => prefixOf(post.title));
  for (const [word, mapped] of SEVERITIES) {
    const native = words.find((each) => each.toLowerCase() === word);
    if (native !== undefined) return { native, mapped };
  }
  return { native: words.find((word) => word !== '') ?? '', mapped: 'unknown' };
}

/** Resolution is told in the title, or only in the prose of a post that is still titled as a problem. */
function saysResolved(title: string, text: string): boolean {
  if (/\[RESOLVED\]/i.test(title) || /^Service is operating normally/i.test(title)) return true;
  return text.split(/(?<=[.!?])\s+/).some((sentence) => RESOLVED.test(sentence) && !NOT_YET.test(sentence));
}

const RESOLVED =
  /\b(?:(?:issue|event|problem) (?:has been|is|was)(?: now)?(?: fully)? resolved|(?:is|are|has returned to|have returned to|returned to)(?: now)? (?:operating normally|normal operations?))\b/i;

/** Words that make such a sentence a promise or a part only. */
const NOT_YET =
  /\b(?:not|until|once|when|while|some|most|partially|expect|will|if|as soon as|many|continue|other)\b/i;
