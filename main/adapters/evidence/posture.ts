import { accessAnalyzer } from './access-analyzer.ts';
import type { EvidenceAdapter } from './adapter.ts';
import { asff } from './asff.ts';
import { credentialReport } from './credential-report.ts';
import { guardDuty } from './guardduty.ts';
import { kmsKeys } from './kms-keys.ts';
import { ocsf } from './ocsf.ts';
import { prowler } from './prowler.ts';
import { scoutSuite } from './scoutsuite.ts';
import { trustedAdvisor } from './trusted-advisor.ts';

/** What tells how identities and configuration stand: scanners, and AWS's own services of that kind. */
export const POSTURE: readonly EvidenceAdapter[] = [
  asff,
  ocsf,
  guardDuty,
  prowler,
  scoutSuite,
  accessAnalyzer,
  credentialReport,
  kmsKeys,
  trustedAdvisor,
];
