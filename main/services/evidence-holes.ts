import type { Value } from '../../db/api.ts';
import type { Coverage } from '../core/evidence/coverage.ts';
import { denseGaps, type EvidenceHole, holesIn } from '../core/evidence/holes.ts';
import type { FileReport, LogRecord } from '../core/evidence/model.ts';
import type { IncidentId } from '../core/ids.ts';
import { ok, type Result } from '../core/result.ts';
import { addMinutes, minutesBetween, type Instant } from '../core/time.ts';
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
  // As many bars as there are minutes: each is one minute.
  const most = GAPS_WITHIN.before + GAPS_WITHIN.after + 1;
  const histogram = await db.call('recordHistogram', { incidentId, from, to, most });
  if (!histogram.ok) return histogram;
  return ok(holesIn({ ...seen, findings: found.value.findings, gaps: gapsBetween(histogram.value.bars) }));
}

/** Gaps within bars of a minute each; a minute without a record has no bar. */
function gapsBetween(bars: Value<'recordHistogram'>['bars']): ReturnType<typeof denseGaps> {
  const [first] = bars;
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return [];
  const minutes = Array.from({ length: minutesBetween(first.from, last.from) + 1 }, () => 0);
  for (const { from, records } of bars) minutes[minutesBetween(first.from, from)] = records;
  return denseGaps(minutes, first.from);
}
