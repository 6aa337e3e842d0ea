import { describe, expect, test } from 'vitest';
import { buildCatalog, findRegion, findService } from '../../../main/core/feeds/catalog.ts';
import { FeedList } from '../../../main/core/feeds/providers.ts';
import { builtInCatalog, feedResource } from './built-in-catalog.ts';

const catalog = builtInCatalog();
const ids = (known: { ids: ReadonlySet<string> | 'all' } | null) =>
  known === null ? null : known.ids === 'all' ? 'all' : [...known.ids];

describe('the built-in catalog', () => {
  test.each([
    ['aws', 'ec2', ['ec2', 'ec2-metadata']],
    ['aws', 'Amazon Elastic Compute Cloud (Oregon)', ['ec2', 'ec2-metadata']],
    ['aws', 'EC2 launches', ['ec2', 'ec2-metadata']],
    ['aws', 'EC2 Auto Scaling (own)', ['autoscaling']],
    ['aws', 'Kinesis (internal cell)', ['kinesis']],
    ['aws', 'IAM sign-in', ['iam']],
    ['aws', 'AWS App Runner (Oregon)', ['apprunner']],
    ['aws', 'inspector2', ['inspector']],
    ['azure', 'Azure Firewall', ['firewall']],
    ['azure', 'Security Center', ['defender']],
    ['aws', 'multipleservices', 'all'],
    ['gcp', 'cloud storage', ['cloud-storage']],
    ['gcp', 'Google Cloud Storage', ['cloud-storage']],
    ['gcp', 'pubsub', ['pubsub']],
    ['gcp', 'Google Cloud Pub/Sub', ['pubsub']],
    ['gcp', 'IAM', ['iam']],
    ['gcp', 'Identity and Access Management', ['iam']],
    ['gcp', 'Memorystore for Redis', ['memorystore-redis']],
    ['gcp', 'Multiple Products', 'all'],
    ['azure', 'Front Door', ['front-door']],
    ['aws', 'Quantum Toaster', null],
    ['azure', 'pubsub', null],
  ] as const)('knows the %s service "%s"', (provider, name, expected) => {
    expect(ids(findService(catalog, provider, name))).toEqual(expected);
  });

  test.each([
    ['gcp', 'europe-west9', ['europe-west9']],
    ['gcp', 'Paris', ['europe-west9']],
    ['aws', 'Paris', ['eu-west-3']],
    ['gcp', 'Paris (europe-west9)', ['europe-west9']],
    ['gcp', 'europe-west2-a', ['europe-west2']],
    ['aws', 'us-east-1a', ['us-east-1']],
    ['aws', 'US East (N. Virginia)', ['us-east-1']],
    ['gcp', 'sao paulo', ['southamerica-east1']],
    ['azure', 'East US 2', ['eastus2']],
    ['gcp', 'australia-southeast', ['australia-southeast1', 'australia-southeast2']],
    ['gcp', 'asia1', ['asia1', 'asia-northeast1', 'asia-northeast2']],
    ['azure', 'Brazil Southeast', ['brazilsoutheast']],
    ['azure', 'USGov Virginia', ['usgovvirginia']],
    ['aws', 'eusc-de-east-1', ['eusc-de-east-1']],
    ['gcp', 'global', 'all'],
    ['azure', 'all regions', 'all'],
    ['gcp', 'atlantis-west1', null],
    ['gcp', '', null],
  ] as const)('knows the %s region "%s"', (provider, name, expected) => {
    expect(ids(findRegion(catalog, provider, name))).toEqual(expected);
  });

  test('holds the regions of an area', () => {
    const eu = ids(findRegion(catalog, 'gcp', 'eu'));
    expect(eu).toContain('europe-west4');
    expect(eu).not.toContain('us-east1');
    expect(ids(findRegion(catalog, 'gcp', 'us'))).toContain('us-central1');
  });

  test('every name in the recordings of the 2025-06-12 outage is one that it knows', () => {
    const names = [
      'Cloud Data Fusion',
      'Dialogflow ES',
      'Vertex Imagen API',
      'API Gateway',
      'Database Migration Service',
    ];
    expect(names.filter((name) => findService(catalog, 'gcp', name) === null)).toEqual([]);
  });
});

const SOURCES = { page: { says: 'Names.', url: 'https://example.org/', lookedUp: '2026-11-28' } };
/** A document with these AWS services and nothing else. */
const document = (...services: object[]) => ({
  sources: SOURCES,
  severalServices: {},
  services: services.map((service) => ({ provider: 'aws', aliases: [], sources: ['page'], ...service })),
});
const faultOf = (services: unknown, regions: unknown = feedResource('regions')) => {
  const built = buildCatalog(services, regions);
  return built.ok ? '' : built.error.message;
};

test('a name with two meanings is refused', () => {
  const one = { id: 'a1', name: 'A1', aliases: ['same'] };
  const two = { id: 'b1', name: 'B1', aliases: ['Same'] };
  expect(faultOf(document(one, two))).toBe('The name "Same" of aws means both A1 and B1.');
});

test('a part of nothing is refused', () => {
  expect(faultOf(document({ id: 'a', name: 'A', partOf: 'nowhere' }))).toBe(
    'The service "a" is part of "nowhere", which is not listed.',
  );
});

test('an entry without a source that is told, and a source that covers nothing, are refused', () => {
  const unsourced = { id: 'a', name: 'A', sources: ['hearsay'] };
  expect(faultOf(document(unsourced))).toContain('"a" has the source "hearsay", which is not told');
  expect(faultOf(document(unsourced))).toContain('the source "page" covers no entry');
  const region = { provider: 'aws', id: 'moon-1', names: [], sources: [] };
  expect(faultOf(document({ id: 'a', name: 'A' }), { sources: SOURCES, regions: [region] })).toContain(
    'sources',
  );
});

test('the built-in list of feeds is in order, and each cloud that has one starts with its own', () => {
  const list = FeedList.parse(feedResource('providers'));
  expect(
    list.feeds.filter((feed) => feed.onByDefaultFor.length > 0).map((feed) => [feed.id, feed.onByDefaultFor]),
  ).toEqual([
    ['gcp-incidents', ['gcp']],
    ['aws-all', ['aws']],
    ['azure-status', ['azure']],
  ]);
  expect(list.feeds.filter(({ url }) => !url.startsWith('https://')).map(({ id, url }) => [id, url])).toEqual(
    [
      ['aws-health', 'aws-health:account'],
      ['aws-health-organization', 'aws-health:organization'],
    ],
  );
});
