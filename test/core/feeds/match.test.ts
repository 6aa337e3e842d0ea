import { describe, expect, test } from 'vitest';
import { matchEvents } from '../../../main/core/feeds/match.ts';
import type { FeedReading, IncidentScope, ProviderEvent } from '../../../main/core/feeds/model.ts';
import { Instant } from '../../../main/core/time.ts';
import { readFeed } from '../../../main/adapters/feeds/registry.ts';
import { fixture, recording } from '../../adapters/feeds/fixtures.ts';
import { builtInCatalog } from './built-in-catalog.ts';

const catalog = builtInCatalog();
const at = (text: string) => Instant.parse(text);

const scope: IncidentScope = {
  provider: 'aws',
  services: ['EC2'],
  regions: ['us-west-2'],
  onset: at('2031-03-02T12:05:00.000Z'),
  now: at('2031-03-02T13:00:00.000Z'),
};

const event: ProviderEvent = {
  provider: 'aws',
  nativeId: 'e1',
  title: 'Errors',
  kind: 'issue',
  lifecycle: 'open',
  severity: { native: 'Service impact', mapped: 'degraded' },
  services: ['ec2'],
  regions: ['us-west-2'],
  claimedStart: at('2031-03-02T12:00:00.000Z'),
  claimedEnd: null,
  publishedAt: at('2031-03-02T12:27:00.000Z'),
  lastUpdate: at('2031-03-02T12:27:00.000Z'),
  updates: [],
  url: null,
};

function reading(...events: ProviderEvent[]): FeedReading {
  return { feedState: 'ok', events, rejected: [] };
}

/** Degree and reason of one event against a scope. */
function judged(changes: Partial<ProviderEvent>, asked: Partial<IncidentScope> = {}): string {
  const { matches } = matchEvents(reading({ ...event, ...changes }), { ...scope, ...asked }, catalog);
  return `${matches[0]?.degree}: ${matches[0]?.reason}`;
}

