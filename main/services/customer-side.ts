import type { CustomerSide } from '../../preload/contract/views.ts';
import { coverageOf } from '../core/evidence/coverage.ts';
import { deniedAfterChange, deniedPrincipals } from '../core/evidence/denied.ts';
import { failingNames } from '../core/evidence/failing-names.ts';
import { groupErrors } from '../core/evidence/group-errors.ts';
import type { LogRecord } from '../core/evidence/model.ts';
import { providerWords } from '../core/evidence/provider-words.ts';
import { rankChanges } from '../core/evidence/rank-changes.ts';
import { suggestAnswers } from '../core/evidence/suggest.ts';
import { mergeSuggestions, suggestFromFindings } from '../core/evidence/suggest-findings.ts';
import { ok, type Result } from '../core/result.ts';
import { addMinutes, type Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import { evidenceHoles } from './evidence-holes.ts';
import { findingsOf } from './findings.ts';
import type { IncidentBook } from './incident-book.ts';

/** How far around onset records are looked at, in minutes before and after. */
const WINDOW = { before: 24 * 60, after: 60 };
/** Records looked at for what was denied: those nearest to onset. */
const LOOKED_AT = 20_000;
/** Ranked changes shown. */
const SHOWN_CHANGES = 50;

/**
 * What the customer's own logs say about an incident: coverage, ranked changes, errors, and what they suggest. `otherOnset`
 * asks what it would be if it had begun then.
 */
export async function customerSide(
  context: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  otherOnset?: Instant,
): Promise<Result<CustomerSide>> {
  const { db, library } = context;
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const { row, state } = opened.value;
  const { services, regions, title, workload } = state.scope;
  const onset = otherOnset ?? state.scope.onset;
  const around = {
    incidentId: row.id,
    from: addMinutes(onset, -WINDOW.before),
    to: addMinutes(onset, WINDOW.after),
    limit: LOOKED_AT,
  };
  const files = await db.call('listEvidence', { incidentId: row.id });
  if (!files.ok) return files;
  const counts = await db.call('recordCounts', { incidentId: row.id });
  if (!counts.ok) return counts;
  const changes = await db.call('changeCandidates', around);
  if (!changes.ok) return changes;
  const errors = await db.call('errorRecords', around);
  if (!errors.ok) return errors;
  const { from, to, limit } = around;
  const all = await db.call('listRecords', { incidentId: row.id, limit, filter: { from, to } });
  if (!all.ok) return all;

  const tables = library.evidence;
  const reports = files.value.map(({ report }) => report);
  const records: readonly LogRecord[] = all.value.records;
  const coverage = coverageOf(reports, { onset, regions, sample: records });
  const resources = failingNames(errors.value.records, { onset }, tables.errors);
  const failing = { onset, services, regions, resources, names: [title, workload] };
  const ranked = rankChanges(changes.value.records, failing, tables.changes);
  const holes = await evidenceHoles(context, row.id, {
    onset,
    coverage,
    files: reports,
    changes: changes.value.records,
  });
  if (!holes.ok) return holes;
  const groups = groupErrors(errors.value.records, { onset }, tables.errors);
  const suggestions = suggestAnswers(
    {
      onset,
      ranked,
      changes: changes.value.records,
      errors: groups,
      deniedAfterChange: deniedAfterChange(records, tables),
      deniedPrincipals: deniedPrincipals(records, { onset }, tables),
      coverage,
      failing: resources,
      holes: holes.value,
      providerWords: providerWords(records, { onset, services, regions }),
    },
    tables,
  );
  const findings = await findingsOf(context, row.id, { onset, services, regions }, reports);
  if (!findings.ok) return findings;
  const merged = mergeSuggestions(
    suggestions,
    suggestFromFindings(findings.value.ranked, onset, tables.patterns),
  );
  return ok({
    files: reports,
    records: counts.value.records,
    window: coverage.window,
    coverage: reports.length === 0 ? [] : coverage.sentences,
    changes: ranked.slice(0, SHOWN_CHANGES),
    errors: groups,
    holes: reports.length === 0 ? [] : holes.value,
    findings: findings.value.view,
    suggestions: merged.map((one) => ({
      ...one,
      number: one.number ?? null,
      findingIds: one.findingIds ?? [],
    })),
  });
}
