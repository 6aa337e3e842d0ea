import type { IncidentSummary } from '../../preload/contract/views.ts';
import { request } from '../lib/api.ts';
import { useIncident } from '../lib/incident-store.ts';

/** Opens the live incident whose deadline is nearest or longest past, else the one touched last: a restart loses nothing. */
export async function openMostUrgent(): Promise<void> {
  const reply = await request('listIncidents', {});
  if (!reply.ok || useIncident.getState().id !== null) return;
  const urgent = mostUrgent(reply.value);
  if (urgent !== null) await useIncident.getState().open(urgent.id);
}

function mostUrgent(incidents: readonly IncidentSummary[]): IncidentSummary | null {
  const live = incidents.filter((one) => one.mode === 'live' && one.status === 'open');
  const [first] = live.toSorted((a, b) => {
    if (a.due !== null && b.due !== null) return a.due.at.localeCompare(b.due.at);
    if (a.due !== null || b.due !== null) return a.due !== null ? -1 : 1;
    return b.updatedAt.localeCompare(a.updatedAt);
  });
  return first ?? null;
}
