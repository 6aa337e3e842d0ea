import type { LogRecord } from '../model.ts';
import { outcomeOf } from './outcome.ts';
import type { Mapping, Role } from './model.ts';
import { cell, type Row } from './row.ts';
import { readTime, type TimeRead } from './times.ts';

/** What a row became: a record without its id, or the reason why it is none. */
export type Applied =
  | { readonly kind: 'record'; readonly record: Omit<LogRecord, 'id'>; readonly time: TimeRead }
  | { readonly kind: 'refused'; readonly reason: string };

/** How the calls begin that only read; such a row is no change, even among changes. */
const READS = /^(get|list|describe|read|view|show|search|query|check|head|options|select|fetch)\b/i;
const MOST_NAMED = 20;

/**
 * Makes a row into a record as a mapping says. `reference` (milliseconds since 1970) gives times without a year theirs. What the
 * mapping does not name goes into the detail when the row has no message, so that nothing of a short row is lost.
 */
export function applyMapping(mapping: Mapping, row: Row, reference: number): Applied {
  const said = cell(row, mapping.time.field);
  if (said.trim() === '') return refused(`no time in ${mapping.time.field}`);
  const time = readTime(said, { zone: mapping.time.zone, order: mapping.time.order, reference });
  if (time === null) return refused(`${mapping.time.field} is not a time: ${cut(said, 40)}`);
  const of = (role: Role): string => {
    const field = mapping.fields[role];
    return field === undefined ? '' : cell(row, field).trim();
  };
  const message = of('message');
  const name = of('name') || firstWords(message) || mapping.name;
  const errorCode = outcomeOf(of('error'));
  const principal = of('principal');
  return {
    kind: 'record',
    time,
    record: {
      at: time.at,
      source: cut(of('source') || mapping.name, 128),
      name: cut(name, 128),
      region: cut(of('region').toLowerCase(), 64),
      account: cut(of('account'), 64),
      principal: cut(principal, 512),
      actor: /^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(principal) ? 'person' : 'unknown',
      sourceIp: cut(of('address'), 128),
      userAgent: '',
      readOnly: mapping.rows === 'events' || READS.test(name),
      errorCode: errorCode === null ? null : cut(errorCode, 128),
      errorMessage: errorCode === null || message === '' ? null : cut(message, 1024),
      resources: resourcesOf(of('resource')),
      flags: [],
      detail: cut(message !== '' ? (errorCode === null ? message : '') : restOf(mapping, row), 300),
    },
  };
}

function refused(reason: string): Applied {
  return { kind: 'refused', reason };
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

/** The beginning of a message as a name; numbers and ids differ from line to line and say nothing about the kind. */
function firstWords(message: string): string {
  return cut((message.split('\n')[0] ?? '').replace(/\b[0-9a-f-]*\d[0-9a-f-]*\b/gi, '#').trim(), 80);
}

function resourcesOf(text: string): string[] {
  return text
    .split(/,\s+/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .slice(0, MOST_NAMED)
    .map((one) => cut(one, 512));
}

/** The fields that no role uses, as `name: value`. */
function restOf(mapping: Mapping, row: Row): string {
  const used = new Set([mapping.time.field, ...Object.values(mapping.fields)]);
  return Object.entries(row)
    .filter(([field, value]) => !used.has(field) && value.trim() !== '')
    .map(([field, value]) => `${field}: ${value.trim()}`)
    .join('; ');
}