describe('an event concerns an incident', () => {
  test.each<[string, Partial<ProviderEvent>, Partial<IncidentScope>, string]>([
    [
      'when service, region and time fit',
      {},
      {},
      'matching: The service fits (ec2); the region fits (us-west-2); the time fits (open, from 5 min before onset).',
    ],
    [
      'under another name',
      { services: ['Amazon Elastic Compute Cloud (Oregon)'], regions: ['Oregon'] },
      {},
      'matching: The service fits (Amazon Elastic Compute Cloud (Oregon) is EC2 here); the region fits (Oregon is us-west-2 here); the time fits (open, from 5 min before onset).',
    ],
    [
      'not in another region',
      { regions: ['eu-west-1'] },
      {},
      'other_scope: The service fits (ec2); another region (eu-west-1); the time fits (open, from 5 min before onset).',
    ],
    [
      'not for another service',
      { services: ['sqs'] },
      {},
      'other_scope: Another service (sqs); the region fits (us-west-2); the time fits (open, from 5 min before onset).',
    ],
    [
      'when it says several services',
      { services: ['multipleservices'] },
      {},
      'matching: It says several services at once (multipleservices); the region fits (us-west-2); the time fits (open, from 5 min before onset).',
    ],
    [
      'not when several services fail elsewhere',
      { services: ['multipleservices'], regions: ['me-south-1'] },
      {},
      'other_scope: It says several services at once (multipleservices); another region (me-south-1); the time fits (open, from 5 min before onset).',
    ],
    [
      'when it is global',
      { services: ['iam'], regions: ['global'] },
      { services: ['IAM sign-in'] },
      'matching: The service fits (iam is IAM sign-in here); it is global; the time fits (open, from 5 min before onset).',
    ],
    [
      'by its zone',
      { regions: ['us-west-2a'] },
      {},
      'matching: The service fits (ec2); the region fits (us-west-2a is us-west-2 here); the time fits (open, from 5 min before onset).',
    ],
    [
      'not without a word on our services',
      {},
      { services: [] },
      'other_scope: The incident names no service to compare with ec2; the region fits (us-west-2); the time fits (open, from 5 min before onset).',
    ],
    [
      'by letters where the catalog knows neither',
      { services: ['Quantum Toaster'] },
      { services: ['quantum-toaster'] },
      'matching: The service fits (Quantum Toaster, by its letters: the catalog does not know "quantum-toaster"); the region fits (us-west-2); the time fits (open, from 5 min before onset).',
    ],
    [
      'not by a name that nobody knows',
      {},
      { services: ['Flux'] },
      'other_scope: Another service (ec2), where the catalog does not know Flux; the region fits (us-west-2); the time fits (open, from 5 min before onset).',
    ],
    [
      'by one of two services in one name',
      {},
      { services: ['ECS/EC2'] },
      'matching: The service fits (ec2); the region fits (us-west-2); the time fits (open, from 5 min before onset).',
    ],
    [
      'not when it was over before',
      { lifecycle: 'closed', claimedEnd: at('2031-03-02T06:05:00.000Z') },
      {},
      'unrelated: It was over 6 h before onset.',
    ],
    [
      'when it ended just at onset',
      { lifecycle: 'closed', claimedEnd: at('2031-03-02T12:00:00.000Z') },
      {},
      'matching: The service fits (ec2); the region fits (us-west-2); the time fits (over by now, from 5 min before onset).',
    ],
    [
      'not when it has been open for weeks without a word',
      { claimedStart: at('2031-01-02T12:00:00.000Z'), lastUpdate: at('2031-01-09T12:00:00.000Z') },
      {},
      'other_scope: The service fits (ec2); the region fits (us-west-2); it is still listed as open, but its last word was 52 days before onset.',
    ],
    [
      'when it has been open for weeks with word today',
      { claimedStart: at('2031-01-02T12:05:00.000Z') },
      {},
      'matching: The service fits (ec2); the region fits (us-west-2); the time fits (open, from 59 days before onset).',
    ],
    [
      'not when it began long after onset',
      { claimedStart: at('2031-03-02T21:05:00.000Z'), publishedAt: at('2031-03-02T21:05:00.000Z') },
      { now: at('2031-03-02T22:00:00.000Z') },
      'other_scope: The service fits (ec2); the region fits (us-west-2); it began 9 h after onset.',
    ],
    [
      'when its claimed start lies in the future',
      { claimedStart: at('2031-03-02T20:34:00.000Z') },
      {},
      'matching: The service fits (ec2); the region fits (us-west-2); the time fits (open, from 22 min after onset).',
    ],
    [
      'not when withdrawn',
      { lifecycle: 'false_positive' },
      {},
      'unrelated: The provider withdrew it as a false alarm.',
    ],
    ['not when merged', { lifecycle: 'merged' }, {}, 'unrelated: The provider merged it into another event.'],
    [
      'not before it begins',
      { kind: 'maintenance', lifecycle: 'upcoming' },
      {},
      'unrelated: It is announced and has not begun.',
    ],
    [
      'of another provider only as elsewhere',
      { provider: 'gcp' },
      {},
      'other_scope: It is an event of Google Cloud; the time fits (open, from 5 min before onset).',
    ],
  ])('%s', (_, changes, asked, expected) => {
    expect(judged(changes, asked)).toBe(expected);
  });

  const gcp = { provider: 'gcp' } as const;
  test.each<[string, string[], string[], string]>([
    ['a region of a multi-region', ['eu'], ['europe-west4'], 'matching'],
    ['a multi-region of a region', ['europe-west4'], ['eu'], 'matching'],
    ['not of another multi-region', ['us'], ['europe-west4'], 'other_scope'],
    ['one of many', ['asia', 'us-central1'], ['us-central1'], 'matching'],
    ['global alone', ['global'], ['europe-west4'], 'matching'],
    ['global beside another region', ['global', 'us-central1'], ['europe-west4'], 'other_scope'],
    ['a global incident and a global event', ['global', 'us-central1'], ['global'], 'matching'],
    ['a global incident and an event in one region', ['us-central1'], ['global'], 'other_scope'],
    ['no region named', [], ['europe-west4'], 'matching'],
  ])('%s', (_, regions, asked, degree) => {
    const told = judged(
      { ...gcp, services: ['Google Cloud Storage'], regions },
      { ...gcp, services: ['gcs'], regions: asked },
    );
    expect(told.split(':')[0]).toBe(degree);
  });

  test('of a vendor without regions by its component', () => {
    const vendor = { provider: 'other' } as const;
    const told = (services: string[], asked: string[]) =>
      judged({ ...vendor, services, regions: [] }, { ...vendor, services: asked, regions: [] }).split(':')[0];
    expect([
      told(['Spaces - Global'], ['spaces']),
      told(['Spaces - Global'], ['droplets']),
      told([], ['spaces']),
    ]).toEqual(['matching', 'other_scope', 'other_scope']);
  });
});

