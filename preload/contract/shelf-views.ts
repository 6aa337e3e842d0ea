import type { Playbook, Symptoms } from '../../main/core/playbook/definition.ts';

/** A playbook that an incident can follow, without its checks. */
export interface PlaybookSummary extends Pick<
  Playbook,
  'id' | 'version' | 'title' | 'description' | 'appliesTo'
> {
  /** Of the whole document: what an incident that follows it keeps. */
  readonly sha256: string;
  readonly origin: 'built_in' | 'own';
  /** How many it has. */
  readonly checks: number;
  readonly symptoms: Symptoms | undefined;
}

/** A remark on a playbook document, with its place as a JSON path. */
interface Remark {
  readonly path: string;
  readonly message: string;
}

/**
 * What came of reading a CACAO document. `own`: it was one of ours, and came back whole. `faults`: why it was refused.
 * `warnings`: what is wrong with it and does no harm. `lost`: what did not survive.
 */
export interface CacaoReport {
  readonly own: boolean;
  readonly faults: readonly Remark[];
  readonly warnings: readonly Remark[];
  readonly lost: readonly Remark[];
}

/** What came of taking a file in. `id`: of the draft it became; null where it was refused. `cacao`: null for a document of ours. */
export interface TakenPlaybook {
  readonly id: string | null;
  /** Of the file. */
  readonly name: string;
  readonly cacao: CacaoReport | null;
}

/** Another playbook that the answers given so far point to. */
export interface PlaybookProposal {
  readonly sha256: string;
  readonly title: string;
  /** The answers, in words. */
  readonly because: readonly string[];
}
