import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import patterns from '../../../resources/evidence/patterns.json' with { type: 'json' };
import { classify, parsePatternTable } from '../../../main/core/evidence/pattern-table.ts';
import { aFinding } from '../../support/findings.ts';
import { recordings } from '../../support/recordings.ts';
import { TABLES } from './evidence.ts';

/** Checks of the scanners by id and title, and the pattern a responder would put them under. */
const CHECKS: readonly (readonly [control: string, title: string, pattern: string])[] = [
  [
    's3_bucket_public_access',
    'Ensure there are no S3 buckets open to Everyone or Any AWS user.',
    'public_storage',
  ],
  ['S3.2', 'S3 general purpose buckets should block public read access', 'public_storage'],
  ['ec2_ebs_public_snapshot', 'Ensure there are no EBS Snapshots set as Public.', 'public_storage'],
  [
    'cloudtrail_logs_s3_bucket_is_not_publicly_accessible',
    'Ensure the S3 bucket CloudTrail logs is not publicly accessible',
    'public_storage',
  ],
  ['cloudstorage-bucket-allUsers', 'Bucket Accessible by "allUsers"', 'public_storage'],
  ['EC2.13', 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22', 'open_port'],
  [
    'ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22',
    'Ensure no security groups allow ingress from 0.0.0.0/0 or ::/0 to SSH port 22.',
    'open_port',
  ],
  ['ec2-security-group-opens-SSH-port-to-all', 'Security Group Opens SSH Port to All', 'open_port'],
  [
    'network_rdp_internet_access_restricted',
    'Ensure that RDP access from the Internet is evaluated and restricted',
    'open_port',
  ],
  ['IAM.9', 'MFA should be enabled for the root user', 'root_without_mfa'],
  ['check114', 'Ensure hardware MFA is enabled for the root account', 'root_without_mfa'],
  ['IAM.5', 'MFA should be enabled for all IAM users that have a console password', 'user_without_mfa'],
  [
    'check12',
    'Ensure multi-factor authentication (MFA) is enabled for all IAM users that have a console password',
    'user_without_mfa',
  ],
  ['IAM.1', 'IAM policies should not allow full "*" administrative privileges', 'admin_role'],
  [
    'iam_role_administratoraccess_policy',
    'Ensure IAM Roles do not have AdministratorAccess policy attached',
    'admin_role',
  ],
  ['iam_no_root_access_key', 'Ensure no root account access key exists', 'admin_role'],
  ['KMS.4', 'AWS KMS key rotation should be enabled', 'unrotated_key'],
  ['iam-user-no-Active-key-rotation', 'Lack of Key Rotation (Active)', 'unrotated_key'],
  ['KMS.3', 'AWS KMS keys should not be deleted unintentionally', 'disabled_key'],
  [
    'acm_certificates_expiration_check',
    'Check if ACM Certificates are about to expire in specific days or less',
    'expiring_certificate',
  ],
  [
    'ACM.1',
    'Imported and ACM-issued certificates should be renewed after a specified time period',
    'expiring_certificate',
  ],
  ['iam_user_accesskey_unused', 'Ensure User Access Keys unused are disabled', 'unused_access'],
  ['RDS.3', 'RDS DB instances should have encryption at-rest enabled', 'unencrypted_store'],
  [
    'cloudtrail-no-encryption-with-kms',
    'CloudTrail Logs Not Encrypted with KMS Customer Master Keys (CMKs)',
    'unencrypted_store',
  ],
  [
    'ssm_managed_compliant_patching',
    'Check if EC2 instances managed by Systems Manager are compliant with patching requirements.',
    'unpatched',
  ],
  ['Lambda.2', 'Lambda functions should use supported runtimes', 'unpatched'],
  [
    'CloudTrail.1',
    'CloudTrail should be enabled and configured with at least one multi-Region trail',
    'logging_off',
  ],
  [
    'Config.1',
    'AWS Config should be enabled and use the service-linked role for resource recording',
    'logging_off',
  ],
  ['vpc_flow_logs_enabled', 'Ensure VPC Flow Logging is Enabled in all VPCs.', 'logging_off'],
  [
    'cloudwatch_log_metric_filter_root_usage',
    'Ensure a log metric filter and alarm exist for usage of root account.',
    // The log is there without an alarm on it.
    'advice',
  ],
  ['Lambda.1', 'Lambda function policies should prohibit public access', 'external_access'],
  ['HCP4007jGY', 'Check HCP4007jGY', 'open_port'],
  ['vpc_limits', 'VPC quota', 'near_quota'],
  [
    'awslambda_function_no_secrets_in_variables',
    'Ensure there are no secrets in Lambda functions variables.',
    'exposed_secret',
  ],
  ['core_no_secrets_envs', 'Pod does not contain secret environment variables', 'exposed_secret'],
  [
    'elbv2_insecure_ssl_ciphers',
    'ELBv2 load balancer uses a secure SSL policy on HTTPS listeners',
    'plain_traffic',
  ],
  [
    'storage_secure_transfer_required_is_enabled',
    'Storage account has secure transfer required enabled',
    'plain_traffic',
  ],
  [
    'apigateway_restapi_authorizers_enabled',
    'API Gateway REST API has an authorizer at API level',
    'weak_sign_in',
  ],
  ['kubelet_disable_anonymous_auth', 'Kubelet anonymous authentication is disabled', 'weak_sign_in'],
  [
    'ec2_instance_imdsv2_enabled',
    'Check if EC2 Instance Metadata Service Version 2 (IMDSv2) is Enabled and Required.',
    'weak_isolation',
  ],
  ['core_minimize_privileged_containers', 'Pod does not contain a privileged container', 'weak_isolation'],
  ['ec2_instance_public_ip', 'EC2 instance does not have a public IP address', 'external_access'],
  [
    'rbac_minimize_wildcard_use_roles',
    'Role or ClusterRole does not use wildcard resources or verbs',
    'admin_role',
  ],
  [
    'defender_ensure_defender_for_storage_is_on',
    'Defender for Storage is set to On (Standard pricing tier)',
    'logging_off',
  ],
  ['autoscaling_group_multiple_az', 'Auto Scaling group uses multiple Availability Zones', 'advice'],
  ['core_cpu_limits_set', 'Pod containers have CPU limits set', 'advice'],
  ['elbv2_waf_acl_attached', 'Check if Application Load Balancer has a WAF ACL attached.', 'advice'],
  ['kms_cmk_rotation_enabled', 'Ensure rotation for customer created KMS CMKs is enabled.', 'unrotated_key'],
  [
    'kms_cmk_not_deleted_unintentionally',
    'KMS customer managed key is not scheduled for deletion',
    'disabled_key',
  ],
  ['RDS.1', 'RDS snapshot should be private', 'public_storage'],
  ['rds_instance_backup_enabled', 'RDS instance has backup retention period greater than 0 days', 'advice'],
  [
    'guardduty_no_high_severity_findings',
    'GuardDuty detector has no high severity findings',
    'threat_detected',
  ],
  [
    'keyvault_rbac_secret_expiration_set',
    'Secret in RBAC-enabled Key Vault has expiration date set',
    'unrotated_key',
  ],
  [
    'iam_no_expired_server_certificates_stored',
    'IAM server certificate is not expired',
    'expired_certificate',
  ],
  ['vm_linux_enforce_ssh_authentication', 'Linux VM has password authentication disabled', 'weak_sign_in'],
  ['ec2_securitygroup_default_restrict_traffic', 'VPC default security group has no rules', 'weak_isolation'],
  ['apiserver_audit_log_maxbackup_set', 'API server pod has --audit-log-maxbackup set', 'logging_off'],
  ['vpc_vpn_connection_tunnels_up', 'AWS Site-to-Site VPN connection has both tunnels up', 'other'],
];

test.each(CHECKS)('%s belongs to its pattern: %s', (control, title, pattern) => {
  const found = classify(aFinding({ control, title, pattern: 'other' }), TABLES.patterns);
  expect(found.pattern).toBe(pattern);
});

test('access logs of a bucket that are not kept are advice, and no hole in the logs of changes', () => {
  const check = aFinding({ control: 'BueAdJ7NrP', title: 'Amazon S3 Bucket Logging', pattern: 'other' });
  expect(classify(check, TABLES.patterns).pattern).toBe('advice');
  const keys = aFinding({ control: '12Fnkpl8Y5', title: 'Exposed Access Keys', pattern: 'other' });
  expect(classify(keys, TABLES.patterns).pattern).toBe('exposed_secret');
});

test('what a source says itself stands, and the owner comes from the pattern', () => {
  const own = aFinding({ control: 'IAM.9', title: 'MFA for root', pattern: 'advice' });
  expect(classify(own, TABLES.patterns)).toEqual({ pattern: 'advice', owner: 'customer' });
  const patch = aFinding({ pattern: 'unpatched' });
  expect(classify(patch, TABLES.patterns).owner).toBe('shared');
  expect(classify({ ...patch, owner: 'provider' }, TABLES.patterns).owner).toBe('provider');
});

test('a faulty table is refused with the place', () => {
  const broken = { ...patterns, rules: [{ pattern: 'no_such', words: [['x1']] }] };
  expect(parsePatternTable(broken)).toMatchObject({
    ok: false,
    error: { code: 'invalid_input', place: 'rules.0.pattern' },
  });
  const rest = Object.fromEntries(Object.entries(patterns.patterns).filter(([name]) => name !== 'alarm'));
  expect(parsePatternTable({ ...patterns, patterns: rest })).toMatchObject({ ok: false });
});

describe.runIf(recordings() !== null)('every check of Prowler for the four clouds that are known', () => {
  /** `provider,check_id,service,severity,resource_type,categories,title`; only titles hold commas. */
  function checks(): readonly { readonly control: string; readonly title: string }[] {
    const table = path.join(recordings() ?? '', 'evidence/prowler/prowler-checks.csv');
    return readFileSync(table, 'utf8')
      .trim()
      .split('\n')
      .filter((line) => /^(aws|azure|gcp|kubernetes),/.test(line))
      .map((line) => {
        const cells = line.split(',');
        return { control: cells[1] ?? '', title: cells.slice(6).join(',').replaceAll('"', '') };
      });
  }

  test('has a pattern but for a few', () => {
    const all = checks();
    const others = all.filter(
      (check) => classify(aFinding({ ...check, pattern: 'other' }), TABLES.patterns).pattern === 'other',
    );
    expect([all.length, others.length]).toEqual([1_038, 36]);
  });
});