describe('what a feed says', () => {
  const elsewhere = { ...event, nativeId: 'e2', regions: ['eu-west-1'] };
  const over: ProviderEvent = {
    ...event,
    nativeId: 'e3',
    lifecycle: 'closed',
    claimedEnd: at('2031-01-02T12:00:00.000Z'),
  };
  const rejected = [{ place: '[0]', reason: 'not an incident object' }];

  test('is its best event', () => {
    const says = (...events: ProviderEvent[]) => matchEvents(reading(...events), scope, catalog).saying;
    expect([says(over, elsewhere, event), says(over, elsewhere), says(over)]).toEqual([
      'matching',
      'elsewhere',
      'silent',
    ]);
  });

  test('is silence when a whole document lists nothing', () => {
    expect(
      matchEvents({ feedState: 'empty', reason: 'none', events: [], rejected: [] }, scope, catalog),
    ).toEqual({
      saying: 'silent',
      matches: [],
      unknownNames: [],
    });
  });

  test.each(['unreadable', 'stale', 'not_entitled', 'throttled'] as const)(
    'is nothing when %s, whatever it lists',
    (feedState) => {
      expect(
        matchEvents({ feedState, reason: 'Why.', events: [event], rejected: [] }, scope, catalog),
      ).toEqual({
        saying: 'could_not_check',
        reason: 'Why.',
        matches: [],
        unknownNames: [],
      });
    },
  );

  test('is never silence while an item could not be read', () => {
    expect(matchEvents({ feedState: 'ok', events: [over], rejected }, scope, catalog)).toMatchObject({
      saying: 'could_not_check',
      reason: 'Nothing that could be read concerns the incident, but 1 item could not be read.',
    });
    expect(matchEvents({ feedState: 'ok', events: [event], rejected }, scope, catalog).saying).toBe(
      'matching',
    );
  });

  test('names what the catalog does not know', () => {
    const asked = { ...scope, services: ['EC2', 'Flux'], regions: ['atlantis-1'] };
    expect(matchEvents(reading(event), asked, catalog).unknownNames).toEqual(['Flux', 'atlantis-1']);
  });
});

describe('items of Azure’s status in the form of 2022 to 2026 (made up after its outages)', () => {
  const told = (title: string, categories: readonly string[], asked: Partial<IncidentScope>) => {
    const named = categories.map((name) => `<category>${name}</category>`).join('');
    const xml = `<rss version="2.0"><channel><title>Azure Status</title><item><guid>a</guid>${named}<title>${title}</title><pubDate>Sun, 02 Mar 2031 12:27:00 Z</pubDate></item></channel></rss>`;
    const fetched = readFeed('azure_rss', new TextEncoder().encode(xml), { fetchedAt: scope.now });
    const { matches } = matchEvents(fetched, { ...scope, provider: 'azure', ...asked }, catalog);
    return matches[0]?.degree;
  };

  test.each<[string, string[], string[], string[], string]>([
    [
      'Issues connecting to resources in West US',
      ['Virtual WAN', 'West US'],
      ['Virtual WAN'],
      ['westus'],
      'matching',
    ],
    [
      'Issues connecting to resources in West US',
      ['Virtual WAN', 'West US'],
      ['Virtual WAN'],
      ['eastus'],
      'other_scope',
    ],
    [
      'Issues connecting to resources in West US',
      ['Virtual WAN', 'West US'],
      ['AKS'],
      ['westus'],
      'other_scope',
    ],
    ['Issues connecting to resources in West US', [], ['AKS'], ['westus'], 'matching'],
    ['Issues connecting to resources in West US', [], ['AKS'], ['eastus'], 'other_scope'],
    ['Azure Front Door - Connectivity issues', [], ['AFD'], ['West Europe'], 'matching'],
    ['Azure Front Door - Connectivity issues', [], ['AKS'], ['West Europe'], 'other_scope'],
  ])('"%s" with %j for %j in %j is %s', (title, categories, services, regions, degree) => {
    expect(told(title, categories, { services, regions })).toBe(degree);
  });
});

