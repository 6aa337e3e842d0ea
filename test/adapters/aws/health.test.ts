import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { activeRegion } from '../../../main/adapters/aws/health-region.ts';
import { fetchAwsHealth, type HealthRequest } from '../../../main/adapters/aws/health.ts';
import { readFeed } from '../../../main/adapters/feeds/registry.ts';
import { Instant } from '../../../main/core/time.ts';
import {
  startHealthServer,
  type HealthEvent,
  type HealthFault,
  type HealthServer,
} from '../../support/health-server.ts';

const NOW = Instant.parse('2031-03-02T13:30:00.000Z');
const START = Date.parse('2031-03-02T12:00:00.000Z') / 1000;

let server: HealthServer;
beforeAll(async () => {
  server = await startHealthServer();
});
afterAll(() => server.close());

function ask(more: Partial<HealthRequest> = {}) {
  return fetchAwsHealth({
    now: () => NOW,
    client: {
      endpoint: server.url,
      credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'never-shown' },
      maxAttempts: 1,
    },
    lookUp: () => Promise.resolve(['health.us-east-1.amazonaws.com']),
    ...more,
  });
}

function event(number: number, scope = 'PUBLIC'): HealthEvent {
  return {
    arn: `arn:aws:health:us-west-2::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/${number}`,
    service: 'EC2',
    region: 'us-west-2',
    startTime: START + number,
    lastUpdatedTime: START + number + 0.5,
    statusCode: 'open',
    eventScopeCode: scope,
    eventTypeCategory: 'issue',
    eventTypeCode: 'AWS_EC2_OPERATIONAL_ISSUE',
  };
}

/** The answer as the app reads it: the feed's reading of the bytes. */
async function reading(more: Partial<HealthRequest> = {}) {
  const answer = await ask(more);
  if (!answer.ok) throw new Error(answer.error.message);
  return readFeed('aws_health_events', answer.value.bytes, { fetchedAt: answer.value.fetchedAt });
}

test('events come with their texts and, where they are ours, with the resources they affect', async () => {
  server.behave({ events: [event(1), event(2, 'ACCOUNT_SPECIFIC')] });
  const { feedState, events, rejected } = await reading();
  expect([feedState, rejected, server.asked]).toEqual([
    'ok',
    [],
    ['DescribeEvents', 'DescribeEventDetails', 'DescribeAffectedEntities'],
  ]);
  expect(events.map((each) => [each.title, each.claimedStart, each.regions, each.resources])).toEqual([
    ['About EC2.', '2031-03-02T12:00:01.000Z', ['us-west-2'], undefined],
    ['About EC2.', '2031-03-02T12:00:02.000Z', ['us-west-2'], ['EC2-1']],
  ]);
  expect(server.bodies[0]).toEqual({
    filter: { lastUpdatedTimes: [{ from: Date.parse('2031-02-23T13:30:00.000Z') / 1000 }] },
    maxResults: 100,
  });
});

test('no event is a quiet account', async () => {
  server.behave({ events: [] });
  expect((await reading()).feedState).toBe('empty');
});

test('every page is read, details ten at a time', async () => {
  server.behave({ events: Array.from({ length: 25 }, (_, index) => event(index)), pageSize: 10 });
  const { events, rejected } = await reading();
  expect([events.length, rejected]).toEqual([25, []]);
  expect(server.asked).toEqual([
    'DescribeEvents',
    'DescribeEvents',
    'DescribeEvents',
    'DescribeEventDetails',
    'DescribeEventDetails',
    'DescribeEventDetails',
  ]);
});

test.each<[string, object, number]>([
  ['repeats its token', { sameToken: true }, 2],
  ['never ends', { endless: true }, 20],
])('a list that %s is left, and said to go on', async (_, trouble, pages) => {
  server.behave({ events: [event(1), event(2)], pageSize: 1, ...trouble });
  const { events, rejected } = await reading();
  expect(server.asked.filter((operation) => operation === 'DescribeEvents').length).toBe(pages);
  expect(events.length).toBeGreaterThan(0);
  expect(rejected).toEqual([
    { place: 'nextToken', reason: 'the list goes on, on a page that is not part of this answer' },
  ]);
});

test('an event whose details fail is kept as it was listed, and the failure is named', async () => {
  server.behave({ events: [event(1), event(2)], failed: [event(2).arn] });
  const { events, rejected } = await reading();
  expect(events.map((each) => each.title)).toEqual(['About EC2.', 'AWS EC2 OPERATIONAL ISSUE']);
  expect(rejected).toEqual([
    {
      place: 'failedSet[0]',
      reason: 'AWS could not give the details of an event in us-west-2 (InternalError)',
    },
  ]);
});

