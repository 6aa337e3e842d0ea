import { overdueLevels } from '../core/escalation/escalation.ts';
import type { ServiceContext } from './context.ts';
import type { IncidentBook } from './incident-book.ts';
import { clockOf } from './incident-clock.ts';

/** A deadline that has just passed with nobody reached. */
export interface PassedDeadline {
  readonly incidentId: string;
  readonly drill: boolean;
  readonly title: string;
}

/**
 * Looks at every open incident and writes a `deadline.passed` entry for each level that is overdue and not yet
 * in its trail. Called on a timer and once at start: a deadline passes also while the app is closed.
 */
export async function passDeadlines(
  context: ServiceContext,
  book: IncidentBook,
): Promise<readonly PassedDeadline[]> {
  const rows = await context.db.call('listIncidents', {});
  if (!rows.ok) return [];
  const passed: PassedDeadline[] = [];
  for (const row of rows.value.filter(({ status, accepted }) => status === 'open' && accepted !== null)) {
    const opened = await book.load(row.id);
    if (!opened.ok) continue;
    const { escalation, drill, score } = opened.value.state;
    if (!escalation || score) continue;
    const now = clockOf(context.clock, opened.value.state).now();
    const due = overdueLevels(escalation, now).filter(({ id }) => !escalation.passed.includes(id));
    if (due.length === 0) continue;
    const written = await book.dispatch(row.id, { type: 'pass_deadlines', now });
    if (!written.ok) continue;
    passed.push(...due.map(({ title }) => ({ incidentId: row.id, drill: drill !== null, title })));
  }
  if (passed.length > 0) context.publish.changed({ topic: 'incidents' });
  return passed;
}
