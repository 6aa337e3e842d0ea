import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RegionCatalogDocument, ServiceCatalogDocument } from '../../../main/core/feeds/catalog-documents.ts';
import { findRegion, findService, type Known } from '../../../main/core/feeds/catalog.ts';
import { Provider } from '../../../main/core/sides.ts';
import { builtInCatalog, feedResource } from './built-in-catalog.ts';

const catalog = builtInCatalog();
const { services } = ServiceCatalogDocument.parse(feedResource('services'));
const { regions } = RegionCatalogDocument.parse(feedResource('regions'));
const ids = (known: Known | null) =>
  known === null ? null : known.ids === 'all' ? 'all' : [...known.ids].sort();

describe('services by the names that feeds and people give them', () => {
  test.each([
    ['aws', 'ec2-us-west-2', ['ec2', 'ec2-metadata']],
    ['aws', 'EC2-US-WEST-2', ['ec2', 'ec2-metadata']],
    ['aws', 'ecs-us-gov-west-1', ['ecs']],
    ['aws', 'aurora-dsql-eu-west-1', ['aurora-dsql']],
    ['aws', 'multipleservices-me-central-1', 'all'],
    ['aws', 'Multiple services (UAE)', 'all'],
    ['aws', '  amazon   elastic  compute cloud  (Oregon) ', ['ec2', 'ec2-metadata']],
    ['aws', 'EC2 instances from snapshot', ['ec2', 'ec2-metadata']],
    ['aws', 'AWS IoT SiteWise (N. Virginia)', ['iotsitewise']],
    ['aws', 'Amazon Kinesis Analytics (N. Virginia)', ['kinesisanalytics']],
    ['aws', 'Amazon Route 53 Resolver (N. Virginia)', ['route53resolver']],
    ['aws', 'Route 53', ['route53', 'route53privatedns', 'route53resolver']],
    ['gcp', 'Multiple Products', 'all'],
    ['gcp', 'multiple products', 'all'],
    ['gcp', 'Cloud Workflows', ['workflows']],
    ['azure', 'Virtual Machines', ['virtual-machines']],
    ['azure', 'Azure DB for PostgreSQL', ['postgresql']],
    ['azure', 'Azure Files', ['files']],
    ['azure', 'Microsoft.Network/expressRouteCircuits', ['expressroute']],
    ['azure', 'microsoft.compute/virtualmachines', ['virtual-machines']],
  ] as const)('%s "%s"', (provider, name, expected) => {
    expect(ids(findService(catalog, provider, name))).toEqual(expected);
  });

  test.each([
    // Part of another word, or a longer name that only begins like a known one.
    ['aws', 'codec2'],
    ['aws', 'ec22'],
    ['aws', 'IoT ThingsBoard'],
    ['aws', 'AWS Lambda Labs'],
    ['aws', 'Config Server of ours (Spring)'],
    ['aws', 'ec2-us-west-99'],
    ['aws', 'ec2-us-west-2-canary'],
    ['gcp', 'Cloud'],
    ['gcp', 'Google'],
    ['azure', 'Azure'],
    ['azure', 'Microsoft'],
    ['azure', 'Microsoft.Compute'],
    ['azure', 'Microsoft.Compute/virtualMachineThings'],
    // Another provider's.
    ['gcp', 'ec2'],
    ['azure', 'Multiple Products'],
    ['other', 'Multiple services'],
    // Nothing at all.
    ['aws', ''],
    ['aws', ' () '],
    ['aws', '(Oregon)'],
    ['aws', '-us-west-2'],
  ] as const)('%s does not know "%s"', (provider, name) => {
    expect(findService(catalog, provider, name)).toBeNull();
  });
});

