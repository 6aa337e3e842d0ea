import { createHash } from 'node:crypto';
import type { FindingQuery } from '../../db/api.ts';
import type { FindingListing, FindingsView } from '../../preload/contract/views.ts';
import type { FileReport } from '../core/evidence/model.ts';
import { nearOnset, type RankedFinding, rankFindings } from '../core/evidence/rank-findings.ts';
import type { StateFinding } from '../core/evidence/state-finding.ts';
import { EvidenceId, type IncidentId } from '../core/ids.ts';
import type { Scope } from '../core/incident/events.ts';
import type { EvidenceView } from '../core/incident/state.ts';
import { ok, type Result } from '../core/result.ts';
import type { Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import type { IncidentBook } from './incident-book.ts';

/** Failing findings that are ranked: dated and worst first, as the database gives them. */
const RANKED = 5_000;
/** Ranked findings shown beside the logs. */
const SHOWN = 50;
const PAGE = 200;

/** What an incident's findings say, and all that were ranked for the suggestions. */
export async function findingsOf(
  context: ServiceContext,
  incidentId: IncidentId,
  scope: Pick<Scope, 'onset' | 'services' | 'regions'>,
  reports: readonly FileReport[],
  evidence: readonly EvidenceView[],
): Promise<Result<{ readonly view: FindingsView; readonly ranked: readonly RankedFinding[] }>> {
  const { db, library } = context;
  const { patterns } = library.evidence;
  const earlier = await attachedEarlier(context, incidentId, evidence);
  if (!earlier.ok) return earlier;
  const counts = await db.call('findingCounts', { incidentId });
  if (!counts.ok) return counts;
  const dated = await db.call('listFindings', {
    incidentId,
    dated: nearOnset(scope.onset, patterns),
    limit: RANKED,
  });
  if (!dated.ok) return dated;
  const failing = await db.call('listFindings', { incidentId, status: 'failing', limit: RANKED });
  if (!failing.ok) return failing;
  const all = new Map([...dated.value.findings, ...failing.value.findings].map((one) => [one.id, one]));
  const ranked = rankFor([...all.values()], scope, library.evidence);
  const view: FindingsView = {
    failing: counts.value.failing,
    passing: counts.value.passing,
    unknown: counts.value.unknown,
    datedNear: ranked.filter((one) => one.dated === 'near').length,
    scanned: scannedIn(reports),
    patterns: counts.value.patterns.map(({ pattern, count }) => {
      const { name, owner, why } = patterns.patterns[pattern];
      return { pattern, count, name, owner, why };
    }),
    ranked: ranked.slice(0, SHOWN),
    attachedEarlier: earlier.value,
  };
  return ok({ view, ranked });
}

/** A page of findings in the database's order, each with its rank for the incident. */
export async function pageOfFindings(
  { db, library }: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  query: Omit<FindingQuery, 'incidentId' | 'limit'>,
): Promise<Result<FindingListing>> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const { row, state } = opened.value;
  const page = await db.call('listFindings', { ...query, incidentId: row.id, limit: PAGE });
  if (!page.ok) return page;
  return ok({ findings: rankFor(page.value.findings, state.scope, library.evidence), next: page.value.next });
}

function rankFor(
  findings: readonly StateFinding[],
  { onset, services, regions }: Pick<Scope, 'onset' | 'services' | 'regions'>,
  { patterns, changes }: ServiceContext['library']['evidence'],
): RankedFinding[] {
  return rankFindings(findings, { onset, services, regions, aliases: changes.data.serviceAliases }, patterns);
}

function scannedIn(reports: readonly FileReport[]): FindingsView['scanned'] {
  const spans = reports.flatMap(({ scanned }) => (scanned === null ? [] : [scanned]));
  const from = spans.map((one) => one.from).sort()[0];
  const to = spans
    .map((one) => one.to)
    .sort()
    .at(-1);
  return from === undefined || to === undefined ? null : { from, to };
}

/** Makes one finding a piece of evidence. Attaching it twice is attaching it once. */
export async function attachFinding(
  context: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  findingId: string,
): Promise<Result<{ readonly evidenceId: string }>> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const found = await context.db.call('getFinding', { incidentId: opened.value.row.id, findingId });
  if (!found.ok) return found;
  const finding = found.value;
  const bytes = bytesOf(finding);
  const stored = await context.db.call('putBlob', { mediaType: 'application/json', bytes });
  if (!stored.ok) return stored;
  const evidenceId = evidenceIdOf(stored.value.sha256);
  const added = await book.dispatch(incidentId, {
    type: 'add_evidence',
    evidence: {
      evidenceId,
      kind: 'record',
      side: finding.owner === 'provider' ? 'provider' : 'customer',
      name: nameOf(finding),
      sha256: stored.value.sha256,
      size: stored.value.size,
      summary: summaryOf(finding).slice(0, 2000),
      sourceId: finding.id,
    },
  });
  return added.ok ? ok({ evidenceId }) : added;
}

function bytesOf(finding: StateFinding): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(finding));
}

function evidenceIdOf(sha256: string): EvidenceId {
  return EvidenceId.parse(`finding-${sha256.slice(0, 24)}`);
}

/** Of the findings that are attached those that stand otherwise by now: a newer look has come in, or something has dated them since. */
async function attachedEarlier(
  { db }: ServiceContext,
  incidentId: IncidentId,
  evidence: readonly Pick<EvidenceView, 'evidenceId' | 'sourceId'>[],
): Promise<Result<readonly string[]>> {
  const attached = new Set(evidence.map(({ evidenceId }) => evidenceId));
  const ids = new Set(
    evidence.flatMap(({ evidenceId, sourceId }) =>
      evidenceId.startsWith('finding-') && sourceId !== undefined ? [sourceId] : [],
    ),
  );
  const earlier: string[] = [];
  for (const findingId of ids) {
    const found = await db.call('getFinding', { incidentId, findingId });
    if (!found.ok) {
      if (found.error.code === 'not_found') continue;
      return found;
    }
    const sha256 = createHash('sha256').update(bytesOf(found.value)).digest('hex');
    if (!attached.has(evidenceIdOf(sha256))) earlier.push(findingId);
  }
  return ok(earlier);
}

function nameOf({ title, resource }: StateFinding): string {
  return (resource === '' ? title : `${title}: ${resource}`).slice(0, 400);
}

function summaryOf({
  product,
  control,
  status,
  severity,
  since,
  seenAt,
  region,
  account,
  detail,
}: StateFinding): string {
  const place = [region, account].filter((part) => part !== '').join(', ');
  return [
    `${product}${control === '' ? '' : ` ${control}`}: ${status}, severity ${severity}${place === '' ? '' : `, ${place}`}`,
    momentWords(since, seenAt),
    detail,
  ]
    .filter((line) => line !== '')
    .join('. ');
}

function momentWords(since: Instant | null, seenAt: Instant | null): string {
  const seen = seenAt === null ? 'at a time the source does not say' : `at ${seenAt}`;
  return since === null
    ? `State at scan time, ${seen}; dated by nothing`
    : `So since ${since}; looked at ${seen.slice(3)}`;
}
