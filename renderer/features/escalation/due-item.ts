import type { IncidentSummary, IncidentView } from '../../../preload/contract/views.ts';
import type { Contact } from '../../../main/core/escalation/contact.ts';
import type { Instant } from '../../../main/core/time.ts';
import { epochMs } from '../../../main/core/instants.ts';
import { levelStandings, pressing } from './levels.ts';
import { isAtRest } from '../../lib/at-rest.ts';

/** What the bottom edge of the window shows: a level somebody has to be reached for. */
export interface DueItem {
  readonly incidentId: string;
  /** `DM-7`; null for the incident that is open in the window. */
  readonly reference: string | null;
  readonly title: string;
  readonly levelNumber: number | null;
  /** Milliseconds to the deadline; negative once it has passed. */
  readonly leftMs: number;
  /** Who to call; empty for another incident, and where nobody is known. */
  readonly contacts: readonly Contact[];
  /** True when the level is known and nobody is there to call. */
  readonly nobody: boolean;
}

/** The levels still due of the incident in the window, the most pressing first. One that is closed or scored has none. */
export function dueHere(view: IncidentView, now: Instant): readonly DueItem[] {
  const { escalation, id } = view.state;
  if (escalation === null || isAtRest(view.state)) return [];
  return pressing(levelStandings(escalation, now)).map(({ level, leftMs }) => ({
    incidentId: id,
    reference: null,
    title: level.title,
    levelNumber: escalation.levels.indexOf(level) + 1,
    leftMs,
    contacts: level.contacts,
    nobody: level.contacts.length === 0,
  }));
}

/**
 * What is due in the other open incidents, the most pressing first. Drills are left out: their clocks are not this one,
 * and nothing of a drill may stand beside a live incident.
 */
export function dueElsewhere(
  incidents: readonly IncidentSummary[],
  openId: string | null,
  now: Instant,
): readonly DueItem[] {
  return incidents
    .flatMap(({ id, reference, mode, status, due }) =>
      id === openId || mode === 'drill' || status === 'closed' || due === null
        ? []
        : [
            {
              incidentId: id,
              reference,
              title: due.title,
              levelNumber: null,
              leftMs: epochMs(due.at) - epochMs(now),
              contacts: [],
              nobody: false,
            },
          ],
    )
    .toSorted((a, b) => a.leftMs - b.leftMs);
}
