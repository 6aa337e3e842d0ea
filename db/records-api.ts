import type { ChangeTable } from '../main/core/evidence/change-table.ts';
import type { DeniedAfterChange, DeniedPrincipals } from '../main/core/evidence/denied.ts';
import type { ErrorTable } from '../main/core/evidence/error-table.ts';
import type { ErrorGroup, LogRecord, RankedChange } from '../main/core/evidence/model.ts';
import type { ProviderWord } from '../main/core/evidence/provider-words.ts';
import type { ChangeContext } from '../main/core/evidence/rank-changes.ts';
import type { IncidentId } from '../main/core/ids.ts';
import type { Instant } from '../main/core/time.ts';

/** What an incident's logs say about its onset. */
export interface EvidenceAround {
  /** The changes before onset, best first. */
  readonly ranked: readonly RankedChange[];
  /** Around onset, nearest first: what exposes something or lessens the logs. Of one call in one minute, one. */
  readonly flagged: readonly LogRecord[];
  readonly errors: readonly ErrorGroup[];
  readonly deniedAfterChange: readonly DeniedAfterChange[];
  readonly deniedPrincipals: DeniedPrincipals;
  readonly providerWords: readonly ProviderWord[];
}

export interface EvidenceAroundArgs {
  readonly incidentId: IncidentId;
  readonly context: ChangeContext;
  /** How far around onset is looked at, in minutes. */
  readonly window: { readonly before: number; readonly after: number };
  readonly tables: { readonly changes: ChangeTable; readonly errors: ErrorTable };
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

export interface RecordOperations {
  /** Worked out where the records are, from sums by call and minute: as fast for a million records as for a thousand. */
  readonly evidenceAround: { readonly args: EvidenceAroundArgs; readonly value: EvidenceAround };
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
}
