import { expect, test } from 'vitest';
import { cloudTrail } from '../../../main/adapters/evidence/cloudtrail.ts';

test('a port that is no number is read as every port, and breaks nothing', () => {
  const range = {
    ipProtocol: 'tcp',
    fromPort: { toString: 2, valueOf: 1 },
    ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
  };
  const event = {
    eventVersion: '1.09',
    eventName: 'AuthorizeSecurityGroupIngress',
    eventSource: 'ec2.amazonaws.com',
    eventTime: '2026-03-04T09:12:05Z',
    requestParameters: { ipPermissions: { items: [range] } },
  };
  expect(cloudTrail.read(event, () => 'content')).toMatchObject({
    flags: ['open_to_world', 'sensitive_port'],
    detail: 'opens all ports tcp to 0.0.0.0/0',
  });
});
