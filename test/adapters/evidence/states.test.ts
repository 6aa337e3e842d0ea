import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import { recordings } from '../../support/recordings.ts';
import { FIXTURES, readAll, readBytesAsFile } from './reading.ts';

/** Path, what it is recognised as, how many findings, how many of them fail, and how many records. */
type Shape = readonly [file: string, as: string, findings: number, failing: number, records: number];

const OWN: readonly Shape[] = [
  ['alarms.json', 'cloudwatch_alarms', 2, 1, 1],
  ['trail-status.json', 'cloudtrail_status', 2, 2, 2],
  ['trails.json', 'cloudtrail_trails', 2, 2, 0],
  ['event-selectors.json', 'cloudtrail_selectors', 2, 2, 0],
  ['config-compliance-change.json', 'aws_config_compliance_change', 1, 1, 0],
  ['certificates.json', 'acm_certificates', 2, 1, 0],
  ['certificate-renewal.json', 'acm_certificates', 2, 1, 0],
  ['quotas.json', 'service_quotas', 3, 2, 0],
  ['service-quota.json', 'service_quotas', 1, 0, 0],
  ['trail-names.json', 'cloudtrail_trails', 1, 0, 0],
  ['azure-update-rows.csv', 'azure_update_rows', 2, 1, 0],
  ['azure-update-summary.json', 'azure_update_rows', 2, 1, 0],
  ['patch-states.json', 'ssm_patch_compliance', 2, 1, 0],
  ['compliance-items.json', 'ssm_patch_compliance', 2, 1, 0],
];
/** Counted with jq. */
const RECORDED: readonly Shape[] = [
  ['cloudwatch/awscli.cloudwatch.describe-alarms-for-metric.1.json', 'cloudwatch_alarms', 2, 0, 2],
  ['cloudwatch/test_add_composite_alarm_tags.monitoring.DescribeAlarms_1.json', 'cloudwatch_alarms', 1, 0, 1],
  ['cloudwatch/test_alarm_delete.monitoring.DescribeAlarms_1.json', 'cloudwatch_alarms', 1, 0, 1],
  [
    'cloudwatch/test_cloudtrail_success_log_metric_filter.monitoring.DescribeAlarmsForMetric_1.json',
    'cloudwatch_alarms',
    1,
    0,
    1,
  ],
  [
    'cloudwatch/test_is_composite_child_filter.monitoring.DescribeAlarms_1.json',
    'cloudwatch_alarms',
    1,
    0,
    1,
  ],
  ['cloudtrail-status/awscli.cloudtrail.get-trail-status.1.json', 'cloudtrail_status', 1, 0, 2],
  [
    'cloudtrail-status/test_cloudtrail_set_logging.cloudtrail.GetTrailStatus_1.json',
    'cloudtrail_status',
    1,
    0,
    1,
  ],
  [
    'cloudtrail-status/test_cloudtrail_set_logging.cloudtrail.GetTrailStatus_2.json',
    'cloudtrail_status',
    1,
    1,
    2,
  ],
  [
    'cloudtrail-status/test_cloudtrail_set_logging.cloudtrail.DescribeTrails_1.json',
    'cloudtrail_trails',
    1,
    0,
    0,
  ],
  [
    'cloudtrail-status/test_account_data_events.cloudtrail.DescribeTrails_1.json',
    'cloudtrail_trails',
    1,
    0,
    0,
  ],
  [
    'aws-config/awscli.configservice.describe-compliance-by-resource.1.json',
    'aws_config_compliance',
    2,
    2,
    0,
  ],
  [
    'aws-config/awscli.configservice.get-compliance-summary-by-config-rule.1.json',
    'aws_config_compliance_summary',
    0,
    0,
    0,
  ],
  [
    'aws-config/test_config_compliance.config.GetComplianceDetailsByConfigRule_1.json',
    'aws_config_compliance',
    1,
    1,
    0,
  ],
  [
    'aws-config/test_config_inconsistent_hub_rule.config.GetComplianceDetailsByConfigRule_1.json',
    'aws_config_compliance',
    3,
    3,
    0,
  ],
  [
    'aws-config/test_config_recorder.config.DescribeConfigurationRecorderStatus_1.json',
    'aws_config_recorder',
    1,
    0,
    0,
  ],
  [
    'aws-config/test_config_recorder_toggle_stop.config.DescribeConfigurationRecorderStatus_2.json',
    'aws_config_recorder',
    1,
    1,
    0,
  ],
  ['acm/awscli.acm.describe-certificate.1.json', 'acm_certificates', 1, 0, 0],
  ['acm/test_certificate_tag_untag_mark.acm.DescribeCertificate_1.json', 'acm_certificates', 1, 1, 0],
  ['service-quotas/awscli.service-quotas.list-service-quotas.1.json', 'service_quotas', 2, 0, 0],
  [
    'service-quotas/awscli.service-quotas.list-requested-service-quota-change-history.1.json',
    'service_quota_requests',
    0,
    0,
    1,
  ],
];

