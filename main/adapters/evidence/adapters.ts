import type { EvidenceAdapter } from './adapter.ts';
import { awsHealth } from './aws-health.ts';
import { azureActivity } from './azure-activity.ts';
import { cloudTrail } from './cloudtrail.ts';
import { googleAudit } from './google-audit.ts';
import { kubernetesAudit } from './kubernetes-audit.ts';
import { kubernetesEvents } from './kubernetes-events.ts';

/** Every source of evidence that is known, in the order in which they are asked. */
export const ADAPTERS: readonly EvidenceAdapter[] = [
  cloudTrail,
  awsHealth,
  azureActivity,
  googleAudit,
  kubernetesAudit,
  kubernetesEvents,
];
