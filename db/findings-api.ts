import type { PatternTable } from '../main/core/evidence/pattern-table.ts';
import type { FindingPattern, FindingStatus, StateFinding } from '../main/core/evidence/state-finding.ts';
import type { StateSeams } from '../main/core/evidence/state-span.ts';
import type { EvidenceId, IncidentId } from '../main/core/ids.ts';
import type { Instant } from '../main/core/time.ts';

export interface FindingQuery {
  readonly incidentId: IncidentId;
  readonly status?: FindingStatus | undefined;
  readonly pattern?: FindingPattern | undefined;
  /** Contained, ignoring ASCII case, in title, detail, resource, control, product, region or account. */
  readonly text?: string | undefined;
  /** Only what is dated within this time, both ends included. */
  readonly dated?: { readonly from: Instant; readonly to: Instant } | undefined;
  /** The page behind that one: its `next`. */
  readonly after?: number | undefined;
  readonly limit: number;
}

export interface FindingPage {
  readonly findings: readonly StateFinding[];
  /** Where to go on when there are further ones beyond the limit; otherwise null. */
  readonly next: number | null;
}

export interface FindingCounts {
  readonly failing: number;
  readonly passing: number;
  readonly unknown: number;
  /** Of the failing ones, most first. */
  readonly patterns: readonly { readonly pattern: FindingPattern; readonly count: number }[];
}

/** The operations on findings of states. */
export interface FindingOperations {
  /** One transaction per call; invisible until `finishImport`. `not_found`: that import was not started. */
  readonly insertFindings: {
    readonly args: { readonly fileId: EvidenceId; readonly findings: readonly StateFinding[] };
    readonly value: null;
  };
  /** Where the states of a file under way adjoin those of finished files. `not_found`. */
  readonly stateSeams: { readonly args: { readonly fileId: EvidenceId }; readonly value: StateSeams };
  /** Gives the findings of an import under way the patterns that their checks and titles tell. `not_found`. */
  readonly classifyFindings: {
    readonly args: { readonly fileId: EvidenceId; readonly patterns: PatternTable };
    readonly value: null;
  };
  /** Those that stand: of one id the newest look. Failing first, then dated, then by severity. */
  readonly listFindings: { readonly args: FindingQuery; readonly value: FindingPage };
  /** One that stands, by its id. `not_found`. */
  readonly getFinding: {
    readonly args: { readonly incidentId: IncidentId; readonly findingId: string };
    readonly value: StateFinding;
  };
  readonly findingCounts: {
    readonly args: { readonly incidentId: IncidentId };
    readonly value: FindingCounts;
  };
}
