import { z } from 'zod';
import { Instant } from '../time.ts';
import { IncidentId, Sha256 } from '../ids.ts';

/** An installation that writes entries: `w-` and the first 32 hex digits of the SHA-256 of its Ed25519 public key. */
export const WriterId = z
  .string()
  .regex(/^w-[0-9a-f]{32}$/)
  .brand<'WriterId'>();
export type WriterId = z.infer<typeof WriterId>;

/** How far one writer's chain reaches: its number of entries and the hash of the last one. */
export const ChainHead = z.strictObject({ writer: WriterId, count: z.number().int().min(0), head: Sha256 });
export type ChainHead = z.infer<typeof ChainHead>;

/**
 * A signed statement of how far a trail reached at a moment. Whoever keeps a copy elsewhere can later show
 * that nothing before it was changed or cut off.
 */
export const Checkpoint = z.strictObject({
  incidentId: IncidentId,
  at: Instant,
  /** Entries of all chains together. */
  count: z.number().int().min(0),
  /** The head of the only chain; of several chains, the SHA-256 of their canonical list. */
  head: Sha256,
  chains: z.array(ChainHead).max(1000),
  /** Who signed. */
  writer: WriterId,
  /** Raw Ed25519 public key, 32 bytes in hexadecimal. */
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ed25519 signature, in hexadecimal, over the line `demarc-checkpoint-v1` and the canonical JSON of all fields above. */
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

/**
 * The trail as an export carries it: every entry as the exact canonical text that was hashed, so that it can be
 * verified from the file alone.
 */
export const TrailExport = z.strictObject({
  incident: IncidentId,
  writers: z
    .array(
      z.strictObject({
        writer: WriterId,
        publicKey: z.string().regex(/^[0-9a-f]{64}$/),
        entries: z.array(
          z.strictObject({ seq: z.number().int().min(1), bytes: z.string(), prev: Sha256, hash: Sha256 }),
        ),
      }),
    )
    .max(1000),
  checkpoint: Checkpoint,
});
export type TrailExport = z.infer<typeof TrailExport>;

/** What verification is measured against: an earlier checkpoint, or its count and head copied by hand. */
export const Anchor = z.union([Checkpoint, z.strictObject({ count: z.number().int().min(1), head: Sha256 })]);
export type Anchor = z.infer<typeof Anchor>;

/**
 * `valid`: whole, and it contains the outside anchor. `valid_no_anchor`: whole in itself, but only a copy of a
 * checkpoint kept elsewhere could show that nothing was cut off or written anew. `truncated`: entries that were
 * there are missing at the end. `altered`: changed at entry `at`.
 */
export const TrailState = z.enum(['valid', 'valid_no_anchor', 'truncated', 'altered']);
export type TrailState = z.infer<typeof TrailState>;

export const ChainVerification = z.strictObject({
  writer: z.string(),
  state: TrailState,
  /** The first sequence number at which the chain does not hold. */
  at: z.number().int().optional(),
  /** One sentence for people. */
  reason: z.string(),
  entries: z.number().int(),
  head: Sha256,
});
export type ChainVerification = z.infer<typeof ChainVerification>;

export const TrailVerification = z.strictObject({
  incidentId: IncidentId,
  state: TrailState,
  at: z.number().int().optional(),
  reason: z.string(),
  entries: z.number().int(),
  head: Sha256,
  chains: z.array(ChainVerification),
});
export type TrailVerification = z.infer<typeof TrailVerification>;