function shapes(): readonly Shape[] {
  const at = (folder: string, items: readonly Shape[]): readonly Shape[] =>
    items.map(([file, ...rest]) => [path.join(folder, file), ...rest]);
  const folder = recordings();
  return [...at(FIXTURES, OWN), ...(folder === null ? [] : at(path.join(folder, 'evidence'), RECORDED))];
}

test.each(shapes())('%s is read as %s', async (file, as, count, failing, records) => {
  const { findings, report } = await readAll(file);
  expect([report.recognisedAs, findings.length, report.failing, report.records, report.rejected]).toEqual([
    as,
    count,
    failing,
    records,
    0,
  ]);
  for (const finding of findings) expect(StateFinding.safeParse(finding).error).toBe(undefined);
});

async function told(file: string): Promise<unknown> {
  const { findings } = await readAll(path.join(FIXTURES, file));
  return findings.map(({ status, severity, pattern, title, since, detail }) => [
    status,
    severity,
    pattern,
    title,
    since,
    detail,
  ]);
}

describe('what the state of our things says', () => {
  test('an alarm, since when it rings and that nobody was told', async () => {
    expect(await told('alarms.json')).toEqual([
      [
        'failing',
        'high',
        'alarm',
        'Alarm orders-5xx is in alarm',
        '2026-03-04T09:31:12.345Z',
        'Threshold Crossed: 1 datapoint [41.0] was greater than the threshold (10.0).; AWS/ApplicationELB HTTPCode_Target_5XX_Count, LoadBalancer app/orders/1; its actions are switched off; missing data counts as fine',
      ],
      [
        'unknown',
        'unknown',
        'alarm',
        'Alarm orders has no data',
        '2026-03-04T09:31:13.000Z',
        'ALARM(orders-5xx)',
      ],
    ]);
    const { records } = await readAll(path.join(FIXTURES, 'alarms.json'));
    expect(records.map(({ at, name, readOnly }) => [at, name, readOnly])).toEqual([
      ['2026-03-04T08:02:00.000Z', 'Alarm updated', false],
    ]);
  });

  test('a certificate that has ended, one that ends, one whose renewal waits', async () => {
    expect(await told('certificates.json')).toEqual([
      [
        'failing',
        'critical',
        'expired_certificate',
        'The certificate of orders.example.com has expired',
        '2026-03-04T09:28:00.000Z',
        'in use',
      ],
      [
        'unknown',
        'high',
        'expiring_certificate',
        'The certificate of shop.example.com ends',
        '2026-03-20T00:00:00.000Z',
        'in use',
      ],
    ]);
    expect(await told('certificate-renewal.json')).toEqual([
      [
        'unknown',
        'high',
        'expiring_certificate',
        'The certificate of pay.example.com ends',
        '2026-03-05T08:40:00.000Z',
        'used by arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/pay/1',
      ],
      [
        'failing',
        'high',
        'expiring_certificate',
        'The renewal of the certificate of pay.example.com waits for validation',
        '2026-02-25T06:13:20.000Z',
        'the DNS record or mail of pay.example.com is missing',
      ],
    ]);
  });

  test('a quota that is used up, one that is near, one whose use is not known', async () => {
    expect(await told('quotas.json')).toEqual([
      ['failing', 'high', 'over_quota', 'AWS Lambda: Concurrent executions', null, '1000 of 1000, 100 %'],
      [
        'failing',
        'medium',
        'near_quota',
        'Amazon Virtual Private Cloud (Amazon VPC): VPCs per Region',
        null,
        '4 of 5, 80 %',
      ],
      [
        'unknown',
        'info',
        'near_quota',
        'Amazon Virtual Private Cloud (Amazon VPC): Internet gateways per Region',
        null,
        'limit 5, use not in this file',
      ],
    ]);
  });

  test('patches that are missing, by instance and one by one', async () => {
    expect(await told('patch-states.json')).toEqual([
      [
        'failing',
        'high',
        'unpatched',
        'i-0aaa is not patched',
        null,
        '7 missing, 1 failed, 2 installed and waiting for a restart, 3 of them critical',
      ],
      ['passing', 'info', 'unpatched', 'i-0bbb is patched', null, ''],
    ]);
    expect(await told('compliance-items.json')).toEqual([
      ['failing', 'critical', 'unpatched', 'openssl security update', null, 'Missing'],
      ['passing', 'unknown', 'noncompliant', 'i-0aaa: Association complies', null, ''],
    ]);
  });

  test('a change of compliance is dated; a first judgement and a plain state are not', async () => {
    expect(await told('config-compliance-change.json')).toEqual([
      [
        'failing',
        'unknown',
        'noncompliant',
        'restricted-ssh: does not comply',
        '2026-03-04T09:22:28.000Z',
        'before: COMPLIANT; Port 22 is open to 0.0.0.0/0.',
      ],
    ]);
    const { findings } = await readBytesAsFile(
      JSON.stringify({
        EvaluationResults: [
          {
            EvaluationResultIdentifier: {
              EvaluationResultQualifier: { ConfigRuleName: 'r', ResourceType: 'T', ResourceId: 'i-1' },
            },
            ComplianceType: 'INSUFFICIENT_DATA',
            ResultRecordedTime: 1772616400.25,
          },
          { ComplianceType: 'NOT_APPLICABLE' },
        ],
      }),
    );
    expect(findings.map(({ id, status, since, seenAt }) => [id, status, since, seenAt])).toEqual([
      ['config:r:T:i-1', 'unknown', null, '2026-03-04T09:26:40.250Z'],
    ]);
  });
});

