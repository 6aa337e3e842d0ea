import type { StateFinding } from '../../main/core/evidence/state-finding.ts';
import { Instant } from '../../main/core/time.ts';

/** A failing finding of a public bucket that nothing dates, with the given fields. */
export function aFinding(fields: Partial<StateFinding> = {}): StateFinding {
  return {
    id: 'finding-1',
    source: 'prowler_ocsf',
    product: 'Prowler 5.4.0',
    seenAt: Instant.parse('2026-03-04T06:00:00.000Z'),
    since: null,
    status: 'failing',
    severity: 'high',
    pattern: 'public_storage',
    owner: 'customer',
    title: 'Ensure that no bucket is public',
    detail: 'Bucket orders is open to everyone.',
    resource: 'arn:aws:s3:::orders',
    region: 'eu-west-1',
    account: '111122223333',
    control: 's3_bucket_public_access',
    ...fields,
  };
}
