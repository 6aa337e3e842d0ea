import { epochMs, type Instant } from '../time.ts';
import type { ChangeTable } from './change-table.ts';
import { denialWords } from './denial-message.ts';
import { errorRuleOf, type ErrorTable } from './error-table.ts';
import type { LogRecord } from './model.ts';
import { isChange, ruleOf } from './rank-changes.ts';
import { clockOf, counted, listed, shortName } from './words.ts';

/** One principal and call that worked, and was denied after a change of a policy. */
export interface DeniedAfterChange {
  readonly principal: string;
  /** `source name` */
  readonly call: string;
  readonly lastWorked: Instant;
  readonly firstDenied: Instant;
  readonly denials: number;
  readonly change: LogRecord;
  /** The change names the principal or the resource that is denied, or it binds the whole account. */
  readonly linked: boolean;
  readonly note: string;
  /** The change, the last call that worked, and the first denials (at most 20). */
  readonly recordIds: readonly string[];
}

/** Who is denied since onset that was not denied the same call before. */
export interface DeniedPrincipals {
  /** The answer to the check `denied_principals`; null when nobody is newly denied. */
  readonly answer: 'one' | 'related_group' | 'unrelated_many' | null;
  readonly principals: readonly string[];
  readonly note: string;
  readonly recordIds: readonly string[];
}

interface Tables {
  readonly changes: ChangeTable;
  readonly errors: ErrorTable;
}

const MOST_IDS = 20;
const ORGANISATION = 'organizations.amazonaws.com';

/** True when the call was refused for want of a right. */
export function isDenied(record: LogRecord, table: ErrorTable): boolean {
  if (record.errorCode === null) return false;
  const rule = errorRuleOf(record.errorCode, record.source, table);
  return rule !== undefined && table.data.denied.families.includes(rule.family);
}

/** True for a change that worked and decides who may do what. */
export function isPolicyChange(record: LogRecord, table: ChangeTable): boolean {
  return ruleOf(record, table)?.policy === true && isChange(record, table);
}

/**
 * Finds what worked before and was denied after, with a policy change between: the same principal and call, on the same
 * resource where the records name one. Those whose change names the principal or the resource come first.
 */
export function deniedAfterChange(records: readonly LogRecord[], tables: Tables): DeniedAfterChange[] {
  const sorted = [...records].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const policyChanges = sorted.filter((record) => isPolicyChange(record, tables.changes));
  if (policyChanges.length === 0) return [];
  const found: DeniedAfterChange[] = [];
  for (const calls of byPrincipalAndCall(sorted, tables.errors).values()) {
    const one = firstDeniedAfterChange(calls, policyChanges, tables);
    if (one !== null) found.push(one);
  }
  return found.sort(
    (a, b) => Number(b.linked) - Number(a.linked) || (a.firstDenied < b.firstDenied ? -1 : 1),
  );
}

interface Calls {
  readonly records: LogRecord[];
  denied: boolean;
  worked: boolean;
}

function byPrincipalAndCall(sorted: readonly LogRecord[], table: ErrorTable): ReadonlyMap<string, Calls> {
  const calls = new Map<string, Calls>();
  for (const record of sorted) {
    const denied = isDenied(record, table);
    // What has only begun has not worked yet.
    if (record.flags.includes('begun')) continue;
    if (record.principal === '' || (record.errorCode !== null && !denied)) continue;
    const key = `${record.principal} ${record.source} ${record.name}`;
    const known = calls.get(key) ?? { records: [], denied: false, worked: false };
    calls.set(key, known);
    known.records.push(record);
    if (denied) known.denied = true;
    else known.worked = true;
  }
  for (const [key, value] of calls) if (!value.denied || !value.worked) calls.delete(key);
  return calls;
}

function firstDeniedAfterChange(
  calls: Calls,
  policyChanges: readonly LogRecord[],
  tables: Tables,
): DeniedAfterChange | null {
  const within = tables.errors.data.denied.withinMinutes * 60_000;
  const { records } = calls;
  for (const [index, denial] of records.entries()) {
    if (denial.errorCode === null) continue;
    const worked = records
      .slice(0, index)
      .findLast((record) => record.errorCode === null && sameResource(record, denial));
    if (worked === undefined) continue;
    const between = spanOf(policyChanges, worked.at, denial.at).filter(
      (change) => epochMs(denial.at) - epochMs(change.at) <= within && bindsAccount(change, denial.account),
    );
    const linkedChange = between.findLast((change) => isLinked(change, denial));
    const change = linkedChange ?? between.at(-1);
    if (change === undefined) continue;
    const since = records.slice(index).filter((record) => sameResource(record, denial));
    // What works again by itself was a passing denial; without a link to the change it says nothing.
    if (linkedChange === undefined && since.some((record) => record.errorCode === null)) continue;
    const denials = since.filter((record) => record.errorCode !== null);
    return describe({ worked, denials, denial, change, linked: linkedChange !== undefined });
  }
  return null;
}

