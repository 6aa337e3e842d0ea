import type { Playbook } from './definition.ts';
import type { Fault } from './fault.ts';
import { gateFaults } from './lint-gates.ts';
import { idFaults, referenceFaults } from './lint-references.ts';
import { weightFaults } from './lint-weights.ts';

/**
 * Faults that the schema cannot see: ids and keys used twice, references to checks, answers and groups that do not exist,
 * a missing way out, gates that can never open or wait for each other, checks nobody reaches, weights that say nothing or
 * lack their grounds, priors that do not sum to 1. Empty when the playbook can be used.
 */
export function lintPlaybook(playbook: Playbook): Fault[] {
  return [
    ...idFaults(playbook),
    ...referenceFaults(playbook),
    ...gateFaults(playbook),
    ...weightFaults(playbook),
  ];
}