describe('regions by the names that feeds and people give them', () => {
  test.each([
    ['aws', 'Paris', ['eu-west-3']],
    ['gcp', 'Paris', ['europe-west9']],
    ['other', 'Paris', null],
    ['other', 'France Central (Paris)', ['eu-paris-1']],
    ['azure', 'France Central', ['francecentral']],
    ['azure', 'Paris', null],
    ['aws', 'PARIS ', ['eu-west-3']],
    ['aws', 'use1-az4', ['us-east-1']],
    ['aws', 'USE1-AZ4', ['us-east-1']],
    ['aws', 'apse7-az1', ['ap-southeast-7']],
    ['aws', 'us-east-1f', ['us-east-1']],
    ['aws', 'us-west-2-lax-1a', ['us-west-2']],
    ['aws', 'use1-bos1-az1', ['us-east-1']],
    ['aws', 'us-east-1-wl1-bos-wlz-1', ['us-east-1']],
    ['aws', 'use1-wl1-bos-wlz1', ['us-east-1']],
    ['aws', 'us-gov-west-1a', ['us-gov-west-1']],
    ['aws', 'us-west', ['us-west-1', 'us-west-2']],
    // The letters are the same, and the incident is at Google.
    ['gcp', 'us-east-1', ['us-east1']],
    ['gcp', 'europe-west10-c', ['europe-west10']],
    ['gcp', 'Asia (asia-east1)', ['asia-east1']],
    ['gcp', 'Multi-region: nam-eur-asia1', null],
    ['gcp', 'nam-eur-asia1', ['asia-east1', 'europe-west1', 'nam-eur-asia1', 'us-central1', 'us-central2']],
    ['gcp', 'eur5', ['eur5', 'europe-west1', 'europe-west2']],
    ['gcp', 'NAM6', ['nam6', 'us-central1', 'us-east1', 'us-west1', 'us-west2']],
    ['azure', 'eastus-az1', ['eastus']],
    ['azure', 'West US', ['westus']],
    ['azure', 'US West', ['westus']],
    ['azure', '(US) East US 2', ['eastus2']],
    ['azure', 'Denmark East', ['denmarkeast']],
    ['azure', 'taiwannorth', ['taiwannorth']],
    ['azure', 'Taiwan Northwest', ['taiwannorthwest']],
    ['azure', 'Global', 'all'],
    ['other', 'us-ashburn-1', ['us-ashburn-1']],
    ['other', 'US East (Ashburn)', ['us-ashburn-1']],
    ['other', 'us east (ashburn)', ['us-ashburn-1']],
  ] as const)('%s "%s"', (provider, name, expected) => {
    expect(ids(findRegion(catalog, provider, name))).toEqual(expected);
  });

  test.each([
    ['aws', 'us-west-10'],
    ['aws', 'us-west-1-2'],
    ['aws', 'xus-west-1'],
    ['aws', 'us-east-1z'],
    ['aws', 'zzz1-az4'],
    ['aws', 'us'],
    ['aws', 'eus'],
    ['aws', 'europe-west9'],
    ['aws', 'eastus'],
    ['gcp', 'europe-w'],
    ['gcp', 'europe-west1-2'],
    ['azure', 'us-east-1'],
    ['azure', 'east'],
    ['other', 'eu-frankfurt-99'],
    ['other', 'US1'],
    ['other', 'fra'],
    ['aws', '1'],
    ['aws', '()'],
  ] as const)('%s does not know "%s"', (provider, name) => {
    expect(findRegion(catalog, provider, name)).toBeNull();
  });

  test('the members of every area are regions of the catalog', () => {
    const known = new Set(regions.map(({ provider, id }) => `${provider}:${id}`));
    const members = regions.flatMap(({ provider, contains = [] }) =>
      contains.filter((id) => !id.endsWith('*')).map((id) => `${provider}:${id}`),
    );
    expect(members.filter((member) => !known.has(member))).toEqual([]);
  });
});

/** The name with other case and spacing, as people type it. */
const retyped = (name: string) =>
  fc
    .tuple(
      fc.constantFrom(name, name.toUpperCase(), name.toLowerCase()),
      fc.nat({ max: 2 }),
      fc.nat({ max: 2 }),
    )
    .map(
      ([typed, before, after]) => `${' '.repeat(before)}${typed.replaceAll(' ', '  ')}${' '.repeat(after)}`,
    );

const PROVIDERS = fc.constantFrom(...Provider.options);
const LETTERS = fc.stringMatching(/^[a-z]{1,6}$/);

describe('whatever is typed', () => {
  test('every listed name is found, in any case and spacing, and has its own id', () => {
    const named = [
      ...services.flatMap((one) =>
        [one.id, one.name, ...one.aliases].map((name) => ({ ...one, name, find: findService })),
      ),
      ...regions.flatMap((one) => [one.id, ...one.names].map((name) => ({ ...one, name, find: findRegion }))),
    ];
    const typed = fc
      .constantFrom(...named)
      .chain((one) => retyped(one.name).map((text) => ({ ...one, text })));
    fc.assert(
      fc.property(typed, ({ provider, id, text, find }) => {
        expect(ids(find(catalog, provider, text))).toContain(id);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a service is found by its key and any region of its provider', () => {
    const own = services.filter(({ provider }) => provider === 'aws');
    const places = regions.filter(({ provider }) => provider === 'aws');
    fc.assert(
      fc.property(fc.constantFrom(...own), fc.constantFrom(...places), (service, region) => {
        const key = findService(catalog, 'aws', `${service.id}-${region.id}`);
        expect(ids(key)).toEqual(ids(findService(catalog, 'aws', service.id)));
      }),
    );
  });

  test('a known name inside a longer word is not that name', () => {
    const grown = fc
      .tuple(fc.constantFrom(...services, ...regions), LETTERS, LETTERS)
      .map(([{ provider, id }, before, after]) => ({ provider, text: `${before}${id}${after}` }));
    const listed = new Set(
      [...catalog.services.keys(), ...catalog.regions.keys()].map((key) => key.slice(key.indexOf(':') + 1)),
    );
    fc.assert(
      fc.property(grown, ({ provider, text }) => {
        fc.pre(!listed.has(text.toLowerCase().replace(/[^a-z0-9]/g, '')));
        expect(findService(catalog, provider, text)).toBeNull();
      }),
    );
  });

  test('no text makes it throw, and what is found belongs to the provider asked', () => {
    const own = (provider: Provider) =>
      new Set([...services, ...regions].filter((one) => one.provider === provider).map(({ id }) => id));
    const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), retyped('Amazon (EC2) us-west-2'));
    fc.assert(
      fc.property(PROVIDERS, texts, (provider, text) => {
        for (const known of [findService(catalog, provider, text), findRegion(catalog, provider, text)]) {
          const found = known === null || known.ids === 'all' ? [] : [...known.ids];
          expect(found.filter((id) => !own(provider).has(id))).toEqual([]);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