/** Policies of an organisation are changed in another account than the ones they bind. */
function bindsAccount(change: LogRecord, account: string): boolean {
  return change.account === account || change.account === '' || change.source === ORGANISATION;
}

/** The part of records in the order of time that lies between two instants, both included. */
function spanOf(sorted: readonly LogRecord[], from: Instant, to: Instant): readonly LogRecord[] {
  const first = countBefore(sorted, (record) => record.at < from);
  return sorted.slice(
    first,
    countBefore(sorted, (record) => record.at <= to),
  );
}

function countBefore(sorted: readonly LogRecord[], isBefore: (record: LogRecord) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const record = sorted[middle];
    if (record !== undefined && isBefore(record)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sameResource(a: LogRecord, b: LogRecord): boolean {
  return (
    a.resources.length === 0 ||
    b.resources.length === 0 ||
    a.resources.some((name) => b.resources.includes(name))
  );
}

function isLinked(change: LogRecord, denial: LogRecord): boolean {
  if (change.source === ORGANISATION) return true;
  const who = shortName(denial.principal);
  const touched = change.resources.map(shortName);
  return touched.includes(who) || denial.resources.some((name) => touched.includes(shortName(name)));
}

function describe(parts: {
  readonly worked: LogRecord;
  readonly denials: readonly LogRecord[];
  readonly denial: LogRecord;
  readonly change: LogRecord;
  readonly linked: boolean;
}): DeniedAfterChange {
  const { worked, denials, denial, change, linked } = parts;
  const who = shortName(denial.principal);
  const said = denialWords(denials.map((record) => record.errorMessage));
  const link = linked ? '' : ' No link between the change and this call is seen in the records.';
  return {
    principal: denial.principal,
    call: `${denial.source} ${denial.name}`,
    lastWorked: worked.at,
    firstDenied: denial.at,
    denials: denials.length,
    change,
    linked,
    note: `${denial.name} by ${who} worked at ${clockOf(worked.at)} and was denied from ${clockOf(denial.at)} UTC on; between them, ${change.name} by ${shortName(change.principal)} at ${clockOf(change.at)}.${link}${said === '' ? '' : ` ${said}`}`,
    recordIds: [change.id, worked.id, ...denials.slice(0, MOST_IDS - 2).map((record) => record.id)],
  };
}

/**
 * Who is newly denied since onset. Denials that went on before onset too are background and left out. Many principals of
 * several services with no policy change before them point away from one policy of ours.
 */
export function deniedPrincipals(
  records: readonly LogRecord[],
  context: { readonly onset: Instant },
  tables: Tables,
): DeniedPrincipals {
  const denials = records.filter((record) => record.principal !== '' && isDenied(record, tables.errors));
  const before = new Set(denials.filter((record) => record.at < context.onset).map(callKey));
  const fresh = denials.filter((record) => record.at >= context.onset && !before.has(callKey(record)));
  const principals = [...new Set(fresh.map((record) => record.principal))].sort();
  const recordIds = fresh.slice(0, MOST_IDS).map((record) => record.id);
  if (principals.length === 0) {
    return {
      answer: null,
      principals,
      recordIds,
      note: 'Nobody is denied since onset who was not denied before.',
    };
  }
  const who = listed(principals.map(shortName), 3);
  const said = denialWords(fresh.map((record) => record.errorMessage));
  const more = said === '' ? '' : ` ${said}`;
  if (principals.length === 1) {
    return { answer: 'one', principals, recordIds, note: `Since onset only ${who} is newly denied.${more}` };
  }
  const services = new Set(fresh.map((record) => record.source)).size;
  const { unrelatedPrincipals, unrelatedServices, withinMinutes } = tables.errors.data.denied;
  const first = fresh.reduce(
    (least, record) => (record.at < least ? record.at : least),
    fresh[0]?.at ?? context.onset,
  );
  const changed = records.some(
    (record) =>
      isPolicyChange(record, tables.changes) &&
      record.at <= first &&
      epochMs(first) - epochMs(record.at) <= withinMinutes * 60_000,
  );
  const many = principals.length >= unrelatedPrincipals && services >= unrelatedServices;
  const counts = `${counted(principals.length, 'principal')} of ${counted(services, 'service')}`;
  if (many && !changed) {
    return {
      answer: 'unrelated_many',
      principals,
      recordIds,
      note: `Many unrelated principals are newly denied since onset (${counts}: ${who}), and no policy change was seen in the ${withinMinutes} minutes before.${more}`,
    };
  }
  return {
    answer: 'related_group',
    principals,
    recordIds,
    note: `Newly denied since onset: ${counts} (${who})${changed ? '; a policy change came before' : ''}.${more}`,
  };
}

function callKey(record: LogRecord): string {
  return `${record.principal} ${record.source} ${record.name}`;
}
