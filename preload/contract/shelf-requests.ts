import { z } from 'zod';
import { IncidentId, Sha256 } from '../../main/core/ids.ts';
import type { PlaybookSummary } from './shelf-views.ts';
import type { IncidentView } from './views.ts';

/** Choosing among the playbooks, and changing to another while an incident goes on. */
export const SHELF_REQUESTS = {
  listPlaybooks: z.strictObject({}),
  switchPlaybook: z.strictObject({
    incidentId: IncidentId,
    /** SHA-256 of the playbook to follow from here on. */
    playbook: Sha256,
    reason: z.string().trim().min(1).max(2000),
  }),
} as const;

export interface ShelfAnswers {
  listPlaybooks: readonly PlaybookSummary[];
  switchPlaybook: IncidentView;
}
