import type { PageOutcome } from '../../../main/core/escalation/escalation.ts';

/** What can come of an attempt, with its key in the view of the escalation. N stays what it is everywhere: a note. */
export const OUTCOMES: readonly {
  readonly outcome: PageOutcome;
  readonly key: string;
  readonly title: string;
  /** As it reads in the list of attempts. */
  readonly past: string;
}[] = [
  { outcome: 'answered', key: 'a', title: 'Answered', past: 'answered' },
  { outcome: 'no_answer', key: 'x', title: 'No answer', past: 'no answer' },
  { outcome: 'done', key: 'd', title: 'Done', past: 'done' },
];
