import type { FeedKind } from '../../../main/core/feeds/model.ts';

/** What a whole document says, in numbers. */
export interface Numbers {
  readonly file: string;
  readonly kind: FeedKind;
  /** Events, of them not over, updates, then outage, degraded and information. */
  readonly counts: readonly [number, number, number, number, number, number];
  readonly firstWord: string | null;
  /** Items set aside; none where it is not said. */
  readonly rejected?: number;
}

/** Counted in the recordings with Python, apart from this program. */
export const RECORDED: readonly Numbers[] = [
  {
    file: 'gcp/incidents_full_2025-06-12T1908Z.json',
    kind: 'gcp_incidents',
    counts: [111, 1, 528, 18, 31, 62],
    firstWord: '2024-06-12T21:48:24.000Z',
  },
  {
    file: 'gcp/incidents_full_2026-08-20.json',
    kind: 'gcp_incidents',
    counts: [5, 0, 42, 1, 3, 1],
    firstWord: '2026-02-27T16:12:30.000Z',
  },
  {
    file: 'gcp/gcp_incidents_2026-08.json',
    kind: 'gcp_incidents',
    counts: [2, 0, 23, 0, 2, 0],
    firstWord: '2026-07-14T20:24:18.000Z',
  },
  {
    file: 'gcp/incidents_legacy_schema_2020-12-14_first12.json',
    kind: 'gcp_incidents',
    counts: [12, 1, 44, 2, 10, 0],
    firstWord: '2020-11-10T22:33:27.000Z',
  },
  {
    file: 'gcp/checkmk_ended_but_still_affected_2023-03-10.json',
    kind: 'gcp_incidents',
    counts: [1, 0, 0, 0, 0, 1],
    firstWord: '2023-03-10T14:26:24.000Z',
  },
  {
    file: 'aws-rss/aws_all_2026-08-18.rss',
    kind: 'aws_rss',
    counts: [5, 4, 50, 3, 2, 0],
    firstWord: '2026-03-01T20:14:03.000Z',
  },
  {
    file: 'statuspage/raw_incidents/anthropic_incidents_raw.json',
    kind: 'statuspage',
    counts: [54, 0, 184, 20, 31, 3],
    firstWord: '2026-07-16T08:58:06.014Z',
  },
  {
    file: 'statuspage/raw_incidents/atlassian_incidents_raw.json',
    kind: 'statuspage',
    counts: [34, 0, 109, 7, 1, 26],
    firstWord: '2019-05-07T12:56:14.319Z',
  },
  {
    file: 'statuspage/raw_incidents/datadog_incidents_raw.json',
    kind: 'statuspage',
    counts: [50, 0, 259, 27, 21, 2],
    firstWord: '2025-10-14T17:14:52.821Z',
  },
  {
    file: 'statuspage/raw_incidents/digitalocean_incidents_raw.json',
    kind: 'statuspage',
    counts: [52, 0, 162, 8, 35, 9],
    firstWord: '2026-04-10T20:32:35.103Z',
  },
  {
    file: 'statuspage/raw_incidents/github_incidents_raw.json',
    kind: 'statuspage',
    counts: [51, 0, 334, 20, 29, 2],
    firstWord: '2026-06-17T17:57:49.252Z',
  },
  {
    file: 'statuspage/raw_incidents/openai_incidentio_incidents_raw.json',
    kind: 'statuspage',
    counts: [30, 0, 112, 0, 27, 3],
    firstWord: '2026-07-23T15:36:03.000Z',
  },
  {
    file: 'statuspage/raw_incidents/stripe_incidents_raw.json',
    kind: 'statuspage',
    counts: [50, 0, 114, 24, 22, 4],
    firstWord: '2025-12-22T06:55:17.859Z',
  },
  {
    file: 'statuspage/github_incidents_2026-08.json',
    kind: 'statuspage',
    counts: [5, 0, 52, 2, 3, 0],
    firstWord: '2026-08-13T14:43:25.299Z',
  },
  {
    file: 'statuspage/summary_github_indicator_none_with_open_incident_2026-09-23_trimmed.json',
    kind: 'statuspage',
    counts: [1, 1, 1, 0, 1, 0],
    firstWord: null,
  },
  {
    file: 'aws-public-json/currentevents_2026-09_ai-status_fixture.utf16be-bom.json',
    kind: 'aws_public_events',
    counts: [3, 2, 3, 2, 0, 1],
    firstWord: '2026-03-01T12:51:25.000Z',
  },
  {
    file: 'aws-public-json/currentevents_2026-09_ai-status_fixture.json',
    kind: 'aws_public_events',
    counts: [3, 2, 3, 2, 0, 1],
    firstWord: '2026-03-01T12:51:25.000Z',
  },
  {
    file: 'aws-public-json/data_json_legacy/data_2020-11-25T1547Z_kinesis_start.json',
    kind: 'aws_public_events',
    counts: [336, 2, 1012, 2, 32, 302],
    firstWord: '2018-05-10T01:06:00.000Z',
  },
  {
    file: 'aws-public-json/data_json_legacy/data_2020-11-25T2347Z_kinesis_late.json',
    kind: 'aws_public_events',
    counts: [345, 10, 1062, 2, 35, 308],
    firstWord: '2018-05-10T01:06:00.000Z',
  },
  {
    file: 'aws-public-json/data_json_legacy/data_2021-12-15T1649Z.json',
    kind: 'aws_public_events',
    counts: [467, 0, 1577, 8, 51, 408],
    firstWord: '2018-05-10T01:06:00.000Z',
  },
  {
    file: 'aws-public-json/data_json_legacy/data_2022-07-28T2109Z_useast2_power.json',
    kind: 'aws_public_events',
    counts: [86, 0, 355, 2, 11, 73],
    firstWord: '2021-07-21T23:41:00.000Z',
  },
  {
    file: 'aws-public-json/data_json_legacy/data_2023-04-17T0708Z_quiet.json',
    kind: 'aws_public_events',
    counts: [70, 0, 271, 2, 7, 61],
    firstWord: '2022-04-06T09:46:00.000Z',
  },
  {
    file: 'azure/events_ListBySubscriptionId_2025-05-01.json',
    kind: 'azure_service_health',
    counts: [1, 1, 3, 0, 1, 0],
    firstWord: '2025-05-12T15:00:48.120Z',
    rejected: 1,
  },
  {
    file: 'azure/availabilityStatuses_ListBySubscriptionId_2025-05-01.json',
    kind: 'azure_resource_health',
    counts: [2, 1, 2, 2, 0, 0],
    firstWord: '2016-05-04T14:11:29.759Z',
    rejected: 1,
  },
  {
    file: 'slack/slack_history_raw_2026.json',
    kind: 'slack',
    counts: [43, 1, 195, 0, 43, 0],
    firstWord: '2026-02-24T14:36:56.000Z',
  },
  {
    file: 'slack/current_active_docs_example.json',
    kind: 'slack',
    counts: [1, 1, 0, 0, 1, 0],
    firstWord: '2018-09-07T21:35:00.000Z',
    rejected: 1,
  },
  {
    file: 'other/heroku_current-status_2026-09-23_trimmed.json',
    kind: 'heroku',
    counts: [1, 0, 1, 0, 0, 1],
    firstWord: '2026-07-15T17:00:24.339Z',
  },
  {
    file: 'aws-health/describe-event-details_real_2020-12-14_ec2_us-west-2.json',
    kind: 'aws_health_events',
    counts: [1, 0, 1, 0, 0, 0],
    firstWord: '2020-12-15T00:27:12.673Z',
  },
  {
    file: 'aws-health/describe-events_awscli_example1.json',
    kind: 'aws_health_events',
    counts: [10, 3, 0, 0, 0, 0],
    firstWord: '2020-03-10T23:04:47.483Z',
  },
  {
    file: 'aws-health/describe-events_awscli_example2_ec2_closed.json',
    kind: 'aws_health_events',
    counts: [3, 0, 0, 0, 0, 0],
    firstWord: '2020-03-10T23:04:47.483Z',
  },
  {
    file: 'aws-health/eventbridge_public_ec2_operational_issue_awsdocs.json',
    kind: 'aws_health_events',
    counts: [1, 0, 1, 0, 0, 0],
    firstWord: '2023-01-27T06:02:51.000Z',
  },
  {
    file: 'aws-health/aws-health-tools/automated-actions_AWS_EBS_VOLUME_LOST_mock_payload.json',
    kind: 'aws_health_events',
    counts: [1, 1, 1, 0, 0, 0],
    firstWord: '2017-02-07T00:55:52.000Z',
  },
  {
    file: 'aws-health/aws-health-tools/automated-actions_AWS_EC2_INSTANCE_STORE_DRIVE_PERFORMANCE_DEGRADED_testevent.json',
    kind: 'aws_health_events',
    counts: [1, 1, 1, 0, 0, 0],
    firstWord: '2016-06-05T15:10:09.000Z',
  },
  {
    file: 'aws-health/aws-health-tools/automated-actions_ECS_TASK_PATCHING_AUTOMATION_sampleevent.json',
    kind: 'aws_health_events',
    counts: [1, 1, 1, 0, 0, 0],
    firstWord: '2023-08-16T23:18:51.000Z',
  },
  {
    file: 'gcp/2025-06-12/ow5i3PPK96RduMcb1SsW_seen_2025-06-12T1908Z.json',
    kind: 'gcp_incidents',
    counts: [1, 1, 2, 1, 0, 0],
    firstWord: '2025-06-12T18:46:38.000Z',
  },
  {
    file: 'gcp/2025-06-12/ow5i3PPK96RduMcb1SsW_seen_2025-06-12T1923Z.json',
    kind: 'gcp_incidents',
    counts: [1, 1, 3, 1, 0, 0],
    firstWord: '2025-06-12T18:46:38.000Z',
  },
  {
    file: 'gcp/2025-06-12/ow5i3PPK96RduMcb1SsW_seen_2025-06-12T1946Z.json',
    kind: 'gcp_incidents',
    counts: [1, 1, 5, 1, 0, 0],
    firstWord: '2025-06-12T18:46:38.000Z',
  },
  {
    file: 'gcp/2025-06-12/ow5i3PPK96RduMcb1SsW_seen_2025-06-14T0639Z.json',
    kind: 'gcp_incidents',
    counts: [1, 0, 16, 1, 0, 0],
    firstWord: '2025-06-12T18:46:38.000Z',
  },
  {
    file: 'aws-health/aws-health-tools/automated-actions_AWS_EBS_VOLUME_LOST_stepbystep_mockpayload.json',
    kind: 'aws_health_events',
    counts: [1, 1, 1, 0, 0, 0],
    firstWord: '2018-11-27T01:30:00.000Z',
  },
  {
    file: 'aws-health/aws-health-tools/dos-report-notifier_stepbystep_mockpayload.json',
    kind: 'aws_health_events',
    counts: [1, 1, 1, 0, 0, 0],
    firstWord: '2018-11-27T01:30:00.000Z',
  },
  {
    file: 'aws-health/aws-health-tools/sms-notifier_testHeatlhEvent.json',
    kind: 'aws_health_events',
    counts: [1, 1, 1, 0, 0, 0],
    firstWord: '2016-06-05T05:01:10.000Z',
  },
];
