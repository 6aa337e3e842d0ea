import { deniedAfterChange, deniedPrincipals } from '../core/evidence/denied.ts';
import { failingNames } from '../core/evidence/failing-names.ts';
import { groupErrors } from '../core/evidence/group-errors.ts';
import type { LogRecord } from '../core/evidence/model.ts';
import { providerWords } from '../core/evidence/provider-words.ts';
import { type ChangeContext, rankChanges } from '../core/evidence/rank-changes.ts';
import type { Findings } from '../core/evidence/suggest.ts';
import type { IncidentId } from '../core/ids.ts';
import { minutesBetween, type Instant } from '../core/time.ts';
import { ok, type Result } from '../core/result.ts';
import type { ServiceContext } from './context.ts';

interface Around {
  readonly incidentId: IncidentId;
  readonly from: Instant;
  readonly to: Instant;
  readonly limit: number;
}

/** What the records around onset say. */
type Looked = Omit<Findings, 'onset' | 'coverage' | 'holes'> & {
  /** Some of them, for what a single record can tell. */
  readonly sample: readonly LogRecord[];
};

/** Error records that are read for the names of what fails. */
const NAMED_BY = 500;
/** Records before onset that are read for what kinds of events there are and which accounts they name. */
const SAMPLED = 1_000;

/** Looks at every record: for incidents of a size at which that is quick. */
export async function lookAtRecords(
  { db, library }: ServiceContext,
  { incidentId, from, to, limit }: Around,
  context: ChangeContext,
): Promise<Result<Looked>> {
  const all = await db.call('listRecords', { incidentId, limit, filter: { from, to } });
  if (!all.ok) return all;
  const tables = library.evidence;
  const { records } = all.value;
  const changes = records.filter(({ errorCode, readOnly }) => errorCode === null && readOnly !== true);
  const failing = failingNames(records, context, tables.errors);
  return ok({
    sample: records,
    changes,
    failing,
    ranked: rankChanges(changes, { ...context, resources: failing }, tables.changes),
    errors: groupErrors(records, context, tables.errors),
    deniedAfterChange: deniedAfterChange(records, tables),
    deniedPrincipals: deniedPrincipals(records, context, tables),
    providerWords: providerWords(records, context),
  });
}

/** Lets the store answer from its sums, so that a million records take no longer than thousands. */
export async function lookAtSums(
  { db, library }: ServiceContext,
  { incidentId, from, to }: Around,
  context: ChangeContext,
): Promise<Result<Looked>> {
  const { changes, errors } = library.evidence;
  const { onset } = context;
  const named = await db.call('listRecords', {
    incidentId,
    limit: NAMED_BY,
    filter: { kind: 'errors', from: onset, to },
  });
  if (!named.ok) return named;
  const failing = failingNames(named.value.records, context, errors);
  const seen = await db.call('evidenceAround', {
    incidentId,
    context: { ...context, resources: failing },
    window: { before: minutesBetween(from, onset), after: minutesBetween(onset, to) },
    tables: { changes, errors },
  });
  if (!seen.ok) return seen;
  const sample = await db.call('listRecords', { incidentId, limit: SAMPLED, filter: { from, to: onset } });
  if (!sample.ok) return sample;
  const { flagged, ...others } = seen.value;
  return ok({ ...others, changes: flagged, sample: sample.value.records, failing });
}
