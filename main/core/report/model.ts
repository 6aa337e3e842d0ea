import type { Instant } from '../time.ts';

/** Where on the picture a timeline item belongs: left of the line, right of it, on it, or below it. */
export type Lane = 'provider' | 'customer' | 'line' | 'third_party';

export type TimelineKind =
  | 'incident'
  | 'feed'
  | 'evidence'
  | 'observation'
  | 'verdict'
  | 'escalation'
  | 'deadline'
  | 'note'
  | 'export'
  | 'drill'
  | 'clock'
  | 'unknown';

/** One trail entry as a person reads it. */
export interface TimelineItem {
  readonly seq: number;
  readonly at: Instant;
  /** Minutes east of UTC that the writer's clock showed. */
  readonly offsetMinutes: number;
  readonly actor: string;
  /** Minutes since onset; negative before it. */
  readonly minute: number;
  readonly lane: Lane;
  readonly kind: TimelineKind;
  readonly title: string;
  /** Further lines: the note, reasons, whom, sources with their SHA-256. */
  readonly detail: readonly string[];
  /** True when a later entry supersedes or withdraws it; it is shown struck through, never left out. */
  readonly superseded: boolean;
  /** Hexadecimal hash of the entry. */
  readonly hash: string;
}
