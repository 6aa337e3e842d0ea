import type { LogRecord } from '../../main/core/evidence/model.ts';
import type { Instant } from '../../main/core/time.ts';

/** The place of a record in the order of time. */
export interface RecordKeyView {
  readonly at: Instant;
  readonly number: number;
}

/** A page of records, newest first. */
export interface FoundRecords {
  readonly records: readonly LogRecord[];
  /** Where each of them stands, to go on from. */
  readonly keys: readonly RecordKeyView[];
  readonly more: boolean;
}

export interface HistogramBarView {
  readonly from: Instant;
  readonly records: number;
  readonly changes: number;
  readonly errors: number;
}

/** How much the logs hold, by equal spans of time; spans without any record are left out. */
export interface RecordHistogram {
  /** Minutes that a bar stands for. */
  readonly minutes: number;
  readonly bars: readonly HistogramBarView[];
}

/**
 * A part of how many records a search finds, and when they were; the parts are to be added up. Bars stand for as many minutes as
 * those of everything, and are of all times; `found` counts within the time asked for.
 */
export interface FoundCount extends RecordHistogram {
  readonly found: number;
  /** Where to go on; null when this was the last part. */
  readonly next: number | null;
}
