import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { differences, differenceWords } from '../../../main/adapters/evidence/document-diff.ts';
import type { Json } from '../../../main/adapters/evidence/json.ts';
import { FIXTURES, readAll, readBytesAsFile } from './reading.ts';

function told(was: Json, is: Json): readonly string[] {
  return differences(was, is).map(differenceWords);
}

describe('the difference between two states', () => {
  test.each<[string, Json, Json, readonly string[]]>([
    ['nothing', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
    ['another order of keys and items', { a: [1, 2], b: 1 }, { b: 1, a: [2, 1] }, []],
    ['a value', { engine: { version: '13' } }, { engine: { version: '14' } }, ['engine.version: 13 to 14']],
    ['a value that is new', {}, { kmsKeyId: 'k' }, ['kmsKeyId: gained k']],
    ['one item of a list twice', { a: [1, 1] }, { a: [1] }, ['a: lost 1']],
    [
      'a field of a named item',
      { containers: [{ name: 'web', image: 'web:1', cpu: 1 }] },
      { containers: [{ name: 'web', image: 'web:2', cpu: 1 }] },
      ['containers.web.image: web:1 to web:2'],
    ],
    [
      'a network rule',
      { ipPermissions: [{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, ipRanges: ['10.0.0.0/8'] }] },
      {
        ipPermissions: [
          { ipProtocol: '-1', fromPort: null, toPort: null, ipv4Ranges: [{ cidrIp: '0.0.0.0/0' }] },
        ],
      },
      ['ipPermissions: lost tcp 443 from 10.0.0.0/8', 'ipPermissions: gained all protocols from 0.0.0.0/0'],
    ],
  ])('%s', (_case, was, is, words) => {
    expect(told(was, is)).toEqual(words);
  });

  test('is bounded, however much differs', () => {
    const many = (from: number): Json =>
      Object.fromEntries(Array.from({ length: 500 }, (_x, i) => [`k${i}`, i + from]));
    expect(told(many(0), many(1)).length).toBe(40);
  });
});

test('the history as the CLI prints it, newest first, gives each change with what changed', async () => {
  const { records, report } = await readAll(path.join(FIXTURES, 'config-history.json'));
  expect(records[0]).toEqual({
    id: 'config:AWS::EC2::SecurityGroup:sg-0aaa:1772616100120',
    at: '2026-03-04T09:21:40.120Z',
    source: 'ec2.amazonaws.com',
    name: 'AWS::EC2::SecurityGroup changed',
    region: 'eu-west-1',
    account: '111122223333',
    principal: '',
    actor: 'unknown',
    sourceIp: '',
    userAgent: '',
    readOnly: false,
    errorCode: null,
    errorMessage: null,
    resources: ['arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0aaa', 'sg-0aaa', 'orders-db'],
    flags: ['from_aws_config', 'open_to_world', 'sensitive_port'],
    detail:
      'opens port 22 tcp to 0.0.0.0/0; ipPermissions: lost tcp 5432 from sg-0bbb; ipPermissions: gained tcp 22 from 0.0.0.0/0',
  });
  expect(records.slice(1).map(({ at, name, detail }) => [at, name, detail])).toEqual([
    ['2026-03-01T08:00:00.000Z', 'AWS::EC2::SecurityGroup tags changed', 'tags.team: gained orders'],
  ]);
  expect(report.notes).toEqual([
    'Left out knowingly (1): items of AWS Config that the others are held against.',
    'AWS Config writes a change down minutes after it was made. Who made it is in CloudTrail.',
    'There were more items than were saved.',
  ]);
});

test('a delivered file, oldest first, with objects and a policy within', async () => {
  const { records, report } = await readAll(path.join(FIXTURES, 'config-history-delivered.json'));
  const told = records.map(({ at, name, flags, detail }) => [at.slice(0, 10), name, flags.slice(1), detail]);
  expect(told).toEqual([
    [
      '2026-03-04',
      'AWS::S3::Bucket changed',
      ['explicit_deny'],
      'BucketPolicy.policyText.Statement.orders.Effect: Allow to Deny',
    ],
    ['2026-03-03', 'AWS::S3::Bucket changed', [], 'the state before it is not in this file'],
    ['2026-03-04', 'AWS::EC2::NatGateway deleted', [], ''],
  ]);
  expect(report.notes).toContain(
    'AWS Config writes a change down minutes after it was made; here once a day, so that a change may be up to a day older than its time. Who made it is in CloudTrail.',
  );
});

test('what EventBridge says of a change is taken as it says it', async () => {
  const { records } = await readBytesAsFile(
    JSON.stringify({
      'detail-type': 'Config Configuration Item Change',
      source: 'aws.config',
      detail: {
        messageType: 'ConfigurationItemChangeNotification',
        configurationItem: {
          configurationItemCaptureTime: '2026-03-04T09:21:40.120Z',
          configurationItemStatus: 'OK',
          resourceType: 'AWS::KMS::Key',
          resourceId: 'key-1',
          awsRegion: 'eu-west-1',
          awsAccountId: '111122223333',
          configuration: {},
        },
        configurationItemDiff: {
          changeType: 'UPDATE',
          changedProperties: {
            'Configuration.keyState': {
              previousValue: 'Enabled',
              updatedValue: 'Disabled',
              changeType: 'UPDATE',
            },
          },
        },
      },
    }),
  );
  expect(records.map(({ source, name, detail }) => [source, name, detail])).toEqual([
    ['kms.amazonaws.com', 'AWS::KMS::Key changed', 'keyState: Enabled to Disabled'],
  ]);
});

test('items that cannot be read are rejected with the reason', async () => {
  const good = {
    resourceType: 'AWS::KMS::Key',
    resourceId: 'k',
    configurationItemCaptureTime: '2026-03-04T09:00:00Z',
  };
  const { report } = await readBytesAsFile(
    JSON.stringify({
      configurationItems: [
        { ...good, configurationItemCaptureTime: 'yesterday' },
        { ...good, resourceType: '' },
      ],
    }),
  );
  expect(report.rejects.map(({ reason }) => reason)).toEqual([
    'configurationItemCaptureTime is missing or is not a time',
    'no resourceType or resourceId of AWS Config',
  ]);
});
