import type { ChangeTable } from '../main/core/evidence/change-table.ts';
import type { NamedInLogs } from '../main/core/evidence/coverage.ts';
import type { DeniedAfterChange, DeniedPrincipals } from '../main/core/evidence/denied.ts';
import type { ErrorTable } from '../main/core/evidence/error-table.ts';
import type { ErrorGroup, LogRecord, RankedChange } from '../main/core/evidence/model.ts';
import type { ProviderWord } from '../main/core/evidence/provider-words.ts';
import type { ChangeContext } from '../main/core/evidence/rank-changes.ts';
import type { IncidentId } from '../main/core/ids.ts';
import type { Instant } from '../main/core/time.ts';
import type { RecordFilter } from './api.ts';

/** What an incident's logs say about its onset. */
export interface EvidenceAround {
  /** Names of what fails, as the errors since onset say. */
  readonly failing: readonly string[];
  /** The changes before onset, best first. */
  readonly ranked: readonly RankedChange[];
  /** Around onset, nearest first: what exposes something or lessens the logs. Of one call in one minute, one. */
  readonly flagged: readonly LogRecord[];
  readonly errors: readonly ErrorGroup[];
  readonly deniedAfterChange: readonly DeniedAfterChange[];
  readonly deniedPrincipals: DeniedPrincipals;
  /** How many calls were denied, and how many of them, nearest to onset, were held against changes of policies. */
  readonly deniedCalls: { readonly all: number; readonly looked: number };
  readonly providerWords: readonly ProviderWord[];
}

export interface EvidenceAroundArgs {
  readonly incidentId: IncidentId;
  readonly context: ChangeContext;
  /** How far around onset is looked at, in minutes. */
  readonly window: { readonly before: number; readonly after: number };
  readonly tables: { readonly changes: ChangeTable; readonly errors: ErrorTable };
}

export interface RecordsWithin {
  readonly incidentId: IncidentId;
  readonly from: Instant;
  readonly to: Instant;
}

/** How much happened in one span of time. */
export interface HistogramBar {
  readonly from: Instant;
  readonly records: number;
  readonly changes: number;
  readonly errors: number;
}

export interface Histogram {
  /** Minutes that a bar stands for. */
  readonly minutes: number;
  /** In the order of time; spans without any record are left out. */
  readonly bars: readonly HistogramBar[];
}

/** What a search finds, as far as one answer goes. */
export interface RecordHits extends Histogram {
  /** Within `from` and `to` of the filter; the bars show all times, so that what lies beside it stays in sight. */
  readonly found: number;
  /** Where to go on; null when everything has been gone through. */
  readonly next: number | null;
}

export interface RecordOperations {
  /** Worked out where the records are, from sums by call and minute: as fast for a million records as for a thousand. */
  readonly evidenceAround: { readonly args: EvidenceAroundArgs; readonly value: EvidenceAround };
  /** Records between two instants, to the minute. */
  readonly countRecords: { readonly args: RecordsWithin; readonly value: number };
  /** What the finished files of an incident name; of names those that are ARNs. */
  readonly namedInLogs: { readonly args: { readonly incidentId: IncidentId }; readonly value: NamedInLogs };
  /** Records by minute, or by as many minutes as keep it to `most` bars; both ends included, null for everything. */
  readonly recordHistogram: {
    readonly args: {
      readonly incidentId: IncidentId;
      readonly from: Instant | null;
      readonly to: Instant | null;
      readonly most: number;
    };
    readonly value: Histogram;
  };
  /**
   * How many records a filter finds and when they were, exactly, in answers of bounded cost: `found` and `bars` of all of them
   * are to be added up. Begins with `after` null, goes on with the `next` of the answer before. Bars stand for as many minutes
   * as those of the histogram of everything.
   */
  readonly recordHits: {
    readonly args: {
      readonly incidentId: IncidentId;
      readonly filter: RecordFilter;
      readonly most: number;
      readonly after: number | null;
    };
    readonly value: RecordHits;
  };
}
