import type { Playbook } from '../../main/core/playbook/definition.ts';
import type { Fault } from '../../main/core/playbook/fault.ts';
import type { Provider, VerdictLabel } from '../../main/core/sides.ts';
import type { Instant } from '../../main/core/time.ts';
import type { JudgeSummary } from '../../main/core/verdict/report.ts';
import type { Judgement } from '../../main/core/verdict/model.ts';
import type { CaseOutcome } from '../../main/core/verdict/simulate.ts';

/**
 * A line of the list of playbooks. `in_use`: new incidents can begin with it. `unusable`: its newest saved version does not fit
 * this program any more. `never_saved`: there is only a draft.
 */
export interface PlaybookRow {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly origin: 'built_in' | 'own';
  /** The id of the playbook it extends; null when it stands alone. */
  readonly extends: string | null;
  readonly state: 'in_use' | 'withdrawn' | 'unusable' | 'never_saved';
  readonly providers: readonly Provider[];
  readonly services: readonly string[];
  /** Checks and sources of the whole, with what it extends. */
  readonly checks: number;
  readonly sources: number;
  /** Set while something is being written. */
  readonly draft: { readonly at: Instant; readonly by: string } | null;
  readonly versions: number;
}

/** A saved version. */
export interface PlaybookVersionView {
  readonly number: number;
  readonly version: string;
  readonly sha256: string;
  readonly at: Instant;
  readonly actor: string;
  readonly changes: readonly string[];
}

/** What a document was found to be. */
export interface PlaybookExamination {
  readonly faults: readonly Fault[];
  readonly usable: boolean;
  /** As far as the document has the shape of a playbook, laid over what it extends. */
  readonly playbook: Playbook | null;
}

/** One playbook to read or to edit. */
export interface PlaybookDetail {
  readonly row: PlaybookRow;
  /** The document as saved (or, for one never saved, as drafted), as JSON text. */
  readonly text: string;
  readonly examination: PlaybookExamination;
  /** What is being written; null when nothing is. */
  readonly draft: { readonly text: string; readonly at: Instant; readonly by: string } | null;
  /** Newest first; none for a built-in one. */
  readonly versions: readonly PlaybookVersionView[];
}

/** A moment of a replay in words, by both playbooks. */
export interface ReplayStep {
  readonly minute: number;
  readonly title: string;
  readonly answer: string;
  /** False when the edited playbook has not this check or answer. */
  readonly known: boolean;
  readonly recorded: ReplayState;
  readonly edited: ReplayState;
}

type ReplayState = Pick<Judgement, 'verdict' | 'declared' | 'leading' | 'probabilities'>;

/** A past incident put to an edited playbook, beside what the one it followed makes of it. */
export interface IncidentReplay {
  readonly reference: string;
  readonly title: string;
  readonly steps: readonly ReplayStep[];
  readonly recorded: ReplayEnd;
  readonly edited: ReplayEnd;
}

interface ReplayEnd extends ReplayState {
  readonly playbook: string;
  /** The checks it would ask next, by title; at most five. */
  readonly next: readonly string[];
  readonly missing: readonly string[];
}

/** One coded case of a dry run. */
export interface CaseRun {
  readonly id: string;
  readonly title: string;
  readonly label: VerdictLabel;
  readonly edited: CaseOutcome;
  readonly inUse: CaseOutcome;
}

/** A file of coded cases put to an edited playbook, beside the one in use. */
export interface CaseRuns {
  readonly file: string;
  readonly runs: readonly CaseRun[];
  /** Cases beyond the bound that were not run. */
  readonly leftOut: number;
  readonly edited: JudgeSummary;
  readonly inUse: JudgeSummary;
  /** The title and version of the playbook in use that it is compared with. */
  readonly comparedWith: string;
}

/** A moment in the history of an incident's probabilities. */
export interface VerdictMomentView extends ReplayState {
  readonly at: Instant;
  /** Minutes since onset. */
  readonly minute: number;
  /** What was answered, withdrawn, amended or switched then, in words. */
  readonly what: string;
  readonly kind: 'answer' | 'hole' | 'withdrawn' | 'other';
}
