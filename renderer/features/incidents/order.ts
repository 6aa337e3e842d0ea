import type { IncidentSummary } from '../../../preload/contract/views.ts';

/** Open before closed, live before drill, what is due before what is not, then the one touched last. */
export function inOrder(incidents: readonly IncidentSummary[]): readonly IncidentSummary[] {
  return incidents.toSorted(
    (a, b) =>
      Number(a.status === 'closed') - Number(b.status === 'closed') ||
      Number(a.mode === 'drill') - Number(b.mode === 'drill') ||
      Number(a.due === null) - Number(b.due === null) ||
      (a.due !== null && b.due !== null ? a.due.at.localeCompare(b.due.at) : 0) ||
      b.updatedAt.localeCompare(a.updatedAt),
  );
}