test.each<[string, Record<string, HealthFault>, string, RegExp]>([
  [
    'no support plan',
    { DescribeEvents: { type: 'SubscriptionRequiredException' } },
    'not_entitled',
    /needs a Business Support\+, Enterprise or Unified Operations plan/,
  ],
  [
    'no permission for the events',
    { DescribeEvents: { type: 'AccessDeniedException' } },
    'not_entitled',
    /may not call health:DescribeEvents;/,
  ],
  [
    'no permission for the details',
    { DescribeEventDetails: { type: 'AccessDeniedException' } },
    'not_entitled',
    /may not call health:DescribeEventDetails;/,
  ],
  ['asked too often', { DescribeEvents: { type: 'ThrottlingException' } }, 'throttled', /too often/],
  [
    'a sign-in long ago',
    { DescribeEvents: { type: 'ExpiredTokenException' } },
    'not_entitled',
    /have expired/,
  ],
  ['a page of a proxy', { DescribeEvents: { html: 503 } }, 'unreadable', /with status 503 is not AWS Health/],
  [
    'an error whose name is bare',
    { DescribeEvents: { type: 'SubscriptionRequiredException', plain: true } },
    'not_entitled',
    /needs a Business/,
  ],
  [
    'times that are no numbers',
    { DescribeEvents: { isoTimes: true } },
    'unreadable',
    /in a form that cannot be read/,
  ],
  [
    'an error unheard of',
    { DescribeEvents: { type: 'NewException' } },
    'unreadable',
    /could not be asked \(NewException\)/,
  ],
])('%s is a value with its reason', async (_, faults, feedState, message) => {
  server.behave({ events: [event(1)], faults });
  const answer = await ask();
  expect(answer.ok ? 'ok' : answer.error.feedState).toBe(feedState);
  expect(answer.ok ? '' : answer.error.message).toMatch(message);
  expect(JSON.stringify(answer)).not.toMatch(/AKIDTEST|never-shown/);
});

test('when the region has moved, it is looked up again and asked there', async () => {
  server.behave({ events: [event(1)], signedFor: 'us-east-2' });
  const names = ['health.us-east-1.amazonaws.com', 'health.us-east-2.amazonaws.com'];
  const answer = await ask({ lookUp: () => Promise.resolve([names.shift() ?? '']) });
  expect(answer.ok && answer.value.region).toBe('us-east-2');
  expect(names).toEqual([]);
});

test('credentials that no region takes are not asked for twice in the same one', async () => {
  server.behave({ faults: { DescribeEvents: { type: 'UnrecognizedClientException' } } });
  const answer = await ask();
  expect(answer.ok ? '' : answer.error.message).toBe('AWS does not accept these credentials.');
  expect(server.asked).toEqual(['DescribeEvents']);
});

test('the region is read from the alias, and is the usual one where that cannot be looked up', async () => {
  expect(await activeRegion(() => Promise.resolve(['health.us-east-2.amazonaws.com']))).toBe('us-east-2');
  expect(await activeRegion(() => Promise.resolve(['elsewhere.example.org']))).toBe('us-east-1');
  expect(await activeRegion(() => Promise.reject(new Error('no network')))).toBe('us-east-1');
});

test('entities that may not be asked for lose no event, and the hole is named', async () => {
  server.behave({
    events: [event(1, 'ACCOUNT_SPECIFIC')],
    faults: { DescribeAffectedEntities: { type: 'AccessDeniedException' } },
  });
  const { feedState, events, rejected } = await reading();
  expect([feedState, events.length, events[0]?.resources, events[0]?.scope]).toEqual([
    'ok',
    1,
    undefined,
    'account',
  ]);
  expect(rejected).toEqual([
    {
      place: 'notAsked[0]',
      reason: 'These AWS credentials may not call health:DescribeAffectedEntities; a policy has to allow it.',
    },
  ]);
});

test.each<[string, object]>([
  ['breaks off', { deadFor: 'us-east-1' }],
  ['answers with a page of a load balancer', { pageFor: 'us-east-1' }],
])('an endpoint that %s is left for the one that is active now', async (_, trouble) => {
  server.behave({ events: [event(1)], ...trouble });
  const names = ['health.us-east-1.amazonaws.com', 'health.us-east-2.amazonaws.com'];
  const answer = await ask({ lookUp: () => Promise.resolve([names.shift() ?? '']) });
  expect(answer.ok && answer.value.region).toBe('us-east-2');
});

