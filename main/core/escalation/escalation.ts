import { z } from 'zod';
import { Contact, ContactRole } from './contact.ts';
import { PageId } from '../ids.ts';
import { addMinutes, epochMs, Instant } from '../time.ts';
import type { VerdictLabel } from '../sides.ts';

/** One level of a policy as a playbook writes it: whom to reach, what to say, how soon. */
export const PolicyLevel = z.strictObject({
  id: z.string().min(1).max(60),
  title: z.string().min(1).max(160),
  who: ContactRole,
  instruction: z.string().min(1).max(800),
  /** Minutes from the accepted verdict by which somebody must have answered. */
  deadlineMinutes: z.number().int().min(1).max(1440),
});
export type PolicyLevel = z.infer<typeof PolicyLevel>;

/** A level under way: the contacts as they were when the escalation began, and the instant it is due. */
export const EscalationLevel = z.strictObject({
  id: z.string(),
  title: z.string(),
  who: ContactRole,
  instruction: z.string(),
  due: Instant,
  contacts: z.array(Contact),
});
export type EscalationLevel = z.infer<typeof EscalationLevel>;

/** `answered`: somebody took it. `no_answer`: tried in vain. `done`: the level's duty is fulfilled. */
export const PageOutcome = z.enum(['answered', 'no_answer', 'done']);
export type PageOutcome = z.infer<typeof PageOutcome>;

/** One attempt to reach somebody. */
export const Page = z.strictObject({
  id: PageId,
  levelId: z.string(),
  contactName: z.string().max(200),
  outcome: PageOutcome,
  note: z.string().max(2000),
});
export type Page = z.infer<typeof Page>;

export interface RecordedPage extends Page {
  readonly at: Instant;
  readonly by: string;
}

export interface Escalation {
  readonly verdict: VerdictLabel;
  readonly startedAt: Instant;
  readonly levels: readonly EscalationLevel[];
  readonly pages: readonly RecordedPage[];
  /** Ids of the levels whose passed deadline is in the trail already. */
  readonly passed: readonly string[];
}

/** Lays a policy out in time: every level due `deadlineMinutes` after `startedAt`, with the contacts of its role. */
export function layOut(
  levels: readonly PolicyLevel[],
  contacts: readonly Contact[],
  startedAt: Instant,
): EscalationLevel[] {
  return levels.map(({ deadlineMinutes, ...level }) => ({
    ...level,
    due: addMinutes(startedAt, deadlineMinutes),
    contacts: contacts.filter((contact) => contact.role === level.who),
  }));
}

export type LevelStatus = 'waiting' | 'answered' | 'done' | 'overdue';

/** Where a level stands at `now`: done and answered by its pages, else waiting until due and overdue from then on. */
export function levelStatus(
  level: EscalationLevel,
  pages: readonly RecordedPage[],
  now: Instant,
): LevelStatus {
  const own = pages.filter((page) => page.levelId === level.id);
  if (own.some((page) => page.outcome === 'done')) return 'done';
  if (own.some((page) => page.outcome === 'answered')) return 'answered';
  return epochMs(now) >= epochMs(level.due) ? 'overdue' : 'waiting';
}

/** The levels whose deadline has passed at `now` without anybody reached. */
export function overdueLevels(escalation: Escalation, now: Instant): EscalationLevel[] {
  return escalation.levels.filter((level) => levelStatus(level, escalation.pages, now) === 'overdue');
}
