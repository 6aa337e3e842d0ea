import type { CustomerSide } from '../../preload/contract/views.ts';
import { coverageOf } from '../core/evidence/coverage.ts';
import type { ProviderWord } from '../core/evidence/provider-words.ts';
import { LIMIT } from '../core/evidence/rank-changes.ts';
import { suggestAnswers } from '../core/evidence/suggest.ts';
import { mergeSuggestions, suggestFromFindings } from '../core/evidence/suggest-findings.ts';
import { ok, type Result } from '../core/result.ts';
import { addMinutes, type Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import { lookAtRecords, lookAtSums } from './evidence-around.ts';
import { evidenceHoles } from './evidence-holes.ts';
import { findingsOf } from './findings.ts';
import type { IncidentBook } from './incident-book.ts';

/** How far around onset records are looked at, in minutes before and after. */
const WINDOW = { before: 24 * 60, after: 60 };
/** With no more records than this in the window each is looked at; with more, what the store has summed up. */
const LOOKED_AT = 20_000;
/** Ranked changes shown. */
const SHOWN_CHANGES = 50;
/** Words of the provider shown. */
const SHOWN_WORDS = 20;

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
  const tables = library.evidence;
  const reports = files.value.map(({ report }) => report);
  const failing = { onset, services, regions, names: [title, workload] };
  const within = await db.call('countRecords', around);
  if (!within.ok) return within;
  const look = within.value > LOOKED_AT ? lookAtSums : lookAtRecords;
  const looked = await look(context, around, failing);
  if (!looked.ok) return looked;
  const { ranked, errors, leftOut, ...seen } = looked.value;
  const named = await db.call('namedInLogs', { incidentId: row.id });
  if (!named.ok) return named;
  const coverage = coverageOf(reports, { onset, regions, named: named.value });
  const holes = await evidenceHoles(context, row.id, {
    onset,
    coverage,
    files: reports,
    changes: seen.changes,
  });
  if (!holes.ok) return holes;
  const suggestions = suggestAnswers(
    { onset, ranked, errors, coverage, holes: holes.value, ...seen },
    tables,
  );
  const findings = await findingsOf(context, row.id, { onset, services, regions }, reports, state.evidence);
  if (!findings.ok) return findings;
  const merged = mergeSuggestions(
    suggestions,
    suggestFromFindings(findings.value.ranked, onset, tables.patterns),
  );
  return ok({
    files: reports,
    records: counts.value.records,
    window: coverage.window,
    coverage: reports.length === 0 ? [] : [...coverage.sentences, ...leftOut],
    looked: { from: around.from, to: around.to, records: within.value },
    changes: ranked.slice(0, SHOWN_CHANGES),
    changesRanked: { count: ranked.length, isAll: ranked.length < LIMIT },
    providerWords: seen.providerWords.slice(0, SHOWN_WORDS),
    providerWordsFound: countWords(seen.providerWords),
    errors,
    holes: reports.length === 0 ? [] : holes.value,
    findings: findings.value.view,
    suggestions: merged.map((one) => ({
      ...one,
      number: one.number ?? null,
      findingIds: one.findingIds ?? [],
    })),
  });
}

function countWords(words: readonly ProviderWord[]): CustomerSide['providerWordsFound'] {
  const of = (matching: boolean): number =>
    words.filter(({ record, matches }) => matches === matching && record.flags.includes('provider_issue'))
      .length;
  return { all: words.length, fitting: of(true), other: of(false) };
}
