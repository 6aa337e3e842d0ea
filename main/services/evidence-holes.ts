import type { Coverage } from '../core/evidence/coverage.ts';
import { denseGaps, type EvidenceHole, holesIn } from '../core/evidence/holes.ts';
import type { FileReport, LogRecord } from '../core/evidence/model.ts';
import type { IncidentId } from '../core/ids.ts';
import { ok, type Result } from '../core/result.ts';
import { addMinutes, type Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';

/** Findings of logging that is off which are looked at; there is hardly ever more than one per trail. */
const MOST_FINDINGS = 50;
/** Around onset, in minutes: where a gap within a dense log is looked for. */
const GAPS_WITHIN = { before: 120, after: 60 };

/** What the evidence of an incident does not hold, from its files, its records and the state of its logging. */
export async function evidenceHoles(
  { db }: ServiceContext,
  incidentId: IncidentId,
  seen: {
    readonly onset: Instant;
    readonly coverage: Coverage;
    readonly files: readonly FileReport[];
    readonly changes: readonly LogRecord[];
  },
): Promise<Result<readonly EvidenceHole[]>> {
  const found = await db.call('listFindings', {
    incidentId,
    status: 'failing',
    pattern: 'logging_off',
    limit: MOST_FINDINGS,
  });
  if (!found.ok) return found;
  const from = addMinutes(seen.onset, -GAPS_WITHIN.before);
  const to = addMinutes(seen.onset, GAPS_WITHIN.after);
  const minutes = await db.call('minuteCounts', { incidentId, from, to });
  if (!minutes.ok) return minutes;
  return ok(holesIn({ ...seen, findings: found.value.findings, gaps: denseGaps(minutes.value, from) }));
}
