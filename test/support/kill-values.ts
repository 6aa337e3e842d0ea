import type { IncidentSummary } from '../../db/api.ts';
import { IncidentId } from '../../main/core/ids.ts';
import { instantOf } from '../../main/core/time.ts';

/* What the processes that are to be killed and the tests that kill them both know. */

export const INCIDENT_ID = IncidentId.parse('inc-1');

export const incidentSummary: IncidentSummary = {
  title: 'Checkout errors',
  mode: 'live',
  onset: instantOf(Date.UTC(2025, 5, 12, 17, 51)),
  provider: 'gcp',
  severity: 1,
  status: 'open',
  verdict: null,
  accepted: null,
  updatedAt: instantOf(Date.UTC(2025, 5, 12, 18)),
};
