import { z } from 'zod';
import { Instant } from '../time.ts';
import { Mapping } from './mapping/model.ts';

/** A record of the customer's own cloud log in one shape, whatever export it came from. */
export const LogRecord = z.strictObject({
  /** The source's own id; the same id is never stored twice in one incident. */
  id: z.string(),
  at: Instant,
  /** e.g. `s3.amazonaws.com` */
  source: z.string(),
  /** e.g. `PutBucketPolicy`, API date suffixes removed. */
  name: z.string(),
  region: z.string(),
  account: z.string(),
  /** Who: an ARN or a service name; empty when the record does not say. */
  principal: z.string(),
  /** Person, or something that acts by itself. */
  actor: z.enum(['person', 'role', 'service', 'unknown']),
  sourceIp: z.string(),
  userAgent: z.string(),
  /** null when the record does not say. */
  readOnly: z.boolean().nullable(),
  /** Normalised: `Client.`/`Server.` prefix removed; null when the call worked. */
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  /** ARNs and names the call was about. */
  resources: z.array(z.string()),
  /**
   * Facts that make the change risky, e.g. `open_to_world`, `public_principal`, `shared_with_all`, `other_account`, `logging_off`, `logging_on`,
   * `key_disabled`; their words and points are in `resources/evidence/changes.json`. `client_fault` and `server_fault` keep the
   * prefix that was taken off the error code; `delivery_outage` says that AWS delivered the record late for an outage of its own,
   * `provider_issue` that the provider itself reports a fault of its own, `begun` that the end of the call has another record,
   * `dns_ttl_300` for how many seconds old answers of a name live on.
   */
  flags: z.array(z.string()),
  /** One line for people, e.g. the opened port range; empty when there is nothing to add. */
  detail: z.string(),
});
export type LogRecord = z.infer<typeof LogRecord>;

export const RejectedRecord = z.strictObject({ place: z.string(), reason: z.string() });
export type RejectedRecord = z.infer<typeof RejectedRecord>;

/** What one file covers. "No change seen in this window" is all that can be said from it. */
export const FileReport = z.strictObject({
  file: z.string(),
  sha256: z.string(),
  /** Bytes as stored on disk. */
  size: z.number(),
  /** e.g. `cloudtrail_records`; null when nothing known recognised it. */
  recognisedAs: z.string().nullable(),
  records: z.number(),
  /** Records that were there already. */
  duplicates: z.number(),
  rejected: z.number(),
  /** Findings of states, and how many of them fail. */
  findings: z.number().default(0),
  failing: z.number().default(0),
  /** The first of the rejected ones (at most 100), with place and reason. */
  rejects: z.array(RejectedRecord),
  window: z.strictObject({ from: Instant, to: Instant }).nullable(),
  /** When the source of the findings looked, earliest and latest; it covers no changes. */
  scanned: z.strictObject({ from: Instant, to: Instant }).nullable().default(null),
  accounts: z.array(z.string()),
  regions: z.array(z.string()),
  /** Sentences: cut off, skipped knowingly, likely truncated. */
  notes: z.array(z.string()),
  /** No source is known, but there are rows with a time: a person can say once which field is what. */
  mappable: z.boolean().optional(),
  /** Of how many resources a source that writes down states told how they were; later files are held against them. */
  states: z.number().optional(),
  /** How its rows were read, when a person has said it. */
  mapping: Mapping.optional(),
});
export type FileReport = z.infer<typeof FileReport>;

/** A change before onset with its rank. Higher score, higher rank. */
export const RankedChange = z.strictObject({
  record: LogRecord,
  /** Minutes before onset (positive). */
  minutesBefore: z.number(),
  score: z.number(),
  /** e.g. `network`, `policy`; from the table of changes. */
  kind: z.string(),
  /** Why it stands here, in words, strongest first. */
  reasons: z.array(z.string()),
  /** Set when the table says that the event often means nothing. */
  ambiguity: z.string().nullable(),
  /** Records of the same name, principal and resource kind folded into this one. */
  count: z.number(),
});
export type RankedChange = z.infer<typeof RankedChange>;

/** Errors of one signature together. */
export const ErrorGroup = z.strictObject({
  errorCode: z.string(),
  /** denied, authentication, key, throttled, quota, capacity, internal, timeout, tls, dns, not_found, invalid_request, conflict, other */
  family: z.string(),
  side: z.enum(['provider', 'customer', 'either']),
  count: z.number(),
  principals: z.number(),
  before: z.number(),
  after: z.number(),
  first: Instant,
  last: Instant,
  calls: z.array(z.string()),
  note: z.string(),
});
export type ErrorGroup = z.infer<typeof ErrorGroup>;
