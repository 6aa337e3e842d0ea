import { z } from 'zod';
import { Instant } from '../time.ts';

/** What a finding is about, as a responder would group it; `other` is said as such. */
export const FindingPattern = z.enum([
  'public_storage',
  'open_port',
  'admin_role',
  'unrotated_key',
  'disabled_key',
  'expired_certificate',
  'expiring_certificate',
  'root_without_mfa',
  'user_without_mfa',
  'unencrypted_store',
  'unpatched',
  'over_quota',
  'near_quota',
  'logging_off',
  'alarm',
  'noncompliant',
  'external_access',
  'unused_access',
  'threat_detected',
  'secret_expired',
  'exposed_secret',
  'plain_traffic',
  'weak_sign_in',
  'weak_isolation',
  'advice',
  'other',
]);
export type FindingPattern = z.infer<typeof FindingPattern>;

/** From worst to least; `unknown` where the source does not say. */
const FindingSeverity = z.enum(['critical', 'high', 'medium', 'low', 'info', 'unknown']);

/** `unknown`: the source could not check, or asks a person to. It is never the same as passing. */
export const FindingStatus = z.enum(['failing', 'passing', 'unknown']);
export type FindingStatus = z.infer<typeof FindingStatus>;

/**
 * How something stood when a scanner, an inventory or an export looked: a state, not a happening. It is a cause only when
 * `since` dates it.
 */
export const StateFinding = z.strictObject({
  /** The source's own id, or one made from the content; of one id the newest `seenAt` stands. */
  id: z.string().min(1).max(512),
  /** The recognised kind, e.g. `prowler_ocsf`. */
  source: z.string(),
  /** In words, e.g. `Prowler 5.4.0`. */
  product: z.string(),
  /** When the source looked; null when it does not say. */
  seenAt: Instant.nullable(),
  /** Since when it is so: a transition, an expiry, an alarm, the first event of a threat. Null when nothing dates the state. */
  since: Instant.nullable(),
  status: FindingStatus,
  severity: FindingSeverity,
  pattern: FindingPattern,
  /** Whose duty it is by the line of shared responsibility. */
  owner: z.enum(['customer', 'provider', 'shared']),
  title: z.string(),
  /** One line for people; empty when there is nothing to add. */
  detail: z.string(),
  /** ARN, path or name; empty when the finding is about the account. */
  resource: z.string(),
  region: z.string(),
  account: z.string(),
  /** The product's own check, e.g. `s3_bucket_public_access`, `EC2.19`; empty when it has none. */
  control: z.string(),
});
export type StateFinding = z.infer<typeof StateFinding>;
