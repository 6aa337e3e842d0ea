import type { RankedFinding } from '../../main/core/evidence/rank-findings.ts';
import type { FindingPattern, StateFinding } from '../../main/core/evidence/state-finding.ts';
import type { Instant } from '../../main/core/time.ts';

/** What scanners and inventories found about how our things stood. */
export interface FindingsView {
  readonly failing: number;
  readonly passing: number;
  /** Not checked, archived or asked of a person. */
  readonly unknown: number;
  /** How many are dated near onset, failing or ended. */
  readonly datedNear: number;
  /** When the sources looked, earliest and latest; null when none says. */
  readonly scanned: { readonly from: Instant; readonly to: Instant } | null;
  /** The failing ones by pattern, most first, with its words. */
  readonly patterns: readonly FindingGroup[];
  /** First of all that failed or is dated near onset. */
  readonly ranked: readonly RankedFinding[];
  /** Ids of those attached as they stood before: a newer look has come in, or something has dated them since. */
  readonly attachedEarlier: readonly string[];
}

export interface FindingGroup {
  readonly pattern: FindingPattern;
  readonly count: number;
  readonly name: string;
  readonly owner: StateFinding['owner'];
  /** How it can matter in an incident. */
  readonly why: string;
}

export interface FindingListing {
  readonly findings: readonly RankedFinding[];
  /** Where to go on; null when there are no further ones. */
  readonly next: number | null;
}
