/** What a countdown says aloud, and how: `assertive` interrupts, `polite` waits. */
export interface Announcement {
  readonly how: 'polite' | 'assertive';
  readonly text: string;
}

const MINUTES = [10, 5, 2, 1] as const;
const MINUTE_MS = 60_000;

/**
 * What to say when the time left went from `beforeMs` to `leftMs`: at 10, 5, 2 and 1 minute politely, at the deadline
 * at once, and nothing in between. A countdown seen for the first time (`beforeMs` null) speaks only when it is overdue.
 */
export function announcement(title: string, beforeMs: number | null, leftMs: number): Announcement | null {
  if (leftMs <= 0) {
    if (beforeMs !== null && beforeMs <= 0) return null;
    return { how: 'assertive', text: `Overdue: ${title}.` };
  }
  if (beforeMs === null) return null;
  const crossed = MINUTES.findLast(
    (minutes) => beforeMs > minutes * MINUTE_MS && leftMs <= minutes * MINUTE_MS,
  );
  if (crossed === undefined) return null;
  return { how: 'polite', text: `${crossed} ${crossed === 1 ? 'minute' : 'minutes'} left: ${title}.` };
}
