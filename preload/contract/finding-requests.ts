import { z } from 'zod';
import { FindingPattern, FindingStatus } from '../../main/core/evidence/state-finding.ts';
import { IncidentId } from '../../main/core/ids.ts';
import type { FindingListing } from './finding-views.ts';

/** Looking through findings of states, and making one a piece of evidence. */
export const FINDING_REQUESTS = {
  listFindings: z.strictObject({
    incidentId: IncidentId,
    status: FindingStatus.nullable(),
    pattern: FindingPattern.nullable(),
    text: z.string().max(200),
    /** The `next` of the page before; null for the first. */
    after: z.number().int().min(1).nullable(),
  }),
  attachFinding: z.strictObject({ incidentId: IncidentId, findingId: z.string().min(1).max(600) }),
} as const;

export interface FindingAnswers {
  listFindings: FindingListing;
  attachFinding: { readonly evidenceId: string };
}