describe('whether AWS logs at all', () => {
  test('a trail that was stopped says since when, as a state and as an event', async () => {
    expect(await told('trail-status.json')).toEqual([
      [
        'failing',
        'high',
        'logging_off',
        'The trail does not log',
        '2026-03-04T09:05:00.000Z',
        'Last file delivered at 2026-03-04 09:00 UTC.',
      ],
      [
        'failing',
        'high',
        'logging_off',
        'The trail cannot deliver its files',
        '2026-03-04T09:00:00.000Z',
        'AccessDenied. Last file delivered at 2026-03-04 09:00 UTC.',
      ],
    ]);
    const { records } = await readAll(path.join(FIXTURES, 'trail-status.json'));
    expect(records.map(({ at, name, flags }) => [at, name, flags.join()])).toEqual([
      ['2026-03-04T09:05:00.000Z', 'StopLogging', 'logging_off'],
      ['2026-01-01T00:00:00.000Z', 'StartLogging', 'logging_on'],
    ]);
  });

  test('a trail of one region, without global services, narrowed', async () => {
    expect(await told('trails.json')).toEqual([
      [
        'failing',
        'medium',
        'logging_off',
        'Trail main logs one region only',
        null,
        'What happens outside eu-west-1 is not in it.',
      ],
      [
        'failing',
        'medium',
        'logging_off',
        'Trail main leaves global services out',
        null,
        'Changes of IAM, Route 53 and CloudFront are not in it.',
      ],
    ]);
    expect(await told('event-selectors.json')).toEqual([
      [
        'failing',
        'medium',
        'logging_off',
        'The trail leaves management events out',
        null,
        'no reads, nor that they were denied; nothing of kms.amazonaws.com',
      ],
      [
        'failing',
        'info',
        'logging_off',
        'The trail logs no data events',
        null,
        'Reads and writes of objects, items and functions are not in it, nor that they were denied.',
      ],
    ]);
  });

  test.each<[string, object, readonly string[]]>([
    ['no trail', { trailList: [] }, ['There is no trail in this account and region']],
    [
      'no recorder',
      { ConfigurationRecordersStatus: [] },
      ['AWS Config records nothing in this account and region'],
    ],
    [
      'a recorder that fails',
      { ConfigurationRecordersStatus: [{ name: 'default', recording: true, lastStatus: 'FAILURE' }] },
      ['The recorder default fails'],
    ],
    [
      'advanced selectors without management events',
      {
        TrailARN: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main',
        AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }],
      },
      ['The trail leaves management events out', 'The trail logs data events'],
    ],
    [
      'advanced selectors for all management events',
      {
        TrailARN: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main',
        AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
      },
      ['The trail logs all management events', 'The trail logs no data events'],
    ],
  ])('%s', async (_case, document, titles) => {
    const { findings } = await readBytesAsFile(JSON.stringify(document));
    expect(findings.map(({ title }) => title)).toEqual(titles);
  });
});
