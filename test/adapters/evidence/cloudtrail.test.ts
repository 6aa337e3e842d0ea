import { describe, expect, test } from 'vitest';
import type { EvidenceAdapter } from '../../../main/adapters/evidence/adapter.ts';
import { cloudTrail } from '../../../main/adapters/evidence/cloudtrail.ts';
import type { Json } from '../../../main/adapters/evidence/json.ts';
import { LogRecord } from '../../../main/core/evidence/model.ts';

const read: EvidenceAdapter['read'] = (value) => cloudTrail.read(value, () => 'sha256:content');

/** A sound event with the given fields instead of its own. */
function event(fields: Record<string, Json>): Json {
  return {
    eventVersion: '1.09',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/bob', accountId: '111122223333' },
    eventTime: '2026-03-04T09:12:05Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'StopInstances',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.15.0',
    requestParameters: { instancesSet: { items: [{ instanceId: 'i-0aaaa1111bbbb2222' }] } },
    eventID: '0a000000-0000-4000-8000-000000000001',
    readOnly: false,
    recipientAccountId: '111122223333',
    ...fields,
  };
}

function recordOf(fields: Record<string, Json>): LogRecord {
  return LogRecord.parse(read(event(fields), () => 'sha256:content'));
}

function risk(eventName: string, requestParameters: Json): { flags: string[]; detail: string } {
  const { flags, detail } = recordOf({ eventName, requestParameters });
  return { flags, detail };
}

