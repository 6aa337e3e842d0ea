import { deniedAfterChange, deniedPrincipals } from '../core/evidence/denied.ts';
import { failingNames } from '../core/evidence/failing-names.ts';
import { groupErrors } from '../core/evidence/group-errors.ts';
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
  /** What was left out, in sentences. */
  readonly leftOut: readonly string[];
};

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
    leftOut: [],
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
  const seen = await db.call('evidenceAround', {
    incidentId,
    context,
    window: { before: minutesBetween(from, onset), after: minutesBetween(onset, to) },
    tables: { changes, errors },
  });
  if (!seen.ok) return seen;
  const { flagged, deniedCalls, ...others } = seen.value;
  const { all, looked } = deniedCalls;
  const leftOut =
    looked < all
      ? [
          `Of ${all} calls that were denied, the ${looked} nearest to onset were held against changes of policies.`,
        ]
      : [];
  return ok({ ...others, changes: flagged, leftOut });
}
