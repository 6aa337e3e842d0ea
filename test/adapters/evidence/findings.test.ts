import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findingOf } from '../../../main/adapters/evidence/finding.ts';
import { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import { recordings } from '../../support/recordings.ts';
import { FINDINGS, inFolder, readAll, readBytesAsFile } from './reading.ts';

/** Path, what it is recognised as, how many findings, failing ones, and what was rejected. */
type Shape = readonly [file: string, as: string, findings: number, failing: number, rejected: number];

const OWN: readonly Shape[] = [
  ['access-analyzer-v2.json', 'access_analyzer', 4, 2, 0],
  ['guardduty-export.jsonl', 'guardduty', 2, 1, 0],
  ['iam-credential-report.csv', 'iam_credential_report', 8, 6, 0],
  ['iam-credential-report.json', 'iam_credential_report_json', 8, 6, 0],
  ['kms-keys.json', 'kms_key', 2, 2, 0],
  ['prowler-unclosed.ocsf.json', 'prowler_ocsf', 3, 2, 0],
  ['prowler-v3.json', 'prowler_json', 1, 1, 0],
  ['scoutsuite-results.txt', 'scoutsuite', 2, 1, 0],
  ['securityhub-asff.json', 'asff', 4, 2, 0],
  ['securityhub-eventbridge-ocsf.json', 'securityhub_ocsf', 1, 1, 0],
  ['securityhub-history.json', 'securityhub_history', 1, 1, 0],
  ['securityhub-ocsf.json', 'securityhub_ocsf', 4, 2, 0],
  ['trusted-advisor-limits.json', 'trusted_advisor_result', 2, 2, 0],
];

/** Counted with jq and a reader of CSV; the one rejected document is printed without its content. */
const RECORDED: readonly Shape[] = [
  ['guardduty/awscli.guardduty.get-findings.1.json', 'guardduty', 1, 1, 0],
  ['guardduty/ec2-duty-event.json', 'guardduty', 1, 0, 0],
  ['guardduty/panther_guardduty_tests.jsonl', 'guardduty', 8, 4, 0],
  ['guardduty/test_account_guard_duty_filter.guardduty.GetDetector_1.json', 'guardduty_detector', 1, 0, 0],
  ['iam-access-analyzer/awscli.accessanalyzer.get-finding-v2.1.json', 'access_analyzer', 1, 1, 0],
  ['iam-access-analyzer/awscli.accessanalyzer.get-finding.1.json', 'access_analyzer', 1, 1, 0],
  [
    'iam-access-analyzer/test_access_analyzer_finding.access-analyzer.ListAnalyzers_1.json',
    'access_analyzer_list',
    0,
    0,
    0,
  ],
  [
    'iam-access-analyzer/test_access_analyzer_finding.access-analyzer.ListFindings_1.json',
    'access_analyzer',
    4,
    2,
    0,
  ],
  [
    'iam-access-analyzer/test_access_analyzer_finding_no_analyzer.access-analyzer.ListAnalyzers_1.json',
    'access_analyzer_list',
    0,
    0,
    0,
  ],
  ['iam-credential-report/awscli.iam.get-credential-report.1.json', 'iam_credential_report_json', 0, 0, 1],
  ['iam-credential-report/test_account_credential_report.csv', 'iam_credential_report', 35, 10, 0],
  ['iam-credential-report/test_iam_user_console_old.csv', 'iam_credential_report', 35, 10, 0],
  ['iam-credential-report/test_iam_user_unused_keys.csv', 'iam_credential_report', 16, 14, 0],
  ['kms/awscli.kms.describe-key.1.json', 'kms_key', 1, 1, 0],
  ['kms/awscli.kms.describe-key.2.json', 'kms_key', 1, 0, 0],
  ['kms/awscli.kms.describe-key.3.json', 'kms_key', 1, 0, 0],
  ['kms/awscli.kms.get-key-rotation-status.1.json', 'kms_rotation', 1, 0, 0],
  ['kms/test_key_rotation_set.kms.GetKeyRotationStatus_1.json', 'kms_rotation', 1, 1, 0],
  ['kms/test_kms_key_related_cache_lookup.kms.DescribeKey_1.json', 'kms_key', 1, 0, 0],
  ['kms/test_kms_key_related_cache_lookup.kms.DescribeKey_2.json', 'kms_key', 1, 0, 0],
  ['prowler/asff/prowler-output.asff.json', 'asff', 731, 286, 0],
  ['prowler/asff/prowler_sample.json', 'asff', 10, 10, 0],
  ['prowler/v2-legacy/many_vuln.csv', 'prowler_v2_csv', 4, 4, 0],
  ['prowler/v2-legacy/many_vuln.json', 'prowler_v2_json', 6, 4, 0],
  ['prowler/v2-legacy/many_vuln2.csv', 'prowler_v2_csv', 214, 42, 0],
  ['prowler/v3-v4/many_vuln.ocsf.json', 'prowler_ocsf', 3, 3, 0],
  ['prowler/v3-v4/many_vuln_after_4_5_0.ocsf.json', 'prowler_ocsf', 3, 3, 0],
  ['prowler/v3-v4/one_vuln.json', 'prowler_json', 1, 1, 0],
  ['prowler/v3-v4/one_vuln.ocsf.json', 'prowler_ocsf', 1, 1, 0],
  ['prowler/v5/example_output_aws.csv', 'prowler_csv', 4, 2, 0],
  ['prowler/v5/example_output_aws.ocsf.json', 'prowler_ocsf', 5, 2, 0],
  ['prowler/v5/example_output_azure.csv', 'prowler_csv', 4, 1, 0],
  ['prowler/v5/example_output_azure.ocsf.json', 'prowler_ocsf', 5, 5, 0],
  ['prowler/v5/example_output_kubernetes.csv', 'prowler_csv', 4, 3, 0],
  ['prowler/v5/example_output_kubernetes.ocsf.json', 'prowler_ocsf', 6, 5, 0],
  ['scoutsuite/defectdojo_no_vuln.js', 'scoutsuite', 0, 0, 0],
  ['scoutsuite/defectdojo_two_findings.js', 'scoutsuite', 7, 4, 0],
  ['scoutsuite/scoutsuite_sample.js', 'scoutsuite', 16, 16, 0],
  ['securityhub-asff/asff_sample.json', 'asff', 18, 17, 0],
  ['securityhub-asff/asr/afsbp-cloudtrail.1.json', 'asff', 1, 1, 0],
  ['securityhub-asff/asr/afsbp-cloudtrail.5.json', 'asff', 1, 1, 0],
  ['securityhub-asff/asr/afsbp-config.1.json', 'asff', 1, 1, 0],
  ['securityhub-asff/asr/afsbp-ec2.2.json', 'asff', 1, 1, 0],
  ['securityhub-asff/asr/afsbp-lambda.1.json', 'asff', 1, 1, 0],
  ['securityhub-asff/asr/afsbp-s3.2.json', 'asff', 1, 0, 0],
  ['securityhub-asff/asr/cis-31.json', 'asff', 1, 1, 0],
  ['securityhub-asff/awscli.securityhub.get-finding-history.1.json', 'securityhub_history', 0, 0, 0],
  ['securityhub-asff/awscli.securityhub.get-findings.1.json', 'asff', 1, 0, 0],
  ['securityhub-asff/defectdojo_config_many_findings.json', 'asff', 3, 0, 0],
  ['securityhub-asff/defectdojo_config_one_finding_active.json', 'asff', 1, 1, 0],
  ['securityhub-asff/defectdojo_guardduty.json', 'asff', 4, 4, 0],
  ['securityhub-asff/defectdojo_many_vulns.json', 'asff', 5, 5, 0],
  ['securityhub-asff/defectdojo_one_vuln.json', 'asff', 1, 1, 0],
  ['securityhub-asff/event-securityhub-iamkey-finding-action.json', 'securityhub_eventbridge', 1, 1, 0],
  ['securityhub-asff/panther_securityfinding_tests.jsonl', 'asff', 10, 10, 0],
  ['securityhub-asff/test_ecr_image_modify_policy.securityhub.GetFindings_1.json', 'asff', 20, 0, 0],
  ['securityhub-asff/test_larger_batch.securityhub.GetFindings_1.json', 'asff', 2, 2, 0],
  ['securityhub-asff/test_security_hub_mode_action_insight.securityhub.GetFindings_1.json', 'asff', 5, 5, 0],
  ['securityhub-asff/test_security_hub_rds.securityhub.GetFindings_1.json', 'asff', 1, 1, 0],
  [
    'trusted-advisor/awscli.support.describe-trusted-advisor-check-summaries.1.json',
    'trusted_advisor_summaries',
    2,
    0,
    0,
  ],
  [
    'trusted-advisor/awscli.support.describe-trusted-advisor-checks.1.json',
    'trusted_advisor_checks',
    0,
    0,
    0,
  ],
  [
    'trusted-advisor/awscli.trustedadvisor.get-recommendation.1.json',
    'trusted_advisor_recommendations',
    1,
    1,
    0,
  ],
  [
    'trusted-advisor/awscli.trustedadvisor.list-recommendation-resources.1.json',
    'trusted_advisor_resources',
    3,
    3,
    0,
  ],
  [
    'trusted-advisor/awscli.trustedadvisor.list-recommendations.1.json',
    'trusted_advisor_recommendations',
    2,
    2,
    0,
  ],
  [
    'trusted-advisor/awscli.trustedadvisor.list-recommendations.3.json',
    'trusted_advisor_recommendations',
    1,
    1,
    0,
  ],
  [
    'trusted-advisor/test_account_raise_service_limit.support.DescribeTrustedAdvisorCheckResult_1.json',
    'trusted_advisor_result',
    16,
    0,
    0,
  ],
  [
    'trusted-advisor/test_account_service_limit.support.DescribeTrustedAdvisorCheckResult_1.json',
    'trusted_advisor_result',
    2,
    0,
    0,
  ],
  [
    'trusted-advisor/test_account_service_limit.support.DescribeTrustedAdvisorChecks_1.json',
    'trusted_advisor_checks',
    0,
    0,
    0,
  ],
  [
    'trusted-advisor/test_ebs_fault_tolerant.support.DescribeTrustedAdvisorCheckResult_1.json',
    'trusted_advisor_result',
    4,
    4,
    0,
  ],
];

function shapes(): readonly Shape[] {
  const at = (folder: string, items: readonly Shape[]): readonly Shape[] =>
    items.map(([file, ...rest]) => [path.join(folder, file), ...rest]);
  const folder = recordings();
  return [...at(FINDINGS, OWN), ...(folder === null ? [] : at(path.join(folder, 'evidence'), RECORDED))];
}

test.each(shapes())('%s is read as %s', async (file, as, count, failing, rejected) => {
  const { report, findings, records } = await readAll(file);
  expect([report.recognisedAs, report.findings, report.failing, report.rejected]).toEqual([
    as,
    count,
    failing,
    rejected,
  ]);
  expect([findings.length, records.length]).toEqual([count, 0]);
  for (const finding of findings) expect(StateFinding.safeParse(finding).error).toBeUndefined();
});

const own = (name: string): Promise<Awaited<ReturnType<typeof readAll>>> =>
  readAll(path.join(FINDINGS, name));

test('what began or ended at a moment is dated, what was only looked at is not', async () => {
  const { findings } = await own('access-analyzer-v2.json');
  expect(findings.map(({ id, status, since, pattern }) => [id, status, since, pattern])).toEqual([
    ['aa-1', 'failing', '2026-03-04T09:24:10.000Z', 'external_access'],
    ['aa-2', 'failing', null, 'unused_access'],
    ['aa-3', 'passing', '2026-03-04T09:28:00.000Z', 'external_access'],
    ['aa-4', 'unknown', null, 'external_access'],
  ]);
  const asff = await own('securityhub-asff.json');
  expect(asff.findings.map(({ since }) => since)).toEqual([null, null, null, null]);
  const history = await own('securityhub-history.json');
  expect(history.findings[0]).toMatchObject({ id: asff.findings[0]?.id, since: '2026-03-04T09:16:05.000Z' });
  const threats = (await own('guardduty-export.jsonl')).findings;
  expect(threats.map(({ since, pattern, status }) => [since, pattern, status])).toEqual([
    ['2026-03-04T09:05:00.000Z', 'logging_off', 'failing'],
    ['2026-03-04T09:05:00.000Z', 'threat_detected', 'unknown'],
  ]);
  const ocsf = (await own('securityhub-ocsf.json')).findings;
  expect(ocsf.map(({ since, status }) => [since, status])).toEqual([
    [null, 'failing'],
    [null, 'passing'],
    [null, 'unknown'],
    ['2026-03-04T09:23:00.000Z', 'failing'],
  ]);
});

test('a key whose imported material expired is dated by that; one that waits for deletion is not', async () => {
  const { findings, report } = await own('kms-keys.json');
  expect(findings.map(({ title, since, seenAt }) => [title, since, seenAt])).toEqual([
    ['A key waits for its deletion', null, null],
    ['A key has no key material', '2026-03-04T09:29:00.000Z', null],
  ]);
  expect(report).toMatchObject({
    scanned: null,
    accounts: ['111122223333'],
    regions: ['eu-west-1'],
    window: null,
  });
});

test('the credential report says the same as CSV and within JSON, and when it was made only in JSON', async () => {
  const [csv, json] = [await own('iam-credential-report.csv'), await own('iam-credential-report.json')];
  expect(json.report.scanned?.to).toBe('2026-03-04T08:00:00.000Z');
  expect(csv.report.scanned?.to).toBe('2026-03-04T07:00:00.000Z');
  expect(csv.report.notes.join(' ')).toContain('does not say when it was made');
  expect(
    json.findings.filter(({ status }) => status === 'failing').map(({ pattern, title }) => [pattern, title]),
  ).toEqual([
    ['root_without_mfa', 'The root user has no MFA'],
    ['admin_role', 'The root user has an access key'],
    ['unrotated_key', 'An access key is older than 90 days'],
    ['unused_access', 'An access key has not been used for 90 days'],
    ['disabled_key', 'A key that was used lately is switched off'],
    ['user_without_mfa', 'A user with a password has no MFA'],
  ]);
  expect(csv.findings.map(({ id }) => id)).toEqual(json.findings.map(({ id }) => id));
});

test('an array that was never closed is read to its end, and said to be cut off', async () => {
  const { findings, report } = await own('prowler-unclosed.ocsf.json');
  expect(findings.map(({ seenAt, detail }) => [seenAt, detail.split(';')[0]])).toEqual([
    // `time` is in seconds; `time_dt` beside it is the scanner's local time.
    ['2026-03-04T06:00:00.000Z', 'Bucket orders-archive is open to everyone.'],
    ['2026-03-04T06:00:00.000Z', 'muted in Prowler'],
    ['2026-03-04T06:00:00.000Z', 'MFA is enabled for root account.'],
  ]);
  expect(report.notes.join(' ')).toContain('cut off');
});

test('limits say how much is used, and what the team left out', async () => {
  const { findings } = await own('trusted-advisor-limits.json');
  expect(findings.map(({ pattern, detail, region }) => [pattern, detail, region])).toEqual([
    ['over_quota', '5 of 5 used', 'eu-west-1'],
    ['near_quota', 'left out by the team; 4 of 5 used', 'us-east-1'],
  ]);
});

test('a check of Trusted Advisor is called by its name, although the file holds its id alone', async () => {
  const summary = (checkId: string): object => ({
    checkId,
    timestamp: '2026-03-04T04:00:00Z',
    status: 'error',
    resourcesSummary: { resourcesProcessed: 3, resourcesFlagged: 1 },
  });
  const file = { summaries: ['H7IgTzjTYb', '0123456789', 'XG0aXHpIEt', 'constructor'].map(summary) };
  const { findings } = await readBytesAsFile(JSON.stringify(file));
  expect(findings.map(({ title, control }) => [title, control])).toEqual([
    ['Amazon EBS Snapshots', 'H7IgTzjTYb'],
    ['Trusted Advisor check 0123456789', '0123456789'],
    ['Quota RDS DB Instances', 'XG0aXHpIEt'],
    ['Trusted Advisor check constructor', 'constructor'],
  ]);
});

test('a moment within a detail is told to the second', () => {
  const said = { id: 'x', source: 'guardduty', product: 'GuardDuty', status: 'failing', title: 'x' } as const;
  const detail = 'last changed 2026-03-04T09:05:00.123Z, 10.0.0.123 since 2026-03-04T09:05:00.123456+00:00';
  expect(findingOf({ ...said, detail }).detail).toBe(
    'last changed 2026-03-04T09:05:00Z, 10.0.0.123 since 2026-03-04T09:05:00+00:00',
  );
});

test('a report of ScoutSuite names the resource behind a path, and its time keeps its zone', async () => {
  const { findings } = await own('scoutsuite-results.txt');
  expect(findings.map(({ resource, region, seenAt, status }) => [resource, region, seenAt, status])).toEqual([
    [
      'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1',
      'eu-west-1',
      '2026-03-04T07:00:00.000Z',
      'failing',
    ],
    ['', '', '2026-03-04T07:00:00.000Z', 'passing'],
  ]);
});

test('a report that can only be read whole is refused beyond the limit, cut off it is said to be', async () => {
  const bytes = await readFile(path.join(FINDINGS, 'scoutsuite-results.txt'));
  const large = await readBytesAsFile(bytes, { documentBytes: 100 });
  expect([large.report.rejected, large.report.rejects[0]?.reason]).toEqual([
    1,
    'larger than 100 bytes, and it can only be read as a whole',
  ]);
  const cut = await readBytesAsFile(bytes.subarray(0, bytes.length - 200));
  expect([cut.report.rejected, cut.report.notes.join(' ')]).toEqual([1, expect.stringContaining('cut off')]);
});

test('a page of exactly a hundred, or a token for the next, is said to be perhaps not all', async () => {
  expect((await own('securityhub-ocsf.json')).report.notes.join(' ')).toContain('next page');
  expect((await own('access-analyzer-v2.json')).report.notes.join(' ')).toContain('next page');
  const one = JSON.parse(await readFile(path.join(FINDINGS, 'securityhub-asff.json'), 'utf8')) as {
    Findings: object[];
  };
  const page = JSON.stringify({
    Findings: Array.from({ length: 100 }, (_, at) => ({ ...one.Findings[0], Id: `f-${at}` })),
  });
  expect((await readBytesAsFile(page)).report.notes.join(' ')).toContain('Exactly 100 findings');
});

test('findings compressed are read like plain ones', async () => {
  const { gzipSync } = await import('node:zlib');
  await inFolder(async (folder) => {
    const { writeFile } = await import('node:fs/promises');
    const file = path.join(folder, 'x.gz');
    await writeFile(file, gzipSync(await readFile(path.join(FINDINGS, 'guardduty-export.jsonl'))));
    expect((await readAll(file)).report).toMatchObject({ recognisedAs: 'guardduty', findings: 2 });
  });
});

test('a list of ids or keys is known, and says what to save in its place', async () => {
  const ids = await readBytesAsFile('{"FindingIds": ["a", "b"]}');
  expect([ids.report.recognisedAs, ids.report.notes.join(' ')]).toEqual([
    'guardduty_ids',
    expect.stringContaining('get-findings'),
  ]);
  const keys = await readBytesAsFile('{"Keys": [{"KeyId": "k", "KeyArn": "arn:aws:kms:eu-west-1:1:key/k"}]}');
  expect([keys.report.recognisedAs, keys.report.notes.join(' ')]).toEqual([
    'kms_list',
    expect.stringContaining('describe-key'),
  ]);
});

test('a report of ScoutSuite says what the scan was told to leave out', async () => {
  const run = {
    time: '2026-03-04 08:00:00+0100',
    run_parameters: { regions: [], skipped_services: ['s3', 'kms'] },
  };
  const { report } = await readBytesAsFile(
    `scoutsuite_results =\n${JSON.stringify({ last_run: run, services: {}, provider_code: 'aws' })}`,
  );
  expect(report.notes).toContain('The scan left out these services: s3, kms.');
  expect(report.notes.join(' ')).not.toContain('these regions');
});
