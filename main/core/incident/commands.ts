import { z } from 'zod';
import { EscalationLevel, Page } from '../escalation/escalation.ts';
import { DrillScore, DrillSetup, EVENTS, PlaybookReference, Scope } from './events.ts';
import { EvidenceId, IncidentId, ObservationId } from '../ids.ts';
import { Instant } from '../time.ts';
import { VerdictLabel } from '../sides.ts';

/** What can be asked of an incident. Ids, times and the catalogue's facts arrive inside. */
export const Command = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('declare'),
    id: IncidentId,
    mode: z.enum(['live', 'drill']),
    scope: Scope,
    playbook: PlaybookReference,
    drill: DrillSetup.nullable(),
  }),
  z.strictObject({ type: z.literal('amend'), changes: Scope.partial() }),
  z.strictObject({ type: z.literal('read_feed'), reading: EVENTS['feed.read'] }),
  z.strictObject({ type: z.literal('add_evidence'), evidence: EVENTS['evidence.added'] }),
  z.strictObject({
    type: z.literal('answer'),
    observationId: ObservationId,
    check: z.string(),
    answers: z.array(z.string()).min(1).max(20),
    number: z.number().nullable(),
    note: z.string().max(10_000),
    evidence: z.array(EvidenceId).max(50),
  }),
  /** Judged by the playbook it names, which comes beside the command. */
  z.strictObject({
    type: z.literal('switch_playbook'),
    to: PlaybookReference,
    title: z.string().min(1).max(200),
    reason: z.string().trim().min(1).max(2000),
  }),
  z.strictObject({ type: z.literal('withdraw'), observationId: ObservationId }),
  z.strictObject({
    type: z.literal('accept_verdict'),
    verdict: VerdictLabel,
    reason: z.string().max(2000),
    levels: z.array(EscalationLevel).max(20),
  }),
  z.strictObject({ type: z.literal('record_page'), page: Page }),
  z.strictObject({ type: z.literal('pass_deadlines'), now: Instant }),
  z.strictObject({ type: z.literal('note'), text: z.string().trim().min(1).max(10_000) }),
  z.strictObject({ type: z.literal('record_export'), export: EVENTS['export.made'] }),
  z.strictObject({ type: z.literal('finish_drill'), score: DrillScore }),
  z.strictObject({ type: z.literal('close'), summary: z.string().max(4000) }),
  z.strictObject({ type: z.literal('reopen'), reason: z.string().max(2000) }),
]);
export type Command = z.infer<typeof Command>;
