import type { FeedReading, ProviderEvent } from '../../core/feeds/model.ts';
import { instantOf, type Instant } from '../../core/time.ts';
import type { FeedAdapter, ReadingContext } from './adapter.ts';
import { parsePubDate } from './aws-time.ts';
import { azureScope } from './azure-scope.ts';
import { openDocument, type FeedDocument } from './document.ts';
import { BadItem } from './fields.ts';
import { plainText } from './plain-text.ts';
import { conclude, gather, unreadable, type Rejected } from './reading.ts';
import { channelNaming, rssItems } from './rss.ts';
import { textOf, textsOf, type XmlNode } from './xml.ts';

const TITLE = 'Azure status RSS';

/**
 * https://rssfeed.azure.status.microsoft/en-us/status/feed/, to which the status page links: RSS 2.0 with the broad
 * incidents that are active, no item while all is well and none once one is over, without severity. Services and regions
 * are its categories, mixed, and in some items only its title. Where status.azure.com leads is chosen by region, and one
 * such copy stayed empty during the outage of its own region (West US, 2026-07-23). Shapes: one item of 2018, and
 * descriptions by other readers of the items of 2022, 2024, 2025 and 2026 in the Internet Archive.
 */
export const azureRss: FeedAdapter = { kind: 'azure_rss', title: TITLE, recognises, parse };

const AZURE = /\bazure\b/i;

function recognises(document: FeedDocument): boolean {
  return channelNaming(document, AZURE) !== null;
}

function parse(bytes: Uint8Array, { keepRaw }: ReadingContext): FeedReading {
  const document = openDocument(bytes);
  if (!document.ok) return unreadable(document.error.message);
  const channel = channelNaming(document.value, AZURE);
  if (channel === null)
    return unreadable(`The answer is not ${TITLE}: it has no rss element with a channel of Azure.`);
  const rejected: Rejected[] = [];
  const items = rssItems(document.value, channel, keepRaw !== undefined);
  const events = gather(items, 'item', rejected, (item, place) => {
    const event = readItem(item.nodes, place);
    keepRaw?.(event.nativeId, item.raw);
    return event;
  });
  return conclude(TITLE, events, rejected);
}

function readItem(nodes: readonly XmlNode[], place: string): ProviderEvent {
  const title = textOf(nodes, 'title');
  if (title === '') throw new BadItem(`${place}.title`, 'no title, which names service and region');
  const text = plainText(textOf(nodes, 'description'));
  const pubDate = textOf(nodes, 'pubDate');
  const publishedAt = pubDate === '' ? null : parsePubDate(pubDate);
  if (pubDate !== '' && publishedAt === null)
    throw new BadItem(`${place}.pubDate`, `pubDate is not a time: "${pubDate.slice(0, 60)}"`);
  const { start, end } = impactInProse(text);
  const link = textOf(nodes, 'link');
  return {
    provider: 'azure',
    nativeId: nativeId(textOf(nodes, 'guid'), title, publishedAt ?? start),
    title,
    kind: 'issue',
    lifecycle: end !== null || /^\s*(mitigated|resolved)\b/i.test(title) ? 'closed' : 'open',
    severity: { native: '', mapped: 'unknown' },
    ...azureScope(title, textsOf(nodes, 'category')),
    claimedStart: start,
    claimedEnd: end,
    publishedAt,
    lastUpdate: publishedAt,
    updates: text === '' ? [] : [{ at: publishedAt, text, status: '' }],
    url: link.startsWith('https://') ? link : null,
  };
}

/**
 * The guid is made from the title, and the same one came back for another incident three years later; so the day
 * belongs to it. Not the minute: pubDate may move with an update.
 */
function nativeId(guid: string, title: string, at: Instant | null): string {
  return guid === '' ? `${title} ${at ?? ''}`.trim() : `${guid} ${at?.slice(0, 10) ?? ''}`.trim();
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = '(\\d{1,2}):(\\d{2})';
const DAY = 'on (\\d{1,2}) ([A-Z][a-z]{2,8}) (20\\d\\d)';
const BETWEEN = new RegExp(
  `\\bBetween(?: approximately)? ${CLOCK}(?: UTC)? and(?: approximately)? ${CLOCK} UTC ${DAY}`,
  'i',
);
const BETWEEN_DAYS = new RegExp(
  `\\bBetween(?: approximately)? ${CLOCK} UTC ${DAY},? and(?: approximately)? ${CLOCK} UTC ${DAY}`,
  'i',
);
const STARTING = new RegExp(
  `\\b(?:Starting|Beginning|As early as)(?: at)?(?: approximately| around)? ${CLOCK} UTC ${DAY}`,
  'i',
);

/** "Between 02:50 and 10:37 UTC on 27 Oct 2018", the same over two days, or "Starting at 15:45 UTC on 29 October 2025". */
function impactInProse(text: string): { readonly start: Instant | null; readonly end: Instant | null } {
  const days = BETWEEN_DAYS.exec(text)?.slice(1);
  if (days !== undefined) return { start: momentOf(days.slice(0, 5)), end: momentOf(days.slice(5)) };
  const day = BETWEEN.exec(text)?.slice(1);
  if (day !== undefined) {
    const [hour = '', minute = '', ...rest] = day;
    return { start: momentOf([hour, minute, ...rest.slice(2)]), end: momentOf(rest) };
  }
  const from = STARTING.exec(text)?.slice(1);
  return { start: from === undefined ? null : momentOf(from), end: null };
}

/** Hour, minute, day, month and year in UTC; null when they are no moment. */
function momentOf([hour, minute, day, month, year]: readonly string[]): Instant | null {
  const index = MONTHS.indexOf((month ?? '').slice(0, 3).toLowerCase());
  const at = new Date(Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute)));
  return index < 0 || at.getUTCDate() !== Number(day) || Number(minute) > 59 ? null : instantOf(at.getTime());
}
