import { afterAll, beforeAll, expect, it } from 'vitest';
import { fetchAwsHealth } from '../../main/adapters/aws/health.ts';
import { feedWorkHere } from '../../main/adapters/feeds/feed-work.ts';
import { FeedId } from '../../main/core/ids.ts';
import { addMinutes, epochMs } from '../../main/core/time.ts';
import { boardOf } from '../../main/services/feed-board.ts';
import { FeedHttp } from '../../main/services/feed-http.ts';
import { listFeeds, saveFeed } from '../../main/services/feed-list.ts';
import { FeedReader } from '../../main/services/feed-reader.ts';
import { declareIncident } from '../../main/services/incidents.ts';
import { value } from '../support/database.ts';
import { startHealthServer, type HealthServer } from '../support/health-server.ts';
import { testServices } from '../support/services.ts';

const SECRET = 'never-to-be-kept-anywhere';
let server: HealthServer;
beforeAll(async () => {
  server = await startHealthServer();
});
afterAll(() => server.close());

/** An AWS incident watched by AWS Health alone, which the real client asks on loopback. */
async function watched() {
  const services = await testServices();
  const { context, book, at } = services;
  for (const feed of value(await listFeeds(context))) {
    const enabled = feed.id === 'aws-health';
    value(await saveFeed(context, { ...feed, id: FeedId.parse(feed.id), enabled }));
  }
  const onset = addMinutes(at.now(), -40);
  const declared = value(
    await declareIncident(context, book, {
      title: 'Instances fail',
      onset,
      provider: 'aws',
      services: ['ec2'],
      regions: ['us-west-2'],
      severity: 1,
      workload: '',
      lead: '',
    }),
  );
  const work = feedWorkHere(context.library.feedCatalog, {
    awsHealth: () =>
      fetchAwsHealth({
        now: () => context.clock.now(),
        client: {
          endpoint: server.url,
          credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: SECRET },
          maxAttempts: 1,
        },
        lookUp: () => Promise.resolve(['health.us-east-1.amazonaws.com']),
      }),
  });
  const http = new FeedHttp(context.clock, work, { jitter: () => 0 });
  return { ...services, id: declared.row.id, onset, reader: new FeedReader(context, book, http, work) };
}

it('AWS Health of our own account stands on the board beside the public feeds', async () => {
  const { context, reader, id, onset } = await watched();
  const startTime = epochMs(onset) / 1000 + 300;
  server.behave({
    events: [
      {
        arn: 'arn:aws:health:us-west-2::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/1',
        service: 'EC2',
        region: 'us-west-2',
        startTime,
        lastUpdatedTime: startTime,
        statusCode: 'open',
        eventScopeCode: 'ACCOUNT_SPECIFIC',
        eventTypeCategory: 'issue',
        eventTypeCode: 'AWS_EC2_OPERATIONAL_ISSUE',
      },
    ],
  });
  const read = value(await reader.readAll(id));
  const board = value(await boardOf(context, read));
  expect(board.map(({ name, saying }) => [name, saying])).toEqual([['AWS Health, our account', 'matching']]);
  expect(JSON.stringify(read.entries)).not.toContain(SECRET);
});

it('an account without the support plan is not entitled, which is never silence', async () => {
  const { context, reader, id } = await watched();
  server.behave({ faults: { DescribeEvents: { type: 'SubscriptionRequiredException' } } });
  const [item] = value(await boardOf(context, value(await reader.readAll(id))));
  expect([item?.state, item?.saying]).toEqual(['not_entitled', 'could_not_check']);
  expect(item?.sentence).toMatch(/needs a Business/);
});
