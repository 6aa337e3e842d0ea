import type { TimelineItem, TimelineKind } from '../../../main/core/report/model.ts';
import type { Instant } from '../../../main/core/time.ts';

/** A row of the timeline: an entry, or the moment of onset between those before and after it. */
export type TimelineRow =
  | { readonly kind: 'entry'; readonly item: TimelineItem; readonly newDay: boolean }
  | { readonly kind: 'onset'; readonly at: Instant };

/** What a filter calls the kinds of entry, in the order in which it lists them. */
export const KIND_WORDS: Readonly<Record<TimelineKind, string>> = {
  incident: 'Incident',
  feed: 'Feeds',
  evidence: 'Evidence',
  observation: 'Answers',
  verdict: 'Verdicts',
  escalation: 'Escalation',
  deadline: 'Deadlines',
  note: 'Notes',
  export: 'Exports',
  drill: 'Drill',
  clock: 'Clock',
  unknown: 'Other',
};

/** How many entries there are of each kind that occurs, in the order of the words. */
export function kindsOf(items: readonly TimelineItem[]): readonly { kind: TimelineKind; count: number }[] {
  const counts = new Map<string, number>();
  for (const { kind } of items) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return (Object.keys(KIND_WORDS) as TimelineKind[]) // an object literal typed by TimelineKind has no other keys
    .map((kind) => ({ kind, count: counts.get(kind) ?? 0 }))
    .filter(({ count }) => count > 0);
}

/**
 * The rows to show, in the order of the trail, with the onset marked. `shown` empty means every kind. What was
 * superseded is among them: a timeline leaves nothing out by itself.
 */
export function timelineRows(
  items: readonly TimelineItem[],
  shown: ReadonlySet<TimelineKind>,
  onset: Instant,
): readonly TimelineRow[] {
  const kept = shown.size === 0 ? items : items.filter(({ kind }) => shown.has(kind));
  const rows: TimelineRow[] = [];
  let marked = false;
  let day = '';
  for (const item of kept) {
    if (!marked && item.minute >= 0) {
      rows.push({ kind: 'onset', at: onset });
      marked = true;
    }
    const itsDay = item.at.slice(0, 10);
    rows.push({ kind: 'entry', item, newDay: day !== '' && itsDay !== day });
    day = itsDay;
  }
  if (!marked && rows.length > 0) rows.push({ kind: 'onset', at: onset });
  return rows;
}
