import { fail, ok, type Result } from '../../core/result.ts';
import { parseXml, type XmlNode } from './xml.ts';

/** A whole document: parsed JSON, or well-formed XML as root nodes and as written. */
export type FeedDocument =
  | { readonly form: 'json'; readonly value: unknown }
  | { readonly form: 'xml'; readonly roots: readonly XmlNode[]; readonly text: string };

/** Opens bytes as one whole JSON or XML document. The error's message is the reason for "could not check". */
export function openDocument(bytes: Uint8Array): Result<FeedDocument> {
  const decoded = decode(bytes);
  if (!decoded.ok) return decoded;
  const text = decoded.value.trim();
  if (text === '') return fail('unreadable', 'The answer is empty.');
  if (looksLikeHtml(text)) return fail('unreadable', 'The answer is an HTML page, not the feed.');
  return text.startsWith('<') ? openXml(text) : openJson(text);
}

/**
 * Bytes to text by byte-order mark, else UTF-8, and refusing what the encoding does not allow. The mark decides:
 * AWS serves `currentevents` as big-endian UTF-16 under a charset name that readers take for little-endian.
 */
function decode(bytes: Uint8Array): Result<string> {
  const encoding = encodingOf(bytes);
  try {
    return ok(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch {
    return fail('unreadable', `The answer is not text: its bytes are not ${encoding.toUpperCase()}.`);
  }
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16be' | 'utf-16le' {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return 'utf-8';
}

function looksLikeHtml(text: string): boolean {
  return text.startsWith('<') && /<!doctype\s+html|<html[\s>]/i.test(text.slice(0, 2000));
}

/** Characters of XML read at most. The largest feed in XML holds 50 posts, some 70,000 characters. */
const MOST_XML = 2 * 1024 * 1024;

function openXml(text: string): Result<FeedDocument> {
  if (text.length > MOST_XML)
    return fail('too_large', 'The answer is XML larger than 2 MiB, which no status feed is.');
  const parsed = parseXml(text);
  return parsed.ok ? ok({ form: 'xml', roots: parsed.value, text }) : parsed;
}

/** Marks of structure in one document. At the density of the densest recorded, 16 MiB have half a million, or one without indentation. */
const MOST_MARKS = 1_500_000;

function openJson(text: string): Result<FeedDocument> {
  if (marks(text) > MOST_MARKS)
    return fail('too_large', 'The answer has more lists and objects than any status feed.');
  try {
    const value: unknown = JSON.parse(text);
    return ok({ form: 'json', value });
  } catch (error) {
    return fail('unreadable', jsonFault(text, error instanceof Error ? error.message : ''));
  }
}

/** How many brackets, braces and commas a text has, counted up to the bound: reading many millions of values takes seconds. */
function marks(text: string): number {
  if (text.length <= MOST_MARKS) return 0;
  let count = 0;
  for (let at = 0; at < text.length && count <= MOST_MARKS; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x2c || code === 0x5b || code === 0x7b) count += 1;
  }
  return count;
}

/** JSON that stops early and JSON that never was are different news: the first is worth asking for again at once. */
function jsonFault(text: string, message: string): string {
  if (!/^[[{]/.test(text)) return 'The answer is neither JSON nor XML.';
  const position = /position (\d+)/.exec(message)?.[1];
  const atEnd =
    position === undefined ? /end of JSON input/.test(message) : Number(position) >= text.length - 1;
  if (atEnd || /unterminated/i.test(message)) {
    return `The answer is cut off: its JSON stops after ${text.length} characters, before it is complete.`;
  }
  return `The answer is not valid JSON${position === undefined ? '' : ` (character ${position})`}.`;
}
