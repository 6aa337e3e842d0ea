import type { FeedDocument } from './document.ts';
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
