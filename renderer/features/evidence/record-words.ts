import type { LogRecord } from '../../../main/core/evidence/model.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { duration } from '../../lib/format.ts';

const FLAG_WORDS: Readonly<Record<string, string>> = {
  open_to_world: 'open to the world',
  public_principal: 'anyone may use it',
  shared_with_all: 'shared with everyone',
  logging_off: 'logging off',
  logging_on: 'logging on',
  from_aws_config: 'from AWS Config',
  delayed_effect: 'takes effect later',
  key_disabled: 'key disabled',
  other_account: 'lets another account in',
  sensitive_port: 'sensitive port',
};

/** What a flag of a record means; one that is not known here is shown as it is. */
export function flagWords(flag: string): string {
  const seconds = /^dns_ttl_(\d+)$/.exec(flag)?.[1];
  if (seconds !== undefined) return `old answers live on for ${duration(Number(seconds) / 60)}`;
  return FLAG_WORDS[flag] ?? flag.replaceAll('_', ' ');
}

const SOURCE_WORDS: Readonly<Record<string, string>> = {
  cloudtrail_records: 'CloudTrail file',
  cloudtrail_digest: 'CloudTrail digest',
  cloudtrail_insight: 'CloudTrail Insights',
  cloudtrail_csv: 'CloudTrail Event history',
  cloudtrail_lake: 'CloudTrail Lake query',
  azure_update_rows: 'Azure Update Management',
  cloudtrail_lookup: 'CloudTrail lookup-events',
  cloudtrail_list: 'CloudTrail events',
  cloudtrail_lines: 'CloudTrail events in lines',
  cloudtrail_eventbridge: 'CloudTrail through EventBridge',
  aws_config_compliance_summary: 'AWS Config summary',
  aws_health: 'AWS Health events',
  aws_health_entities: 'what AWS Health events affect',
  azure_activity_rest: 'Azure Activity Log',
  google_audit: 'Google Cloud Audit Log',
  kubernetes_audit: 'Kubernetes audit log',
  kubernetes_events: 'Kubernetes events',
  cloudtrail_ocsf: 'CloudTrail in OCSF',
  cloudtrail_logs: 'CloudTrail in CloudWatch Logs',
  aws_config_history: 'AWS Config history',
  aws_config_snapshot: 'AWS Config snapshot',
  aws_config_change: 'AWS Config change',
  cloudwatch_logs: 'CloudWatch Logs',
  cloudwatch_alarm_history: 'CloudWatch alarm history',
  logs_insights: 'Logs Insights result',
  cloudwatch_alarms: 'CloudWatch alarms',
  cloudtrail_status: 'CloudTrail trail status',
  cloudtrail_trails: 'CloudTrail trails',
  cloudtrail_selectors: 'CloudTrail event selectors',
  aws_config_recorder: 'AWS Config recorder',
  aws_config_compliance: 'AWS Config compliance',
  aws_config_compliance_change: 'AWS Config change of compliance',
  acm_certificates: 'ACM certificates',
  service_quotas: 'Service Quotas',
  service_quota_requests: 'requests for more quota',
  ssm_patch_compliance: 'Systems Manager patches',
  asff: 'findings in ASFF',
  securityhub_eventbridge: 'Security Hub events',
  securityhub_history: 'Security Hub finding history',
  securityhub_ocsf: 'Security Hub findings in OCSF',
  ocsf_findings: 'findings in OCSF',
  guardduty: 'GuardDuty findings',
  guardduty_detector: 'GuardDuty detector',
  prowler_csv: 'Prowler',
  prowler_json: 'Prowler 3',
  prowler_ocsf: 'Prowler in OCSF',
  prowler_v2_csv: 'Prowler 2',
  prowler_v2_json: 'Prowler 2',
  scoutsuite: 'ScoutSuite report',
  access_analyzer: 'IAM Access Analyzer findings',
  access_analyzer_list: 'list of analyzers',
  iam_credential_report: 'IAM credential report',
  iam_credential_report_json: 'IAM credential report',
  kms_key: 'KMS keys',
  kms_rotation: 'KMS key rotation',
  trusted_advisor_result: 'Trusted Advisor check',
  trusted_advisor_summaries: 'Trusted Advisor summaries',
  trusted_advisor_recommendations: 'Trusted Advisor recommendations',
  trusted_advisor_resources: 'Trusted Advisor resources',
  trusted_advisor_checks: 'names of Trusted Advisor checks',
  mapped_rows: 'mapped by hand',
  azure_activity_list: 'Azure Activity Log',
  azure_activity_lines: 'Azure Activity Log',
  azure_activity_streamed: 'Azure Activity Log',
  azure_activity_table: 'Azure Activity Log as a table',
  azure_defender: 'Defender for Cloud',
  azure_defender_csv: 'Defender for Cloud as a table',
  azure_defender_plans: 'Defender for Cloud plans',
  azure_advisor: 'Azure Advisor',
  azure_policy: 'Azure Policy states',
  azure_key_vault: 'Key Vault',
  azure_alerts: 'Azure Monitor alerts',
  azure_alert_rules: 'Azure Monitor alert rules',
  azure_log_profiles: 'Azure log profiles',
  azure_updates: 'Azure Update Manager',
  google_scc: 'Security Command Center',
  google_recommender: 'Google Recommender',
  google_firewalls: 'VPC firewall rules',
  google_os_config: 'VM Manager',
  google_secrets: 'Secret Manager',
  google_log_routing: 'Cloud Logging sinks and exclusions',
};

/** What a file was recognised as; a kind that is not known here is shown as it is. */
export function sourceWords(recognisedAs: string): string {
  return SOURCE_WORDS[recognisedAs] ?? recognisedAs.replaceAll('_', ' ');
}

/** Whether a record is among the incident's evidence. */
export function isRecordAttached({ state }: IncidentView, { id }: LogRecord): boolean {
  return state.evidence.some(
    ({ evidenceId, sourceId }) => evidenceId.startsWith('record-') && sourceId === id,
  );
}
