import { z } from 'zod';
import { IncidentId } from '../../main/core/ids.ts';
import { Instant } from '../../main/core/time.ts';
import type { FoundCount, FoundRecords, RecordHistogram } from './record-views.ts';

const RecordKey = z.strictObject({ at: Instant, number: z.number().int().min(0) });

const Wanted = {
  incidentId: IncidentId,
  /** As typed: words, `"several words"`, `principal:ana`. */
  text: z.string().max(500),
  kind: z.enum(['changes', 'errors']).nullable(),
  from: Instant.nullable(),
  to: Instant.nullable(),
} as const;

/** Looking through the records of our logs. */
export const RECORD_REQUESTS = {
  searchRecords: z.strictObject({
    ...Wanted,
    /** The page of older ones behind that record; null for the newest. */
    after: RecordKey.nullable(),
  }),
  getHistogram: z.strictObject({ incidentId: IncidentId }),
  countFound: z.strictObject({
    ...Wanted,
    /** The `next` of the answer before; null to begin. */
    after: z.number().int().min(0).nullable(),
  }),
} as const;

export interface RecordAnswers {
  searchRecords: FoundRecords;
  getHistogram: RecordHistogram;
  countFound: FoundCount;
}
