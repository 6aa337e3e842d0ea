import type { IncidentState } from '../../main/core/incident/state.ts';

/** True when nothing more is asked or due: the incident is closed, or it is a drill that has its score. */
export function isAtRest({ status, score }: Pick<IncidentState, 'status' | 'score'>): boolean {
  return status === 'closed' || score !== null;
}
