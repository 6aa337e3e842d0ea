import type { Escalation, EscalationLevel, RecordedPage } from '../../../main/core/escalation/escalation.ts';
import type { Instant } from '../../../main/core/time.ts';
import { epochMs } from '../../../main/core/instants.ts';

/** Where a level stands: as `levelStatus` of the core says, with the time that is left. */
export interface LevelStanding {
  readonly level: EscalationLevel;
  readonly status: 'waiting' | 'overdue' | 'answered' | 'done';
  /** Milliseconds to the deadline; negative once it has passed. */
  readonly leftMs: number;
  /** Attempts at this level, oldest first. */
  readonly pages: readonly RecordedPage[];
}

/** Every level of an escalation with its standing at `now`, in the policy's order. */
export function levelStandings(escalation: Escalation, now: Instant): readonly LevelStanding[] {
  return escalation.levels.map((level) => {
    const pages = escalation.pages.filter(({ levelId }) => levelId === level.id);
    const leftMs = epochMs(level.due) - epochMs(now);
    return { level, status: statusOf(pages, leftMs), leftMs, pages };
  });
}

function statusOf(pages: readonly RecordedPage[], leftMs: number): LevelStanding['status'] {
  if (pages.some(({ outcome }) => outcome === 'done')) return 'done';
  if (pages.some(({ outcome }) => outcome === 'answered')) return 'answered';
  return leftMs <= 0 ? 'overdue' : 'waiting';
}

/** Levels nobody has been reached for, the most pressing first. */
export function pressing(standings: readonly LevelStanding[]): readonly LevelStanding[] {
  return standings
    .filter(({ status }) => status === 'overdue' || status === 'waiting')
    .toSorted((a, b) => a.leftMs - b.leftMs);
}