describe('the Google Cloud outage of 2025-06-12, onset 17:51 UTC', () => {
  const series = (name: string) =>
    readFeed('gcp_incidents', fixture(`gcp-2025-06-12-${name}.json`), {
      fetchedAt: at('2025-06-12T19:08:00.000Z'),
    });
  const asked = (now: string): IncidentScope => ({
    provider: 'gcp',
    services: ['cloud storage', 'pubsub', 'IAM'],
    regions: ['europe-west4'],
    onset: at('2025-06-12T17:51:00.000Z'),
    now: at(now),
  });

  test('is silence until the first public word, 71 minutes after onset, and stays at 71 in every later version', () => {
    const told = (name: string, now: string) => {
      const { saying, matches } = matchEvents(series(name), asked(now), catalog);
      return [saying, matches[0]?.degree, matches[0]?.lagMinutes, matches[0]?.lifecycle];
    };
    expect(matchEvents(series('1900'), asked('2025-06-12T19:00:00.000Z'), catalog).saying).toBe('silent');
    expect(told('1908', '2025-06-12T19:08:00.000Z')).toEqual(['matching', 'matching', 71, 'open']);
    expect(told('1923', '2025-06-12T19:23:00.000Z')).toEqual(['matching', 'matching', 71, 'open']);
    expect(told('over', '2025-06-14T06:39:00.000Z')).toEqual(['matching', 'matching', 71, 'closed']);
  });

  test('says in words why it matches, although its first claimed start is an hour late', () => {
    const match = matchEvents(series('1908'), asked('2025-06-12T19:08:00.000Z'), catalog).matches[0];
    expect(match).toMatchObject({
      nativeId: 'outage20250612',
      title: 'Several products fail',
      degree: 'matching',
      reason:
        'The service fits (Google Cloud Storage is cloud storage here); the region fits (eu is europe-west4 here); the time fits (open, from 56 min after onset).',
      claimedStart: '2025-06-12T19:00:00.000Z',
      publishedAt: '2025-06-12T19:01:38.000Z',
      lagMinutes: 71,
      lifecycle: 'open',
    });
  });

  test('what was seen earlier is surer than any stamp', () => {
    const seen = new Map([['outage20250612', at('2025-06-12T18:51:00.000Z')]]);
    const { matches } = matchEvents(series('1923'), asked('2025-06-12T19:23:00.000Z'), catalog, seen);
    expect([matches[0]?.publishedAt, matches[0]?.lagMinutes]).toEqual(['2025-06-12T18:51:00.000Z', 60]);
  });

  test('in the whole feed of 19:08, where there is one, no other event matches', () => {
    const whole =
      recording('gcp/incidents_full_2025-06-12T1908Z.json') ?? fixture('gcp-2025-06-12-1908.json');
    const fetched = readFeed('gcp_incidents', whole, { fetchedAt: at('2025-06-12T19:08:00.000Z') });
    const scopeNow = asked('2025-06-12T19:08:00.000Z');
    const { saying, matches } = matchEvents(fetched, scopeNow, catalog);
    const counted = (degree: string) => matches.filter((match) => match.degree === degree).length;
    expect([saying, counted('matching'), counted('other_scope'), matches[0]?.lagMinutes]).toEqual([
      'matching',
      1,
      0,
      71,
    ]);
    const before = {
      ...fetched,
      events: fetched.events.filter((each) => each.nativeId !== matches[0]?.nativeId),
    };
    expect(matchEvents(before, { ...scopeNow, now: at('2025-06-12T19:01:00.000Z') }, catalog).saying).toBe(
      'silent',
    );
  });
});
