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

/** Another playbook that the answers given so far point to. */
export interface PlaybookProposal {
  readonly sha256: string;
  readonly title: string;
  /** The answers, in words. */
  readonly because: readonly string[];
}
