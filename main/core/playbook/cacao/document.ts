import { z } from 'zod';

/**
 * What is read of a CACAO playbook, as loosely as it can be: fields that others add or leave out are told by the rules, not
 * here. Source: OASIS, CACAO Security Playbooks 2.0, https://docs.oasis-open.org/cacao/security-playbooks/v2.0/
 */
const Strings = z.array(z.string()).readonly();

const Command = z
  .looseObject({
    type: z.string(),
    command: z.string().optional(),
    command_b64: z.string().optional(),
    description: z.string().optional(),
  })
  .readonly();

/** One step of the workflow. Times are in milliseconds. */
const CacaoStep = z
  .looseObject({
    type: z.string(),
    name: z.string().optional(),
    description: z.string().optional(),
    timeout: z.number().optional(),
    delay: z.number().optional(),
    on_completion: z.string().optional(),
    on_success: z.string().optional(),
    on_failure: z.string().optional(),
    on_true: z.string().optional(),
    on_false: z.string().optional(),
    condition: z.string().optional(),
    switch: z.string().optional(),
    cases: z.record(z.string(), z.string()).readonly().optional(),
    next_steps: Strings.optional(),
    commands: z.array(Command).readonly().optional(),
    agent: z.string().optional(),
    targets: Strings.optional(),
    step_variables: z.record(z.string(), z.unknown()).readonly().optional(),
    step_extensions: z.record(z.string(), z.unknown()).readonly().optional(),
  })
  .readonly();
export type CacaoStep = z.infer<typeof CacaoStep>;

const Definitions = z.record(z.string(), z.looseObject({ type: z.string() })).readonly();

const ExternalReference = z.looseObject({ name: z.string(), url: z.string().optional() }).readonly();

/** A CACAO playbook as far as it is read. */
export const CacaoDocument = z
  .looseObject({
    type: z.literal('playbook'),
    spec_version: z.literal('cacao-2.0'),
    id: z.string(),
    name: z.string().min(1),
    description: z.string().optional(),
    created_by: z.string(),
    created: z.string(),
    modified: z.string(),
    playbook_types: Strings.optional(),
    playbook_activities: Strings.optional(),
    external_references: z.array(ExternalReference).readonly().optional(),
    playbook_variables: z.record(z.string(), z.unknown()).readonly().optional(),
    workflow_start: z.string(),
    workflow_exception: z.string().optional(),
    workflow: z.record(z.string(), CacaoStep).readonly(),
    agent_definitions: Definitions.optional(),
    target_definitions: Definitions.optional(),
    playbook_extensions: z.record(z.string(), z.unknown()).readonly().optional(),
  })
  .readonly();
export type CacaoDocument = z.infer<typeof CacaoDocument>;

/** The one extension that holds what CACAO has no place for: answers, weights, gates, thresholds, sides. */
export const EXTENSION = 'extension-definition--8f6a5c0e-3d51-5b0b-9d53-6c1d2a7be942';
