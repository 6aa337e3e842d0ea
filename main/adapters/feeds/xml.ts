import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { fail, ok, type Result } from '../../core/result.ts';
import { isRecord } from './fields.ts';

/** An element with its children in document order, or a piece of text with entities decoded. */
export type XmlNode =
  { readonly name: string; readonly children: readonly XmlNode[] } | { readonly text: string };

const TEXT = '#text';
const CDATA = '#cdata';

/**
 * Numbers stay text, so that an id keeps its digits; entities are left alone, so that none is ever expanded from a
 * DOCTYPE, and CDATA is told apart from text, where entities mean something.
 */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  textNodeName: TEXT,
  cdataPropName: CDATA,
});

/** Well-formed XML to its root nodes. Validated first: the parser alone accepts half a document. */
export function parseXml(text: string): Result<readonly XmlNode[]> {
  try {
    const valid = XMLValidator.validate(text);
    if (valid !== true) {
      const fault = valid.err.msg.replace(/\s+/g, ' ').replace(/\.$/, '');
      return fail(
        'unreadable',
        `The answer is not complete, well-formed XML (line ${valid.err.line}: ${fault}).`,
      );
    }
    const parsed: unknown = parser.parse(text);
    return ok(nodesOf(parsed));
  } catch (error) {
    return fail(
      'unreadable',
      `The answer is not readable XML: ${error instanceof Error ? error.message : 'unknown fault'}`,
    );
  }
}

/** The elements called `name` among these nodes. */
export function elements(nodes: readonly XmlNode[], name: string): readonly (readonly XmlNode[])[] {
  return nodes.flatMap((node) => ('name' in node && node.name === name ? [node.children] : []));
}

/** The text of the first element called `name`, trimmed; empty when there is none. */
export function textOf(nodes: readonly XmlNode[], name: string): string {
  return textsOf(nodes, name)[0] ?? '';
}

/** The text of every element called `name`, trimmed. */
export function textsOf(nodes: readonly XmlNode[], name: string): readonly string[] {
  return elements(nodes, name).map((children) =>
    children
      .map((node) => ('text' in node ? node.text : ''))
      .join('')
      .trim(),
  );
}

function nodesOf(value: unknown): readonly XmlNode[] {
  return Array.isArray(value) ? value.flatMap(nodeOf) : [];
}

function nodeOf(value: unknown): readonly XmlNode[] {
  if (!isRecord(value)) return [];
  const text = value[TEXT];
  if (typeof text === 'string') return [{ text: decodeEntities(text) }];
  if (CDATA in value) return [{ text: rawText(value[CDATA]) }];
  return Object.entries(value).flatMap(([name, children]) =>
    name === ':@' ? [] : [{ name, children: nodesOf(children) }],
  );
}

function rawText(value: unknown): string {
  if (!Array.isArray(value)) return '';
  return value.map((part: unknown) => (isRecord(part) ? textOrNone(part[TEXT]) : '')).join('');
}

function textOrNone(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five entities that XML itself defines, and character numbers; any other name stays as written. */
function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex, decimal, name) => {
      if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? whole;
      const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number.parseInt(String(decimal), 10);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
