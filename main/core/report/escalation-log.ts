import { ROLE_NAMES } from '../escalation/contact.ts';
import { levelStatus } from '../escalation/escalation.ts';
import type { Instant } from '../time.ts';
import type { ReportEscalation, ReportLevel, ReportPage } from './model.ts';
import { momentOf, type Setting } from './moment.ts';

/** The escalation under way with every page: who was reached, by whom and when; null when none was started. */
export function escalationOf(setting: Setting, now: Instant): ReportEscalation | null {
  const { escalation } = setting.state;
  if (escalation === null) return null;
  const pages = pagesOf(setting);
  const levels = escalation.levels.map((level): ReportLevel => ({
    title: level.title,
    role: ROLE_NAMES[level.who],
    instruction: level.instruction,
    due: momentOf(setting, level.due),
    status: levelStatus(level, escalation.pages, now),
    contacts: level.contacts.map(({ name, phone, mail }) => ({ name, phone, mail })),
    pages: pages.flatMap(({ levelId, page }) => (levelId === level.id ? [page] : [])),
  }));
  return { verdict: escalation.verdict, started: startedOf(setting, escalation.startedAt), levels };
}

function startedOf(setting: Setting, startedAt: Instant): ReportEscalation['started'] {
  const event = setting.events.findLast(({ type }) => type === 'escalation.started');
  return momentOf(setting, startedAt, event?.offsetMinutes);
}

/** The pages since the escalation was last started: an earlier one's levels may have had the same ids. */
function pagesOf(setting: Setting): { readonly levelId: string; readonly page: ReportPage }[] {
  const start = setting.events.findLastIndex(({ type }) => type === 'escalation.started');
  return setting.events.slice(start + 1).flatMap((event) => {
    if (event.type !== 'page.recorded') return [];
    const { levelId, contactName, outcome, note } = event.data;
    const moment = momentOf(setting, event.at, event.offsetMinutes);
    return [{ levelId, page: { ...moment, contactName, outcome, note, by: event.actor } }];
  });
}
