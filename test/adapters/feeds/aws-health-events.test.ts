import { expect, test } from 'vitest';
import { bytesOf, fixture, line, read, recording } from './fixtures.ts';

const details = read('aws_health_events', fixture('aws_health_events.traps.json'));
const bridge = read('aws_health_events', fixture('aws_health_events.bridge.json'));

const short = (text: string): string => text.replace(/^.*SYNTHETIC\//, '');

test('details: seconds and ISO, resolved also when only the text says so, the start that the text tells', () => {
  expect(details.events.map((event) => short(line(event)))).toEqual([
    'resolved_in_text issue closed unknown 2031-03-02T12:05:00.000Z 2031-03-02T12:59:02.278Z 2031-03-02T12:27:00.673Z',
    'closed issue closed unknown 2031-03-01T10:00:00.530Z 2031-03-01T11:00:00.000Z 2031-03-01T10:00:00.530Z',
    'planned maintenance upcoming unknown 2031-03-08T12:00:00.000Z  2031-02-27T23:06:40.000Z',
    'notice notice open unknown 2031-02-27T23:06:40.000Z  2031-02-27T23:06:40.000Z',
  ]);
  expect(details.events[0]).toMatchObject({
    title: 'API errors',
    services: ['EC2'],
    regions: ['us-west-2'],
    resources: ['i-1', 'i-2'],
  });
});

test('details: what failed, what is missing and what is bad is set aside with its place', () => {
  expect(details.rejected).toEqual([
    { place: 'successfulSet[4].startTime', reason: 'startTime is not a time: "soon"' },
    { place: 'successfulSet[5]', reason: 'not an event of AWS Health: it has no arn of one' },
    { place: 'failedSet[0]', reason: 'AWS could not give the details of an event in us-east-1 (InvalidArn)' },
    { place: 'nextToken', reason: 'the list goes on, on a page that is not part of this answer' },
  ]);
});

test('EventBridge: deliveries of one event are one event, in whatever region they arrived', () => {
  expect(bridge.events.map((event) => short(line(event)))).toEqual([
    'one issue closed unknown 2031-03-02T12:27:00.000Z 2031-03-02T12:50:00.000Z 2031-03-02T12:27:00.000Z',
    'two issue open unknown 2017-02-07T00:55:52.000Z  2017-02-07T00:55:52.000Z',
  ]);
  expect(bridge.events[0]).toMatchObject({ regions: ['us-west-2'], resources: ['i-1', 'i-2'] });
  expect(bridge.rejected).toEqual([
    { place: '[0].totalPages', reason: 'page 1 of 2: the resources on the others are not here' },
    { place: '[3]', reason: 'an event of EventBridge without its detail' },
  ]);
});

test('the event of 2020-12-14 began at 4:05 PM by its text, 22 minutes before its startTime', () => {
  const real = recording('aws-health/describe-event-details_real_2020-12-14_ec2_us-west-2.json');
  const own = {
    arn: 'arn:aws:health:us-west-2::event/EC2/X/X_1607992032',
    startTime: 1607992032.673,
    statusCode: 'closed',
  };
  const text = '[04:55 PM PST] Between 4:05 PM and 4:39 PM PST, we experienced errors.';
  const made = {
    successfulSet: [{ event: own, eventDescription: { latestDescription: text } }],
    failedSet: [],
  };
  const [event] = read('aws_health_events', real ?? bytesOf(JSON.stringify(made))).events;
  expect([event?.claimedStart, event?.publishedAt]).toEqual([
    '2020-12-15T00:05:00.000Z',
    '2020-12-15T00:27:12.673Z',
  ]);
});
