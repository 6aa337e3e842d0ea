import path from 'node:path';
import { expect, test } from 'vitest';
import { expandPaths } from '../../../main/adapters/evidence/expand-paths.ts';
import { recordings } from '../../support/recordings.ts';
import { FIXTURES, readAll } from './reading.ts';

/** Path, what its files are recognised as, and how many records are taken and rejected, counted with jq. */
type Shape = readonly [file: string, recognisedAs: string, records: number, rejected: number];

const OWN: readonly Shape[] = [
  ['hour.json', 'cloudtrail_records', 33, 0],
  ['hour.json.gz', 'cloudtrail_records', 33, 0],
  ['hour-cut-off.json', 'cloudtrail_records', 20, 1],
  ['hour-bad-records.json', 'cloudtrail_records', 30, 3],
  ['lookup-events.json', 'cloudtrail_lookup', 2, 0],
  ['eventbridge.json', 'cloudtrail_eventbridge', 1, 0],
  ['digest.json', 'cloudtrail_digest', 0, 0],
  ['insight.json', 'cloudtrail_insight', 0, 0],
  ['event-history.csv', 'cloudtrail_csv', 3, 2],
  ['azure-activity.json', 'azure_activity_rest', 8, 0],
  ['google-audit.json', 'google_audit', 8, 0],
  ['aws-health.json', 'aws_health', 3, 0],
  ['kubernetes-audit.jsonl', 'kubernetes_audit', 5, 0],
  ['kubernetes-events.json', 'kubernetes_events', 5, 0],
  ['ocsf-cloudtrail.jsonl', 'cloudtrail_ocsf', 3, 0],
  ['config-history.json', 'aws_config_history', 2, 0],
  ['config-history-delivered.json', 'aws_config_history', 3, 0],
  ['log-events.json', 'cloudtrail_logs', 3, 0],
  ['logs-insights.json', 'logs_insights', 3, 0],
  ['alarm-history.json', 'cloudwatch_alarm_history', 3, 0],
];
/** Seventeen of the hand-made test events of `panther` have no time that can be read. */
const RECORDED: readonly Shape[] = [
  ['trailscraper', 'cloudtrail_records', 4, 0],
  ['stratus-red-team', 'cloudtrail_list', 248, 0],
  ['panther', 'cloudtrail_lines', 412, 17],
  ['eventbridge', 'cloudtrail_eventbridge, cloudtrail_lines', 13, 0],
  ['plaso', 'cloudtrail_lookup', 6, 0],
  ['cli-examples', 'cloudtrail_lookup', 1, 0],
];

/** Other sources. Of the 25 hand-made lines of Google Cloud two hold no audit payload, four no time. */
const OTHERS: readonly Shape[] = [
  ['aws-health/awscli.health.describe-events.2.json', 'aws_health', 3, 0],
  ['aws-health/awscli.health.describe-event-details.1.json', 'aws_health', 1, 0],
  ['aws-health/event-phd-ec2-retire.json', 'aws_health', 1, 0],
  ['aws-health/test_ebs_health_events_filter.health.DescribeEvents_1.json', 'aws_health', 1, 0],
  ['aws-health/test_ec2_health_events_filter.health.DescribeEvents_1.json', 'aws_health', 1, 0],
  ['aws-health/test_health_augment.health.DescribeAffectedEntities_1.json', 'aws_health_entities', 0, 0],
  ['aws-health/awscli.health.describe-affected-entities.1.json', 'aws_health_entities', 0, 0],
  ['aws-health/test_health_augment.health.DescribeEvents_1.json', 'aws_health', 2, 0],
  ['aws-health/test_health_augment.health.DescribeEventDetails_1.json', 'aws_health', 2, 0],
  ['aws-config/test_ecs_task_def_config.config.GetResourceConfigHistory_2.json', 'aws_config_history', 1, 0],
  [
    'aws-config/test_rdscluster_snapshot_config.config.GetResourceConfigHistory_1.json',
    'aws_config_history',
    1,
    0,
  ],
  // Two items that hold the same: nothing changed between them.
  ['aws-config/test_sg_config_diff.config.GetResourceConfigHistory_1.json', 'aws_config_history', 0, 0],
  ['aws-config/test_sg_config_patch_pitr.config.GetResourceConfigHistory_1.json', 'aws_config_history', 0, 0],
  [
    'aws-config/test_sg_config_ingres_diff.config.GetResourceConfigHistory_1.json',
    'aws_config_history',
    0,
    0,
  ],
  ['aws-config/event-config-rule-instance.json', 'aws_config_change', 1, 0],
  ['aws-config/event-config-rule-security-group.json', 'aws_config_change', 0, 0],
  ['cloudwatch/awscli.logs.get-log-events.1.json', 'cloudwatch_logs', 3, 0],
  ['cloudwatch/test_logs_from_group.logs.GetLogEvents_1.json', 'cloudwatch_logs', 6, 0],
  ['azure-activity-log/GetActivityLogsFiltered.body.json', 'azure_activity_rest', 1, 0],
  ['azure-activity-log/azure_activity_log.jsonl', 'azure_activity_lines', 4, 0],
  ['azure-activity-log/panther_azure_activity_tests.jsonl', 'azure_activity_streamed', 212, 0],
  ['gcp-audit/cloud-custodian', 'google_audit', 32, 0],
  ['gcp-audit/panther_gcp_k8s_audit_tests.jsonl', 'google_audit', 19, 4],
  ['kubernetes-events/message-image-pull-fail.json', 'kubernetes_events', 17, 0],
  ['kubernetes-events/06_job_failure_kubectl_events.txt', 'kubernetes_events', 0, 0],
  ['kubernetes-events/message-pod-init-crashloop-backoff.json', 'kubernetes_events', 17, 0],
];

function shapes(): readonly Shape[] {
  const at = (folder: string, items: readonly Shape[]): readonly Shape[] =>
    items.map(([file, ...rest]) => [path.join(folder, file), ...rest]);
  const folder = recordings();
  const recorded =
    folder === null
      ? []
      : [
          ...at(path.join(folder, 'evidence/cloudtrail'), RECORDED),
          ...at(path.join(folder, 'evidence'), OTHERS),
        ];
  return [...at(FIXTURES, OWN), ...recorded];
}

test.each(shapes())('%s is read as %s', async (place, recognisedAs, records, rejected) => {
  const { files } = await expandPaths([place]);
  const reports = await Promise.all(files.map(async (file) => (await readAll(file)).report));
  expect([...new Set(reports.map((report) => report.recognisedAs))].sort().join(', ')).toBe(recognisedAs);
  const sum = (of: 'records' | 'rejected'): number =>
    reports.reduce((total, report) => total + report[of], 0);
  expect([sum('records'), sum('rejected')]).toEqual([records, rejected]);
});