describe('the view of an organisation', () => {
  const view = 'organization' as const;

  test('tells each event with the accounts and resources it affects', async () => {
    server.behave({
      events: [event(1), { ...event(2, 'ACCOUNT_SPECIFIC'), accounts: ['111122223333', '444455556666'] }],
    });
    const { feedState, events, rejected } = await reading({ view });
    expect([feedState, rejected]).toEqual(['ok', []]);
    expect(
      events.map(({ title, scope, accounts, resources }) => [title, scope, accounts, resources]),
    ).toEqual([
      ['About EC2.', 'public', undefined, undefined],
      [
        'About EC2.',
        'organisation',
        ['111122223333', '444455556666'],
        ['EC2-111122223333', 'EC2-444455556666'],
      ],
    ]);
    expect(server.asked).toEqual([
      'DescribeEventsForOrganization',
      'DescribeAffectedAccountsForOrganization',
      'DescribeEventDetailsForOrganization',
      'DescribeAffectedEntitiesForOrganization',
    ]);
    expect(server.bodies[0]).toEqual({
      filter: { lastUpdatedTime: { from: Date.parse('2031-02-23T13:30:00.000Z') / 1000 } },
      maxResults: 100,
    });
    expect(server.bodies[2]).toEqual({
      organizationEventDetailFilters: [
        { eventArn: event(1).arn },
        { eventArn: event(2).arn, awsAccountId: '111122223333' },
      ],
    });
  });

  test('reads every page, of events and of accounts', async () => {
    const accounts = Array.from({ length: 25 }, (_, index) => String(100000000000 + index));
    server.behave({
      events: [
        ...Array.from({ length: 11 }, (_, index) => event(index)),
        { ...event(99, 'ACCOUNT_SPECIFIC'), accounts },
      ],
      pageSize: 10,
    });
    const { events, rejected } = await reading({ view });
    expect([
      events.length,
      rejected,
      events.at(-1)?.accounts?.length,
      events.at(-1)?.resources?.length,
    ]).toEqual([12, [], 25, 25]);
  });

  test('leaves a list that repeats its token, and says that it goes on', async () => {
    server.behave({ events: [event(1), event(2)], pageSize: 1, sameToken: true });
    const { events, rejected } = await reading({ view });
    expect([events.length > 0, rejected.map(({ place }) => place)]).toEqual([true, ['nextToken']]);
  });

  test('names an event whose details fail', async () => {
    server.behave({ events: [event(1), event(2)], failed: [event(1).arn] });
    const { events, rejected } = await reading({ view });
    expect([events.length, rejected[0]?.reason]).toEqual([
      2,
      'AWS could not give the details of an event in us-west-2 (EventNotFoundError)',
    ]);
  });

  test.each<[string, Record<string, HealthFault>, RegExp]>([
    [
      'no support plan',
      { DescribeEventsForOrganization: { type: 'SubscriptionRequiredException' } },
      /on the management account too/,
    ],
    [
      'an account that is not the management account',
      { DescribeEventsForOrganization: { type: 'AccessDeniedException' } },
      /health:DescribeEventsForOrganization.*delegated administrator/,
    ],
    [
      'no permission for the details',
      { DescribeEventDetailsForOrganization: { type: 'AccessDeniedException' } },
      /health:DescribeEventDetailsForOrganization/,
    ],
  ])('%s is not entitled, and says what is missing', async (_, faults, message) => {
    server.behave({ events: [event(1)], faults });
    const answer = await ask({ view });
    expect(answer.ok ? 'ok' : answer.error.feedState).toBe('not_entitled');
    expect(answer.ok ? '' : answer.error.message).toMatch(message);
  });

  test('accounts that are throttled lose no event', async () => {
    server.behave({
      events: [{ ...event(1, 'ACCOUNT_SPECIFIC'), accounts: ['111122223333'] }],
      faults: { DescribeAffectedAccountsForOrganization: { type: 'ThrottlingException' } },
    });
    const { events, rejected } = await reading({ view });
    expect([events.length, rejected.map(({ reason }) => reason)]).toEqual([
      1,
      [
        'AWS Health answers that it is asked too often.',
        'The accounts of one more event were not asked for.',
      ],
    ]);
  });
});

test('an event of one zone names it', async () => {
  server.behave({ events: [{ ...event(1), availabilityZone: 'usw2-az1' }] });
  expect((await reading()).events[0]?.zones).toEqual(['usw2-az1']);
});
