import type { FeedDocument } from './document.ts';
import { itemTexts, type RawItem } from './raw.ts';
import { elements, textOf, type XmlNode } from './xml.ts';

/**
 * The channel of an RSS document whose title, link or generator names the provider; null for any other document. Another
 * provider's quiet RSS must not pass for this one being quiet.
 */
export function channelNaming(document: FeedDocument, provider: RegExp): readonly XmlNode[] | null {
  if (document.form !== 'xml') return null;
  const channel = elements(elements(document.roots, 'rss')[0] ?? [], 'channel')[0];
  if (channel === undefined) return null;
  const marks = ['title', 'link', 'generator'].map((name) => textOf(channel, name)).join(' ');
  return provider.test(marks) ? channel : null;
}

/** An item of a channel, read and as written. */
export interface RssItem {
  readonly nodes: readonly XmlNode[];
  readonly raw: RawItem;
}

/**
 * The items of a channel. Their texts are looked for only with `withRaw`; where they cannot be told apart, as with items
 * outside the channel, each has the whole document.
 */
export function rssItems(
  document: FeedDocument,
  channel: readonly XmlNode[],
  withRaw: boolean,
): readonly RssItem[] {
  const items = elements(channel, 'item');
  const texts = withRaw ? itemTexts(document) : [];
  const whole = withRaw && document.form === 'xml' ? document.text : '';
  return items.map((nodes, at) => {
    const text = texts.length === items.length ? (texts[at] ?? whole) : whole;
    return { nodes, raw: { form: 'xml', text } };
  });
}
