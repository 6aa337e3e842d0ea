import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isChange } from '../../../main/core/evidence/rank-changes.ts';
import { providerWords } from '../../../main/core/evidence/provider-words.ts';
import { addMinutes, Instant } from '../../../main/core/time.ts';
import { recordings } from '../../support/recordings.ts';
import { TABLES } from '../../core/evidence/evidence.ts';
import { FIXTURES, readAll, readBytesAsFile } from './reading.ts';

const folder = recordings();

/** What the provider says of itself goes to its side, and is never a change of ours. */
describe.runIf(folder !== null)('recorded events of AWS Health', () => {
  const read = (file: string): ReturnType<typeof readAll> =>
    readAll(path.join(folder ?? '', 'evidence/aws-health', file));

  test('an issue that fits what fails is the provider’s word', async () => {
    const { records } = await read('awscli.health.describe-events.2.json');
    const onset = addMinutes(Instant.parse('2020-04-21T09:45:25.000Z'), 10);
    const words = providerWords(records, { onset, services: ['EC2'], regions: ['us-east-1'] });
    expect(words.map(({ record, matches }) => [record.name, matches])).toEqual([
      ['AWS_EC2_OPERATIONAL_ISSUE', true],
    ]);
    expect(providerWords(records, { onset, services: ['EC2'], regions: ['eu-west-1'] })[0]?.matches).toBe(
      false,
    );
    expect(records.filter((record) => isChange(record, TABLES.changes))).toEqual([]);
  });

  test('notices and planned maintenance are none', async () => {
    const { records } = await read('event-phd-ec2-retire.json');
    const onset = Instant.parse('2018-11-01T22:30:00.000Z');
    expect(providerWords(records, { onset, services: [], regions: [] })).toEqual([]);
    const described = await read('test_health_augment.health.DescribeEventDetails_1.json');
    const then = Instant.parse('2016-12-06T09:30:00.000Z');
    expect(
      providerWords(described.records, { onset: then, services: ['IAM'], regions: [] }).map(
        ({ record }) => record.name,
      ),
    ).toEqual(['AWS_IAM_OPERATIONAL_ISSUE']);
  });
});

test('events that CloudTrail delivered late for an outage of its own say so, and fit no failing service', async () => {
  const { records } = await readBytesAsFile(
    JSON.stringify({
      Records: [
        {
          eventVersion: '1.08',
          eventTime: '2026-03-04T09:20:00Z',
          eventSource: 's3.amazonaws.com',
          eventName: 'PutBucketPolicy',
          awsRegion: 'eu-west-1',
          readOnly: false,
          userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/bob' },
          addendum: { reason: 'SERVICE_OUTAGE', updatedFields: '' },
        },
      ],
    }),
  );
  const onset = Instant.parse('2026-03-04T09:30:00.000Z');
  expect(
    providerWords(records, { onset, services: ['s3'], regions: ['eu-west-1'] }).map(({ matches }) => matches),
  ).toEqual([false]);
  // The call itself was still one of ours.
  expect(records.every((record) => isChange(record, TABLES.changes))).toBe(true);
});

test('the fixture of AWS Health gives its two issues, the one that fits first', async () => {
  const { records } = await readAll(path.join(FIXTURES, 'aws-health.json'));
  const onset = Instant.parse('2026-03-04T09:40:00.000Z');
  const words = providerWords(records, { onset, services: ['ec2'], regions: ['eu-west-1'] });
  expect(words[0]).toMatchObject({ matches: true, record: { name: 'AWS_EC2_OPERATIONAL_ISSUE' } });
  expect(words.length).toBe(2);
});
