import path from 'node:path';
import { recordings } from '../support/recordings.ts';
import type { Declaration, Findings, Person } from './responder.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures');

export interface Story {
  readonly declaration: Declaration;
  readonly contact: Person;
  /** Files and folders to drop. */
  readonly files: readonly string[];
  /** What the provider's feed answers. */
  readonly feed: string;
  readonly findings: Findings;
  readonly numbers: Readonly<Record<string, string>>;
}

/** A whole document without a word about anything. */
const SILENT_RSS = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>AWS Service Status</title><link>https://status.aws.amazon.com/</link>
<description>Nothing to report</description><pubDate>Mon, 10 Jul 2023 05:00:00 PDT</pubDate><ttl>5</ttl></channel></rss>`;

/**
 * An AWS account on 2023-07-10: data readable by strangers and unknown access keys, seen at 12:23 UTC. The account's real
 * CloudTrail files where the recordings are, else an hour of our own
 * making with the same kinds of change in it.
 */
export function customerStory(): Story {
  const real = recordings();
  return {
    declaration: {
      title: 'Customer data readable by strangers, unknown access keys',
      onset: real ? '2023-07-10 12:23Z' : '2026-03-04 09:30Z',
      provider: 'Amazon Web Services',
      services: ['s3', 'iam'],
      regions: ['us-east-1'],
      severity: 'SEV 1',
      lead: 'A. Ruiz',
      playbook: 'General',
    },
    contact: {
      name: 'B. Okafor',
      role: 'Service owner',
      phone: '+44 20 7946 0011',
      mail: 'okafor@example.com',
    },
    files: [
      real
        ? path.join(real, 'evidence/cloudtrail/invictus-ir-aws_dataset')
        : path.join(FIXTURES, 'evidence/hour.json'),
    ],
    feed: SILENT_RSS,
    findings: {
      provider_status_page: ['no_incident'],
      independent_reports: ['none'],
      error_signature: ['none_visible'],
      failure_scope: ['single_resource'],
      plane: ['data'],
      recent_change: ['configuration', 'iam_policy', 'network_rule'],
      change_touches_failure: ['yes'],
      change_minutes_before: ['minutes'],
      audit_log_policy_change: ['yes'],
      exposure_or_credential_misuse: ['yes'],
      own_traffic: ['normal'],
      logging_gap: ['no'],
      expiry: ['valid'],
      clean_canary: ['healthy'],
    },
    numbers: { change_minutes_before: '0.3' },
  };
}
