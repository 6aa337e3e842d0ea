import type { Instant } from '../time.ts';
import { denialWords } from './denial-message.ts';
import { errorRuleOf, type ErrorRule, type ErrorTable } from './error-table.ts';
import type { ErrorGroup, LogRecord } from './model.ts';
import { counted } from './words.ts';

const MOST_CALLS = 20;
/** Messages kept of each group, to see who refused. */
const MOST_MESSAGES = 200;

/**
 * Errors of one signature (code, and the source where it matters) together, with the side they speak for and how many came
 * before and after onset. Those that grew after onset come first, answers to inventory tools last.
 */
export function groupErrors(
  records: readonly LogRecord[],
  context: { readonly onset: Instant },
  table: ErrorTable,
): ErrorGroup[] {
  const alone = records.map((record) => ({ ...record, count: 1, first: record.at, last: record.at }));
  return groupErrorTallies(alone, context, table);
}

/** How often one call failed in one way within a time that lies wholly before onset, or wholly not. */
export interface ErrorTally extends Pick<LogRecord, 'errorCode' | 'source' | 'name' | 'principal'> {
  readonly flags: readonly string[];
  /** Of one of them; null when it says nothing or is not known. */
  readonly errorMessage: string | null;
  readonly count: number;
  readonly first: Instant;
  readonly last: Instant;
}

/** The same from errors that were counted before. */
export function groupErrorTallies(
  tallies: Iterable<ErrorTally>,
  context: { readonly onset: Instant },
  table: ErrorTable,
): ErrorGroup[] {
  const collected = new Map<string, Collected>();
  for (const record of tallies) {
    if (record.errorCode === null) continue;
    const rule = errorRuleOf(record.errorCode, record.source, table);
    const key = rule?.sources === undefined ? record.errorCode : `${record.source} ${record.errorCode}`;
    const group = collected.get(key) ?? collect(record, rule);
    collected.set(key, group);
    add(group, record, context.onset);
  }
  const groups = [...collected.values()].map((group) => groupOf(group, table));
  return groups.sort((a, b) => weight(b, table) - weight(a, table) || (a.errorCode < b.errorCode ? -1 : 1));
}

interface Collected {
  readonly code: string;
  readonly rule: ErrorRule | undefined;
  readonly principals: Set<string>;
  readonly calls: Set<string>;
  readonly messages: string[];
  count: number;
  before: number;
  after: number;
  first: Instant;
  last: Instant;
  serverFault: boolean;
  clientFault: boolean;
}

function collect(record: ErrorTally, rule: ErrorRule | undefined): Collected {
  return {
    code: record.errorCode ?? '',
    rule,
    principals: new Set(),
    calls: new Set(),
    messages: [],
    count: 0,
    before: 0,
    after: 0,
    first: record.first,
    last: record.last,
    serverFault: false,
    clientFault: false,
  };
}

function add(group: Collected, record: ErrorTally, onset: Instant): void {
  group.count += record.count;
  if (record.last < onset) group.before += record.count;
  else group.after += record.count;
  if (record.first < group.first) group.first = record.first;
  if (record.last > group.last) group.last = record.last;
  if (record.principal !== '') group.principals.add(record.principal);
  if (group.calls.size < MOST_CALLS) group.calls.add(`${record.source} ${record.name}`);
  if (record.errorMessage !== null && group.messages.length < MOST_MESSAGES) {
    group.messages.push(record.errorMessage);
  }
  if (record.flags.includes('server_fault')) group.serverFault = true;
  if (record.flags.includes('client_fault')) group.clientFault = true;
}

function groupOf(group: Collected, table: ErrorTable): ErrorGroup {
  return {
    errorCode: group.code,
    family: group.rule?.family ?? 'other',
    side: sideOf(group),
    count: group.count,
    principals: group.principals.size,
    before: group.before,
    after: group.after,
    first: group.first,
    last: group.last,
    calls: [...group.calls],
    note: noteOf(group, table),
  };
}

/** `Client.InternalError` is the customer's although `InternalError` is the provider's: the prefix weighs there. */
function sideOf(group: Collected): ErrorGroup['side'] {
  if (group.rule === undefined) return group.clientFault && !group.serverFault ? 'customer' : 'either';
  if (group.rule.side === 'provider' && group.clientFault) return group.serverFault ? 'either' : 'customer';
  return group.rule.side;
}

function noteOf(group: Collected, table: ErrorTable): string {
  const parts: string[] = [];
  if (group.rule === undefined) {
    parts.push(group.serverFault ? table.data.statusRule : 'The table does not know this code.');
  } else {
    parts.push(group.rule.meaning, group.rule.ambiguity);
  }
  if (group.rule?.family === 'denied') parts.push(denialWords(group.messages));
  parts.push(changeWords(group));
  return parts.filter((part) => part !== '').join(' ');
}

function changeWords(group: Collected): string {
  if (group.after === 0) {
    return group.before === 1
      ? 'Once, before onset: it did not begin with it.'
      : `All ${group.before} times before onset: they did not begin with it.`;
  }
  if (group.before === 0)
    return group.after === 1 ? 'Once, after onset.' : `${group.after} times, all after onset.`;
  return `${counted(group.before, 'time')} before onset, ${group.after} after.`;
}

function weight(group: ErrorGroup, table: ErrorTable): number {
  const background = table.data.families[group.family]?.background === true;
  return (background ? 0 : 1_000_000_000) + Math.max(0, group.after - group.before) * 1_000 + group.count;
}
