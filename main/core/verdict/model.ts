import type { Hypothesis, Provider, Side, VerdictLabel } from '../sides.ts';

/** One observation as the engine sees it: which answers stood, and how old the incident was when they were given. */
export interface ObservedAnswer {
  readonly check: string;
  /** Answer ids; more than one only where the check takes several. `could_not_check` stands alone. */
  readonly answers: readonly string[];
  /** The number that goes with the answer, for a check that asks for one (minutes before onset). */
  readonly number?: number;
  /** Minutes from onset to the moment of looking; may be negative. */
  readonly minute: number;
  /** Ids of the evidence attached. */
  readonly evidence: readonly string[];
}

/** Everything a judgement may depend on: nothing else reaches the engine. */
export interface Facts {
  readonly provider: Provider;
  /** Minutes since onset, now. */
  readonly nowMinute: number;
  /** The standing observations, at most one per check. */
  readonly observations: readonly ObservedAnswer[];
}

export type Distribution = Readonly<Record<Hypothesis, number>>;

/** What one answer adds, in natural-log odds per hypothesis, after caps. */
export interface Contribution {
  readonly check: string;
  readonly question: string;
  readonly answers: readonly string[];
  readonly answerLabels: readonly string[];
  readonly group: string | null;
  readonly logOdds: Distribution;
  /** The hypothesis it speaks for most, and by how much over the mean of the others. */
  readonly towards: Hypothesis;
  readonly size: number;
  readonly capped: boolean;
  readonly minute: number;
  readonly reason: string;
  readonly source: string;
  readonly evidence: readonly string[];
}

/** One answer given differently. `from` in words. */
export interface TurnChange {
  readonly check: string;
  readonly question: string;
  readonly from: string;
  readonly to: string;
  readonly toLabel: string;
}

/** One changed answer that would give another verdict. */
export interface Turn extends TurnChange {
  readonly verdict: VerdictLabel;
}

/** Two changed answers that only together would give another verdict. */
export interface TurnTogether {
  readonly changes: readonly [TurnChange, TurnChange];
  readonly verdict: VerdictLabel;
}

/** A check worth making next. */
export interface NextCheck {
  readonly check: string;
  readonly side: Side;
  /** Expected information in bits, its cost in minutes, and their quotient that ranks it. */
  readonly gainBits: number;
  readonly costMinutes: number;
  readonly bitsPerMinute: number;
  /** One sentence for the responder: why this one now. */
  readonly why: string;
  readonly asksAgain: boolean;
}

/** Who triggered it and whose design let it spread are separate questions. */
export interface SpreadFinding {
  readonly side: 'provider' | 'customer' | 'not_yet_looked_at' | 'not_indicated';
  readonly reason: string;
}

export interface Judgement {
  readonly verdict: VerdictLabel;
  /** True when the verdict is above threshold and margin with both sides looked at; `verdict` is then no `inconclusive`. */
  readonly declared: boolean;
  /** The hypothesis in front, declared or not. */
  readonly leading: Hypothesis;
  readonly probabilities: Distribution;
  readonly trigger: VerdictLabel;
  readonly spread: SpreadFinding;
  readonly prior: Distribution;
  readonly priorReason: string;
  /** Largest first. */
  readonly contributions: readonly Contribution[];
  /** Checks answered `could_not_check`. */
  readonly holes: readonly string[];
  /** Checks not asked yet, most telling first, with the most they could move the leader, in log-odds. */
  readonly unchecked: readonly { readonly check: string; readonly atMost: number }[];
  readonly lookedAt: { readonly provider: boolean; readonly customer: boolean };
  /** What is missing for a declaration, in words; empty when declared. */
  readonly missing: readonly string[];
  readonly turns: readonly Turn[];
  /** Set when no single answer would turn the verdict, and two together would. */
  readonly turnTogether: TurnTogether | null;
  /** Best first; empty when nothing is left to ask. */
  readonly next: readonly NextCheck[];
}
