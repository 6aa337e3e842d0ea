import type { EvidenceAdapter } from './adapter.ts';
import { alarmHistory } from './alarm-history.ts';
import { awsConfig } from './aws-config.ts';
import { awsHealth } from './aws-health.ts';
import { azureActivity } from './azure-activity.ts';
import { AZURE_STATES } from './azure-posture.ts';
import { cloudTrail } from './cloudtrail.ts';
import { cloudTrailLake } from './cloudtrail-lake.ts';
import { cloudWatchLogs } from './cloudwatch-logs.ts';
import { googleAudit } from './google-audit.ts';
import { GOOGLE_STATES } from './google-posture.ts';
import { kubernetesAudit } from './kubernetes-audit.ts';
import { kubernetesEvents } from './kubernetes-events.ts';
import { logsInsights } from './logs-insights.ts';
import { acmCertificates } from './acm-certificates.ts';
import { cloudWatchAlarms } from './cloudwatch-alarms.ts';
import { configCompliance } from './config-compliance.ts';
import { loggingState } from './logging-state.ts';
import { patchCompliance } from './patch-compliance.ts';
import { serviceQuotas } from './service-quotas.ts';
import { ocsfCloudTrail } from './ocsf-cloudtrail.ts';
import { POSTURE } from './posture.ts';

/** Every source of evidence that is known, in the order in which they are asked. */
export const ADAPTERS: readonly EvidenceAdapter[] = [
  cloudTrailLake,
  cloudTrail,
  awsHealth,
  ocsfCloudTrail,
  awsConfig,
  cloudWatchLogs,
  logsInsights,
  alarmHistory,
  cloudWatchAlarms,
  configCompliance,
  loggingState,
  acmCertificates,
  serviceQuotas,
  patchCompliance,
  azureActivity,
  googleAudit,
  kubernetesAudit,
  kubernetesEvents,
  ...POSTURE,
  ...AZURE_STATES,
  ...GOOGLE_STATES,
];
