import type { Sha256 } from '../main/core/ids.ts';
import type { Instant } from '../main/core/time.ts';

/** A saved version of a team's playbook; the document's bytes are the blob `sha256`. */
export interface TeamPlaybookVersion {
  /** 1 upwards per playbook. */
  readonly number: number;
  readonly sha256: Sha256;
  /** As the document says, such as `1.2.0`. */
  readonly version: string;
  readonly at: Instant;
  readonly actor: string;
  /** What differs from the version before, in sentences. */
  readonly changes: readonly string[];
}

/** What is being written of a playbook: JSON text, valid or not. */
export interface TeamPlaybookDraft {
  readonly text: string;
  readonly at: Instant;
  readonly by: string;
}

export interface TeamPlaybook {
  readonly id: string;
  readonly draft: TeamPlaybookDraft | null;
  /** Withdrawn ones are not offered for new incidents. */
  readonly withdrawn: boolean;
  /** Newest first; empty for one that was never saved. */
  readonly versions: readonly TeamPlaybookVersion[];
}

/** What the database does for the team's own playbooks. */
export interface PlaybookOperations {
  /** By id. */
  readonly listTeamPlaybooks: {
    readonly args: Readonly<Record<never, never>>;
    readonly value: readonly TeamPlaybook[];
  };
  /** Keeps what is being written; null throws it away, and with it a playbook that was never saved. */
  readonly putTeamDraft: {
    readonly args: { readonly id: string; readonly draft: TeamPlaybookDraft | null };
    readonly value: null;
  };
  /** Saves the next version and clears the draft, or neither. `conflict`: `after` is not the newest number. */
  readonly addTeamVersion: {
    readonly args: {
      readonly id: string;
      readonly after: number;
      readonly bytes: Uint8Array;
      readonly version: string;
      readonly at: Instant;
      readonly actor: string;
      readonly changes: readonly string[];
    };
    readonly value: TeamPlaybookVersion;
  };
  /** `not_found`. */
  readonly setTeamWithdrawn: {
    readonly args: { readonly id: string; readonly withdrawn: boolean };
    readonly value: null;
  };
}
