import { z } from 'zod';
import { Provider, VerdictLabel } from '../sides.ts';

const CaseObservation = z
  .object({
    check: z.string().min(1).max(80),
    value: z.union([z.string().max(200), z.number()]),
    /** Minutes after the first symptom from which the answer can be had; null when only hindsight knew. */
    minute: z.number().nullable(),
  })
  .readonly();

/** A coded incident to measure the engine on. Only provider and observations ever reach the engine. */
export const Case = z
  .object({
    id: z.string().min(1).max(200),
    title: z.string().max(500).default(''),
    provider: Provider,
    label: VerdictLabel,
    accept: z.array(VerdictLabel).readonly().default([]),
    trap: z.string().max(200).nullable().default(null),
    observations: z.array(CaseObservation).max(1000).readonly(),
  })
  .readonly();
export type Case = z.infer<typeof Case>;

/** A file of cases. */
export const Cases = z.array(Case).max(10_000).readonly();
