import path from 'node:path';
import { expect, test } from 'vitest';
import { FIXTURES, readAll, readBytesAsFile } from './reading.ts';

test("events of AWS Health are the provider's words, of which only issues are faults", async () => {
  const { records } = await readAll(path.join(FIXTURES, 'aws-health.json'));
  expect(records[0]).toEqual({
    id: 'arn:aws:health:eu-west-1::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/1:open',
    at: '2026-03-04T09:30:00.500Z',
    source: 'health.amazonaws.com',
    name: 'AWS_EC2_OPERATIONAL_ISSUE',
    region: 'eu-west-1',
    account: '',
    principal: 'health.amazonaws.com',
    actor: 'service',
    sourceIp: '',
    userAgent: '',
    readOnly: true,
    errorCode: null,
    errorMessage: null,
    resources: ['arn:aws:health:eu-west-1::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/1'],
    flags: ['provider_issue'],
    detail: 'issue; open',
  });
  expect(records.map(({ at, region, flags, detail }) => [at, region, flags.join(), detail]).slice(1)).toEqual(
    [
      ['2026-03-04T22:00:00.000Z', 'eu-west-1', '', 'scheduledChange; upcoming'],
      ['2026-03-04T07:00:00.000Z', '', 'provider_issue', 'issue; closed; until 2026-03-04T07:30:00.000Z'],
    ],
  );
});

test('EventBridge delivers them with the account, what is affected, and other times', async () => {
  const { records } = await readBytesAsFile(
    JSON.stringify({
      source: 'aws.health',
      'detail-type': 'AWS Health Event',
      account: '111122223333',
      region: 'eu-west-1',
      detail: {
        eventArn: 'arn:aws:health:eu-west-1::event/EC2/X/1',
        service: 'EC2',
        eventTypeCode: 'AWS_EC2_INSTANCE_STORE_DRIVE_PERFORMANCE_DEGRADED',
        eventTypeCategory: 'issue',
        startTime: 'Wed, 4 Mar 2026 09:20:00 GMT',
        eventDescription: [{ language: 'en_US', latestDescription: 'A drive\\n is slow.' }],
        affectedEntities: [{ entityValue: 'i-1' }],
      },
    }),
  );
  expect(records).toMatchObject([
    {
      at: '2026-03-04T09:20:00.000Z',
      account: '111122223333',
      region: 'eu-west-1',
      resources: ['arn:aws:health:eu-west-1::event/EC2/X/1', 'i-1'],
      detail: 'issue; A drive is slow.',
    },
  ]);
});
