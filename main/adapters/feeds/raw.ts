import type { RawEvent } from '../../core/feeds/raw.ts';
import type { FeedDocument } from './document.ts';

/** What an event was read from: a value of the document's JSON, or an element of its XML as written. */
export type RawItem =
  { readonly form: 'json'; readonly value: unknown } | { readonly form: 'xml'; readonly text: string };

/** Called with each item and the native id of the event that it tells of, or tells a part of. */
export type RawKeeper = (nativeId: string, item: RawItem) => void;

/** Bytes of UTF-8 shown of one event. */
const MOST_BYTES = 64 * 1024;

/** The items of one event as text: JSON with two spaces of indentation, XML as written, cut after 64 KiB. */
export function rawEvent(items: readonly RawItem[]): RawEvent | null {
  const [first] = items;
  if (first === undefined) return null;
  const whole = items.map(textOf).join('\n\n');
  const bytes = new TextEncoder().encode(whole);
  const cut = bytes.byteLength > MOST_BYTES;
  return {
    form: first.form,
    items: items.length,
    text: cut ? startOf(bytes) : whole,
    size: bytes.byteLength,
    cut,
  };
}

function textOf(item: RawItem): string {
  return item.form === 'json' ? JSON.stringify(item.value, null, 2) : unindented(item.text);
}

/** A character that the cut goes through is left out. */
function startOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, MOST_BYTES), { stream: true });
}

/** An element stands in its document at some depth; its end tag says at which. */
function unindented(text: string): string {
  const depth = /\n([ \t]+)[^\n]*$/.exec(text)?.[1] ?? '';
  return depth === '' ? text : text.replaceAll(`\n${depth}`, '\n');
}

const MARKS = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<item\b[^>]*?\/>|<item\b[^>]*>|<\/item\s*>/g;

/**
 * The items of an RSS document as written, in its order. What looks like one inside a comment or CDATA is none, nor is one
 * inside another.
 */
export function itemTexts(document: FeedDocument): readonly string[] {
  if (document.form !== 'xml') return [];
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: mark, index } of document.text.matchAll(MARKS)) {
    if (mark.startsWith('<!')) continue;
    if (mark.startsWith('</')) {
      depth -= 1;
      if (depth === 0) found.push(document.text.slice(start, index + mark.length));
    } else if (mark.endsWith('/>')) {
      if (depth === 0) found.push(mark);
    } else {
      if (depth === 0) start = index;
      depth += 1;
    }
  }
  return found;
}