describe('an event of CloudTrail', () => {
  test('is read into the common shape', () => {
    expect(read(event({}), () => '')).toEqual({
      id: '0a000000-0000-4000-8000-000000000001',
      at: '2026-03-04T09:12:05.000Z',
      source: 'ec2.amazonaws.com',
      name: 'StopInstances',
      region: 'eu-west-1',
      account: '111122223333',
      principal: 'arn:aws:iam::111122223333:user/bob',
      actor: 'person',
      sourceIp: '198.51.100.7',
      userAgent: 'aws-cli/2.15.0',
      readOnly: false,
      errorCode: null,
      errorMessage: null,
      resources: ['i-0aaaa1111bbbb2222'],
      flags: [],
      detail: '',
    });
  });

  test.each([
    ['UpdateFunctionCode20150331v2', 'UpdateFunctionCode'],
    ['CreateFunction20150331', 'CreateFunction'],
    ['UpdateDistribution2020_05_31', 'UpdateDistribution'],
    ['RunInstances', 'RunInstances'],
    ['PutItem2', 'PutItem2'],
  ])('named %s is called %s', (eventName, name) => {
    expect(recordOf({ eventName }).name).toBe(name);
  });

  test.each<[string | null, string | null, string[]]>([
    ['Client.UnauthorizedOperation', 'UnauthorizedOperation', ['client_fault']],
    ['Server.InternalError', 'InternalError', ['server_fault']],
    ['AccessDenied', 'AccessDenied', []],
    [null, null, []],
  ])('with the error %s has the code %s and keeps the side that was claimed', (errorCode, code, flags) => {
    const record = recordOf({ errorCode });
    expect([record.errorCode, record.flags]).toEqual([code, flags]);
  });

  test('that failed to sign in counts as failed although it has no error code', () => {
    const record = recordOf({
      eventName: 'ConsoleLogin',
      errorMessage: 'Failed authentication',
      responseElements: { ConsoleLogin: 'Failure' },
    });
    expect([record.errorCode, record.errorMessage]).toEqual(['ConsoleLoginFailure', 'Failed authentication']);
  });

  const role = 'arn:aws:iam::111122223333:role/orders-api';
  const session = (name: string, issuer: string | null): Json => ({
    type: 'AssumedRole',
    arn: `arn:aws:sts::111122223333:assumed-role/orders-api/${name}`,
    ...(issuer === null ? {} : { sessionContext: { sessionIssuer: { type: 'Role', arn: issuer } } }),
  });
  const sso =
    'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef';
  test.each<[string, Json, string, string, string]>([
    ['a role by its issuer', session('i-0aaa', role), role, 'role', ''],
    ['a role without an issuer', session('i-0aaa', null), role, 'role', ''],
    [
      'a person through Identity Center',
      session('alice@example.com', sso),
      sso,
      'person',
      'session alice@example.com',
    ],
    ['a service', { type: 'AWSService', invokedBy: 'kms.amazonaws.com' }, 'kms.amazonaws.com', 'service', ''],
    ['an event without a type', { invokedBy: 'ec2.amazonaws.com' }, 'ec2.amazonaws.com', 'service', ''],
    [
      'another account',
      { type: 'AWSAccount', principalId: 'AIDA', accountId: '444455556666' },
      'AIDA',
      'unknown',
      '',
    ],
    ['nobody', null, '', 'unknown', ''],
  ])('names who acted: %s', (_case, userIdentity, principal, actor, detail) => {
    const record = recordOf({ userIdentity });
    expect([record.principal, record.actor, record.detail]).toEqual([principal, actor, detail]);
  });

  test.each([
    ['2026-03-04T09:12:05Z', '2026-03-04T09:12:05.000Z'],
    ['2026-03-04T10:12:05.250+01:00', '2026-03-04T09:12:05.250Z'],
    // CloudTrail defines the field as UTC; stores that keep events elsewhere drop the zone.
    ['2026-03-04 09:12:05.000000000', '2026-03-04T09:12:05.000Z'],
  ])('of %s happened at %s', (eventTime, at) => {
    expect(recordOf({ eventTime }).at).toBe(at);
  });

  test('by the root user says so', () => {
    const record = recordOf({ userIdentity: { type: 'Root', arn: 'arn:aws:iam::111122223333:root' } });
    expect([record.actor, record.flags]).toEqual(['person', ['root_user']]);
  });

  test('without an id that can be trusted gets one from its bytes', () => {
    expect(recordOf({ eventID: '1' }).id).toBe('sha256:content');
  });

  test('names the resource of a denial from its message', () => {
    const record = recordOf({
      requestParameters: null,
      errorCode: 'AccessDenied',
      errorMessage:
        'User: x is not authorized to perform: s3:ListBucket on resource: arn:aws:s3:::archive because no policy allows it',
    });
    expect(record.resources).toEqual(['arn:aws:s3:::archive']);
  });

  test('with fields of any length stays small', () => {
    const long = 'x'.repeat(1_000_000);
    const record = recordOf({
      userAgent: long,
      errorMessage: long,
      errorCode: long,
      awsRegion: long,
      eventSource: long,
      requestParameters: { bucketName: long, groupId: long },
      userIdentity: { type: 'IAMUser', arn: long },
    });
    expect(JSON.stringify(record).length).toBeLessThan(5_000);
  });

  test.each<[string, Json, string]>([
    ['no time', event({ eventTime: null }), 'eventTime is missing or is not a time in ISO 8601'],
    [
      'an impossible time',
      event({ eventTime: '2026-13-41T09:12:05Z' }),
      'eventTime is missing or is not a time in ISO 8601',
    ],
    ['no source', event({ eventSource: null }), 'no eventName or eventSource of CloudTrail'],
    [
      'the source of another kind of log',
      event({ eventSource: 'aws:s3' }),
      'no eventName or eventSource of CloudTrail',
    ],
    ['a number', 42, 'not an object'],
    ['a message that is not JSON', { CloudTrailEvent: '{' }, 'the event text in it is not JSON'],
  ])('is rejected with %s', (_case, value, reason) => {
    expect(read(value, () => '')).toEqual({ notTaken: 'rejected', reason });
  });

  test('of CloudTrail Insights is left out knowingly', () => {
    expect(read(event({ eventCategory: 'Insight' }), () => '')).toEqual({
      notTaken: 'skipped',
      reason: 'Insights events',
    });
  });

  test('with __proto__ and constructor among its keys changes nothing but itself', () => {
    const value = JSON.parse(
      '{"__proto__":{"eventName":"Forged","polluted":true},"constructor":{"prototype":{"polluted":true}},"eventName":"A","eventSource":"b","eventTime":"2026-03-04T09:12:05Z","userIdentity":{"__proto__":{"arn":"forged"}}}',
    ) as Json;
    expect(read(value, () => '')).toMatchObject({ name: 'A', principal: '' });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('what makes a change risky', () => {
  const group = { groupId: 'sg-1' };
  const rule = (from: number, to: number, cidr: object): Json => ({
    ...group,
    ipPermissions: { items: [{ ipProtocol: 'tcp', fromPort: from, toPort: to, ...cidr }] },
  });
  const allow = (statement: Record<string, Json>): Json => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...statement }],
  });
  test.each<[string, string, Json, string[], string]>([
    [
      'a port opened to the world',
      'AuthorizeSecurityGroupIngress',
      rule(443, 443, { ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }),
      ['open_to_world'],
      'opens port 443 tcp to 0.0.0.0/0',
    ],
    [
      'a range with SSH in it over IPv6',
      'AuthorizeSecurityGroupIngress',
      rule(20, 30, { ipv6Ranges: { items: [{ cidrIpv6: '::/0' }] } }),
      ['open_to_world', 'sensitive_port'],
      'opens ports 20-30 tcp to ::/0',
    ],
    [
      'the old flat form',
      'AuthorizeSecurityGroupIngress',
      { ...group, ipPermissions: {}, ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIp: '0.0.0.0/0' },
      ['open_to_world', 'sensitive_port'],
      'opens port 22 tcp to 0.0.0.0/0',
    ],
    [
      'a port opened to an own network',
      'AuthorizeSecurityGroupIngress',
      rule(22, 22, { ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }] } }),
      [],
      '',
    ],
    [
      'a way out to the world, as groups have by default',
      'AuthorizeSecurityGroupEgress',
      rule(443, 443, { ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }),
      [],
      '',
    ],
    [
      'a public bucket policy',
      'PutBucketPolicy',
      { bucketPolicy: allow({ Principal: '*' }) },
      ['public_principal'],
      'allows every principal',
    ],
    [
      'the same as text',
      'PutBucketPolicy',
      { bucketPolicy: JSON.stringify(allow({ Principal: { AWS: ['*'] } })) },
      ['public_principal'],
      'allows every principal',
    ],
    [
      'the same with a condition',
      'PutBucketPolicy',
      {
        bucketPolicy: allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
      },
      ['public_principal'],
      'allows every principal that meets its condition',
    ],
    [
      'a policy for another account',
      'PutBucketPolicy',
      { bucketPolicy: allow({ Principal: { AWS: 'arn:aws:iam::444455556666:root' } }) },
      ['other_account'],
      'allows account 444455556666',
    ],
    [
      'a policy for the own account',
      'PutBucketPolicy',
      { bucketPolicy: allow({ Principal: { AWS: '111122223333' } }) },
      [],
      '',
    ],
    [
      'a policy for a service',
      'PutBucketPolicy',
      { bucketPolicy: allow({ Principal: { Service: 'cloudtrail.amazonaws.com' } }) },
      [],
      '',
    ],
    [
      'a Deny',
      'PutBucketPolicy',
      { bucketPolicy: { Statement: { Effect: 'Deny', Principal: '*' } } },
      ['explicit_deny'],
      'holds a Deny statement',
    ],
    ['a policy that is no JSON', 'PutBucketPolicy', { bucketPolicy: 'invalid' }, [], ''],
    [
      'a URL-encoded administrator policy',
      'PutRolePolicy',
      {
        policyDocument: encodeURIComponent('{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'),
      },
      ['admin_granted'],
      'allows every action on every resource',
    ],
    [
      'a snapshot shared with all',
      'ModifySnapshotAttribute',
      { createVolumePermission: { add: { items: [{ group: 'all' }] } } },
      ['shared_with_all'],
      'shared with every account',
    ],
    [
      'an image shared with an account',
      'ModifyImageAttribute',
      { launchPermission: { add: { items: [{ userId: '444455556666' }] } } },
      ['other_account'],
      'shared with account 444455556666',
    ],
    [
      'an image no longer shared',
      'ModifyImageAttribute',
      { launchPermission: { remove: { items: [{ group: 'all' }] } } },
      [],
      '',
    ],
    [
      'a database snapshot shared with all',
      'ModifyDBSnapshotAttribute',
      { valuesToAdd: ['all'] },
      ['shared_with_all'],
      'shared with every account',
    ],
    ['the trail stopped', 'StopLogging', { name: 'trail' }, ['logging_off'], ''],
    [
      'the trail narrowed',
      'PutEventSelectors',
      { eventSelectors: [{ readWriteType: 'ReadOnly', includeManagementEvents: true }] },
      ['logging_off'],
      'records fewer events than all management events',
    ],
    [
      'the trail whole',
      'PutEventSelectors',
      { eventSelectors: [{ readWriteType: 'All', includeManagementEvents: true }] },
      [],
      '',
    ],
    ['a key disabled', 'DisableKey', { keyId: 'k' }, ['key_disabled'], ''],
    [
      'administrator rights',
      'AttachUserPolicy',
      { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      ['admin_granted'],
      'AdministratorAccess',
    ],
    [
      'a function open to all',
      'AddPermission',
      { principal: '*' },
      ['public_principal'],
      'lets every principal call it',
    ],
    [
      'a function without capacity',
      'PutFunctionConcurrency',
      { reservedConcurrentExecutions: 0 },
      ['capacity_to_zero'],
      '',
    ],
    [
      'a block on public access off',
      'PutBucketPublicAccessBlock',
      { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false } },
      ['public_access_block_off'],
      'off: BlockPublicPolicy',
    ],
    [
      'a parameter that waits for a reboot',
      'ModifyDBParameterGroup',
      { parameters: [{ applyMethod: 'pending-reboot' }] },
      ['delayed_effect'],
      'takes effect at the next reboot',
    ],
    [
      'a name that resolves otherwise',
      'ChangeResourceRecordSets',
      {
        changeBatch: {
          changes: [
            { action: 'UPSERT', resourceRecordSet: { name: 'orders.example.com.', type: 'CNAME', tTL: 300 } },
          ],
        },
      },
      ['dns_ttl_300'],
      'upsert orders.example.com. CNAME',
    ],
  ])('%s', (_case, eventName, parameters, flags, detail) => {
    expect(risk(eventName, parameters)).toEqual({ flags, detail });
  });
});
