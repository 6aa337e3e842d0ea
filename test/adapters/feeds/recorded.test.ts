import { expect, test } from 'vitest';
import { detectKind } from '../../../main/adapters/feeds/registry.ts';
import type { FeedKind } from '../../../main/core/feeds/model.ts';
import { fixture, read, recording } from './fixtures.ts';

/** Counted in the recordings with Python, apart from this program. */
const RECORDED: readonly {
  readonly file: string;
  readonly kind: FeedKind;
  /** Events, of them not over, updates, then outage, degraded and information. */
  readonly counts: readonly [number, number, number, number, number, number];
  readonly firstWord: string | null;
  /** Items set aside; none where it is not said. */
  readonly rejected?: number;
}[] = [
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
];

/** The same table for our own fixtures, which are everywhere and have bad items. */
const OWN: typeof RECORDED = [
  {
    file: 'gcp-traps.json',
    kind: 'gcp_incidents',
    counts: [6, 3, 7, 1, 4, 1],
    firstWord: '2020-12-10T03:32:17.000Z',
  },
  {
    file: 'aws-traps.rss',
    kind: 'aws_rss',
    counts: [5, 3, 7, 1, 3, 1],
    firstWord: '2030-08-02T19:00:00.000Z',
  },
  {
    file: 'statuspage-traps.json',
    kind: 'statuspage',
    counts: [4, 3, 7, 2, 1, 1],
    firstWord: '2031-02-03T06:00:00.000Z',
  },
  {
    file: 'aws_public_events.traps.json',
    kind: 'aws_public_events',
    counts: [5, 2, 4, 1, 2, 2],
    firstWord: '2031-03-01T10:00:00.000Z',
  },
  {
    file: 'azure_rss.traps.rss',
    kind: 'azure_rss',
    counts: [4, 2, 4, 0, 0, 0],
    firstWord: '2031-02-28T00:10:00.000Z',
  },
  {
    file: 'aws_public_events.data-json.json',
    kind: 'aws_public_events',
    counts: [3, 1, 5, 0, 1, 2],
    firstWord: '2031-02-01T07:50:00.000Z',
  },
  {
    file: 'azure_service_health.traps.json',
    kind: 'azure_service_health',
    counts: [5, 4, 3, 1, 2, 2],
    firstWord: '2031-02-02T08:30:00.000Z',
  },
  {
    file: 'azure_resource_health.traps.json',
    kind: 'azure_resource_health',
    counts: [4, 3, 4, 2, 1, 0],
    firstWord: '2031-03-01T12:00:00.000Z',
  },
  {
    file: 'azure_activity_log.traps.json',
    kind: 'azure_activity_log',
    counts: [4, 2, 3, 1, 1, 2],
    firstWord: '2031-02-01T10:00:00.000Z',
  },
  {
    file: 'gcp_service_health.traps.json',
    kind: 'gcp_service_health',
    counts: [5, 4, 2, 0, 0, 1],
    firstWord: '2031-02-01T13:10:00.000Z',
  },
  {
    file: 'google_workspace.traps.json',
    kind: 'google_workspace',
    counts: [2, 1, 2, 0, 1, 1],
    firstWord: '2031-03-02T12:30:00.000Z',
  },
  {
    file: 'slack.traps.json',
    kind: 'slack',
    counts: [3, 2, 2, 1, 1, 1],
    firstWord: '2031-03-01T12:00:00.000Z',
  },
  {
    file: 'heroku.traps.json',
    kind: 'heroku',
    counts: [4, 2, 2, 1, 1, 1],
    firstWord: '2031-01-01T10:00:00.000Z',
  },
  {
    file: 'salesforce_trust.traps.json',
    kind: 'salesforce_trust',
    counts: [3, 2, 1, 1, 1, 0],
    firstWord: '2031-02-01T12:00:00.000Z',
  },
  {
    file: 'oracle_cloud.traps.json',
    kind: 'oracle_cloud',
    counts: [1, 1, 0, 1, 0, 0],
    firstWord: null,
  },
  {
    file: 'aws_health_events.traps.json',
    kind: 'aws_health_events',
    counts: [4, 2, 2, 0, 0, 0],
    firstWord: '2031-02-27T23:06:40.000Z',
  },
  {
    file: 'aws_health_events.bridge.json',
    kind: 'aws_health_events',
    counts: [2, 1, 2, 0, 0, 0],
    firstWord: '2017-02-07T00:55:52.000Z',
  },
];

const present = recording('gcp/incidents_full_2026-08-20.json') !== null;
test.each([...OWN, ...(present ? RECORDED : [])])('$file parses to the numbers counted in it', (row) => {
  const own = OWN.includes(row);
  const bytes = own ? fixture(row.file) : recording(row.file);
  if (bytes === null) throw new Error(`${row.file} is missing`);
  const { feedState, events, rejected } = read(row.kind, bytes);
  const severity = (mapped: string) => events.filter((event) => event.severity.mapped === mapped).length;
  expect([feedState, detectKind(bytes)]).toEqual(['ok', row.kind]);
  if (own) expect(rejected).not.toEqual([]);
  else expect(rejected.length).toBe(row.rejected ?? 0);
  expect([
    events.length,
    events.filter((event) => event.lifecycle !== 'closed').length,
    events.flatMap((event) => event.updates).length,
    severity('outage'),
    severity('degraded'),
    severity('information'),
  ]).toEqual(row.counts);
  expect(events.flatMap((event) => event.publishedAt ?? []).sort()[0] ?? null).toBe(row.firstWord);
});
