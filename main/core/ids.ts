import { z } from 'zod';

/** Ids are made outside the core and arrive inside commands; a brand keeps one kind from standing in for another. */
const id = () =>
  z
    .string()
    .min(1)
    .max(80)
    .regex(/^[A-Za-z0-9_.:-]+$/);

export const IncidentId = id().brand<'IncidentId'>();
export type IncidentId = z.infer<typeof IncidentId>;
export const ObservationId = id().brand<'ObservationId'>();
export type ObservationId = z.infer<typeof ObservationId>;
export const EvidenceId = id().brand<'EvidenceId'>();
export type EvidenceId = z.infer<typeof EvidenceId>;
export const FeedId = id().brand<'FeedId'>();
export type FeedId = z.infer<typeof FeedId>;
export const ContactId = id().brand<'ContactId'>();
export type ContactId = z.infer<typeof ContactId>;
export const PageId = id().brand<'PageId'>();
export type PageId = z.infer<typeof PageId>;

/** Lower-case hexadecimal SHA-256. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export type Sha256 = z.infer<typeof Sha256>;
