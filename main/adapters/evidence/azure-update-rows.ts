import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { counted } from '../../core/evidence/words.ts';
import { readTime } from '../../core/evidence/mapping/times.ts';
import type { Instant } from '../../core/time.ts';
import { type EvidenceAdapter, type Head, type NotTaken, type Recognition, rejected } from './adapter.ts';
import { subscriptionIn } from './azure-resource.ts';
import { rowsOfTables } from './azure-rows.ts';
import { findingOf, severityOf } from './finding.ts';
import { asObject, asText, type Json, type JsonObject } from './json.ts';

/** Columns by which the tables are told from others, by their letters. */
const UPDATE = ['computer', 'updatestate', 'classification'];
const SUMMARY = ['computer', 'criticalupdatesmissing', 'securityupdatesmissing'];

/**
 * Update Management in Log Analytics: the tables Update (one row for an update of a machine) and UpdateSummary (one for a machine), as
 * the portal exports them, `az monitor log-analytics query` prints them, and REST gives them in `tables`. It was retired in August 2024;
 * workspaces keep what it wrote for as long as they are told to.
 * Columns: https://learn.microsoft.com/azure/azure-monitor/reference/tables/update and .../updatesummary
 */
export const azureUpdateRows: EvidenceAdapter = {
  id: 'azure_update_rows',
  recognise,
  read(value, contentId) {
    const outer = asObject(value);
    if (outer === null) return rejected('not an object');
    if (outer['tables'] === undefined) {
      const read = readRow(outer, contentId);
      return 'notTaken' in read ? read : { finding: read };
    }
    const found = rowsOfTables(outer).flatMap((row, at) => {
      const read = readRow(row, () => `${contentId()}:${at}`);
      return 'notTaken' in read ? [] : [read];
    });
    return found.length === 0 ? rejected('no row of an update in these tables') : { findings: found };
  },
  notes: () => [
    'Update Management tells of the updates of a machine as it was last asked; a query shows what it let through.',
  ],
};

function recognise({ text, paths }: Head): Recognition | null {
  const records = (container: (Recognition & { kind: 'records' })['container']): Recognition => ({
    kind: 'records',
    recognisedAs: 'azure_update_rows',
    container,
  });
  const header = text.split('\n', 1)[0] ?? '';
  if (!/^\s*[{[]/.test(header)) return isTable(header.split(',')) ? records({ kind: 'rows' }) : null;
  const under = (at: string): string[] =>
    [...paths].filter((path) => path.startsWith(at)).map((path) => path.slice(at.length));
  if (paths.has('tables[].columns[].name')) {
    const names = [...text.matchAll(/"name"\s*:\s*"([^"]*)"/g)].map(([, name]) => name ?? '');
    return isTable(names) ? records({ kind: 'document' }) : null;
  }
  if (isTable(under('[].'))) return records({ kind: 'list' });
  return isTable([...paths]) ? records({ kind: 'sequence' }) : null;
}

function isTable(names: readonly string[]): boolean {
  const letters = new Set(names.map(lettersOf));
  return [UPDATE, SUMMARY].some((marks) => marks.every((mark) => letters.has(mark)));
}

function readRow(row: JsonObject, contentId: () => string): StateFinding | NotTaken {
  const cells = new Map(Object.entries(row).map(([name, cell]) => [lettersOf(name), textOf(cell)]));
  const at = (name: string): string => cells.get(name) ?? '';
  const computer = at('computer');
  if (computer === '') return rejected('no Computer of Update Management');
  const resource = at('resourceid') || computer;
  const common = {
    source: 'azure_update_rows',
    product: 'Azure Update Management',
    seenAt: timeOf(at('timegenerated') || at('timegeneratedutc')),
    pattern: 'unpatched' as const,
    owner: 'shared' as const,
    resource,
    account: (at('subscriptionid') || subscriptionIn(resource)).toLowerCase(),
  };
  return cells.has('updatestate')
    ? update(at, { ...common, computer, contentId })
    : summary(at, { ...common, computer });
}

type Common = Pick<
  StateFinding,
  'source' | 'product' | 'seenAt' | 'pattern' | 'owner' | 'resource' | 'account'
> & {
  readonly computer: string;
};

function update(
  at: (name: string) => string,
  { computer, contentId, ...common }: Common & { readonly contentId: () => string },
): StateFinding {
  const title = at('title') || at('product') || at('kbid');
  const which = at('updateid') || at('kbid') || title;
  const state = at('updatestate');
  const kind = at('classification');
  const isUrgent = /critical|security/i.test(kind);
  const isMissing = /^needed$|failed/i.test(state);
  const said = severityOf(at('msrcseverity') || at('packageseverity'));
  return findingOf({
    ...common,
    id: which === '' ? contentId() : `azure_update:${computer}:${which}`,
    status: isMissing ? 'failing' : /^(notneeded|installed)$/i.test(state) ? 'passing' : 'unknown',
    severity: said !== 'unknown' ? said : isUrgent ? 'high' : 'low',
    title: `${computer}: ${title === '' ? 'an update' : title}`,
    detail: [
      `state ${state === '' ? 'not said' : state}`,
      kind,
      at('kbid') === '' ? '' : `KB${at('kbid').replace(/^KB/i, '')}`,
      /^true$/i.test(at('optional')) ? 'optional' : '',
    ]
      .filter((part) => part !== '')
      .join('; '),
    control: which,
  });
}

function summary(at: (name: string) => string, { computer, ...common }: Common): StateFinding {
  const [critical, security, other] = [
    'criticalupdatesmissing',
    'securityupdatesmissing',
    'otherupdatesmissing',
  ].map((name) => countIn(at(name))) as [number | null, number | null, number | null];
  const urgent = (critical ?? 0) + (security ?? 0);
  // What was not counted may still be missing.
  const isKnown = critical !== null && security !== null;
  const days = countIn(at('oldestmissingsecurityupdateindays')) ?? 0;
  return findingOf({
    ...common,
    id: `azure_update_summary:${computer}`,
    status: urgent > 0 ? 'failing' : isKnown ? 'passing' : 'unknown',
    severity: urgent > 0 ? 'high' : 'info',
    title:
      isKnown || urgent > 0
        ? `${computer} lacks ${urgent} critical and security updates`
        : `${computer}: how many critical and security updates it lacks is not said`,
    detail: [
      other !== null && other > 0 ? counted(other, 'other') : '',
      days > 0 ? `the oldest security update is ${counted(days, 'day')} overdue` : '',
      /^true$/i.test(at('restartpending')) ? 'a restart is pending' : '',
    ]
      .filter((part) => part !== '')
      .join('; '),
    control: 'UpdateSummary',
  });
}

/** Null for a cell that holds no number. */
function countIn(text: string): number | null {
  const count = text === '' ? NaN : Number(text);
  return Number.isFinite(count) ? count : null;
}

function textOf(cell: Json | undefined): string {
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : asText(cell).trim();
}

/** Both portals print times in UTC, one of them as Americans write dates. */
function timeOf(text: string): Instant | null {
  return readTime(text, { zone: 'UTC', order: 'mdy', reference: 0 })?.at ?? null;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
