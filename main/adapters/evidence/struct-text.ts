import { type Json, type JsonObject, parseJson } from './json.ts';

/** Deeper than any record of CloudTrail; what is deeper stays text. */
const DEEPEST = 10;
/** The longest cell that is taken apart. */
const LONGEST = 256 * 1024;

/**
 * A struct, map or list as the SQL of AWS prints it in a cell, `{type=Role, sessioncontext={attributes={…}}, username=null}`, as JSON;
 * undefined when it is none. Values have no quotes: a comma in one ends it only where `name=` follows.
 */
export function structIn(text: string): Json | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST || !/^[{[]/.test(trimmed)) return undefined;
  return parseJson(trimmed) ?? partIn(trimmed, 0);
}

function partIn(text: string, depth: number): Json | undefined {
  const inner = text.slice(1, -1);
  if (depth > DEEPEST) return undefined;
  if (text.startsWith('{') && text.endsWith('}')) return fieldsIn(inner, depth);
  if (text.startsWith('[') && text.endsWith(']'))
    return inner.trim() === '' ? [] : split(inner).map((item) => valueOf(item, depth));
  return undefined;
}

function fieldsIn(inner: string, depth: number): JsonObject | undefined {
  if (inner.trim() === '') return {};
  const fields: [string, string][] = [];
  for (const part of split(inner)) {
    const at = part.search(/=/);
    const name = at === -1 ? '' : part.slice(0, at).trim();
    const last = fields.at(-1);
    if (/^[\w.$:-]+$/.test(name)) fields.push([name, part.slice(at + 1)]);
    else if (last === undefined) return undefined;
    // A comma within the value before.
    else last[1] += `,${part}`;
  }
  return Object.fromEntries(fields.map(([name, value]) => [name, valueOf(value, depth)]));
}

function valueOf(text: string, depth: number): Json {
  const value = text.trim();
  if (value === 'null') return null;
  if (!/^[{[]/.test(value)) return value;
  return parseJson(value) ?? partIn(value, depth + 1) ?? value;
}

/** At commas that stand outside of brackets and quotes. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (isQuoted && sign === '\\') at += 1;
    else if (sign === '"' && depth > 0) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    else if (sign === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}
