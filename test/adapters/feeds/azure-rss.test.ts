import { expect, test } from 'vitest';
import { isAzureRegion } from '../../../main/adapters/feeds/azure-scope.ts';
import { RegionCatalogDocument, ServiceCatalogDocument } from '../../../main/core/feeds/catalog-documents.ts';
import { feedResource } from '../../core/feeds/built-in-catalog.ts';
import { bytesOf, fixture, line, read, recording } from './fixtures.ts';

const reading = read('azure_rss', fixture('azure_rss.traps.rss'));

test('reads start and end from the prose, on one day, over two, and open', () => {
  expect(reading.events.map(line)).toEqual([
    'OPEN-1 2031-03-02 issue open unknown 2031-03-02T11:45:00.000Z  2031-03-02T12:20:00.000Z',
    'Azure Front Door - Multiple Regions 2031-03-01T04:00:00.000Z issue closed unknown 2031-03-01T02:50:00.000Z 2031-03-01T10:37:00.000Z 2031-03-01T04:00:00.000Z',
    'Storage - West Europe and North Europe 2031-02-28T00:10:00.000Z issue closed unknown 2031-02-27T22:50:00.000Z 2031-02-28T01:37:00.000Z 2031-02-28T00:10:00.000Z',
    'Microsoft Entra ID issue open unknown   ',
  ]);
});

test('reads services and regions from the title', () => {
  expect(reading.events.map(({ services, regions }) => [services, regions])).toEqual([
    [
      ['Virtual Machines', 'VM Scale Sets'],
      ['East US 2', 'West US'],
    ],
    [['Azure Front Door'], ['global']],
    [['Storage'], ['West Europe', 'North Europe']],
    [['Microsoft Entra ID'], []],
  ]);
});

test('gives the words of the description without its tags', () => {
  expect(reading.events[0]?.updates).toEqual([
    {
      at: '2031-03-02T12:20:00.000Z',
      text: 'Impact Statement: Starting at 11:45 UTC on 02 March 2031, customers may see failures. We are looking.',
      status: '',
    },
  ]);
});

test('sets bad items aside with their place', () => {
  expect(reading.rejected).toEqual([
    { place: 'item[4].pubDate', reason: 'pubDate is not a time: "just now"' },
    { place: 'item[5].title', reason: 'no title, which names service and region' },
  ]);
});

const CUT_OFF = `<rss version="2.0"><channel><title>Azure Status</title></channel><item><title>A - B</title>`;

test('an item outside a channel that is cut off is unreadable, the same item in its place is read', () => {
  const real = recording('azure/rss_item_real_2018-10-27_vm_eastus2.xml');
  const text = real === null ? CUT_OFF : new TextDecoder().decode(real).trim();
  expect(read('azure_rss', bytesOf(text)).feedState).toBe('unreadable');
  const [before = '', after = ''] = text.split('</channel>');
  const events = read('azure_rss', bytesOf(`${before}${after}</item></channel></rss>`)).events;
  expect(events.map(line)).toEqual([
    real === null
      ? 'A - B issue open unknown   '
      : 'Virtual Machines/VM Scale Sets - East US 2 2018-10-27T02:50:00.000Z issue closed unknown 2018-10-27T02:50:00.000Z 2018-10-27T10:37:00.000Z ',
  ]);
});

test('a quiet feed is empty; a page that is no RSS of Azure is unreadable', () => {
  const quiet =
    recording('azure/rss_quiet_2026-08-06.xml') ??
    bytesOf('<rss version="2.0"><channel><title>Azure Status</title></channel></rss>');
  expect(read('azure_rss', quiet).feedState).toBe('empty');
  expect(read('azure_rss', fixture('other-quiet.rss')).reason).toBe(
    'The answer is not Azure status RSS: it has no rss element with a channel of Azure.',
  );
});

/** A feed with one item, in the form of 2022 to 2026. */
function item(title: string, categories: readonly string[] = [], pubDate = 'Thu, 23 Jul 2026 16:29:09 Z') {
  const named = categories.map((name) => `<category>${name}</category>`).join('');
  return bytesOf(
    `<rss version="2.0"><channel><title>Azure Status</title><item><guid isPermaLink="false">a-slug</guid>${named}` +
      `<title>${title} </title><description>&lt;p&gt;We look.&amp;nbsp;&lt;/p&gt;</description><pubDate>${pubDate}</pubDate></item></channel></rss>`,
  );
}
const scopeOf = (title: string, categories?: readonly string[]) =>
  read('azure_rss', item(title, categories)).events.map(({ services, regions }) => [services, regions])[0];

test('reads services and regions from the categories, where they are mixed', () => {
  const categories = [
    'API Management',
    'Azure Kubernetes Service (AKS)',
    'Network Infrastructure',
    'West US',
  ];
  expect(scopeOf('Issues connecting to resources in West US', categories)).toEqual([
    ['API Management', 'Azure Kubernetes Service (AKS)', 'Network Infrastructure'],
    ['West US'],
  ]);
  expect(scopeOf('Storage - North Europe', ['Storage'])).toEqual([['Storage'], ['North Europe']]);
  expect(scopeOf('Something is wrong', ['Azure Front Door', 'Non-Regional'])).toEqual([
    ['Azure Front Door'],
    ['global'],
  ]);
});

test.each<[string, string[], string[]]>([
  ['Issues connecting to resources in West US', [], ['West US']],
  ['Azure Front Door - Connectivity Issues', ['Azure Front Door'], []],
  [
    'Azure Front Door - Connectivity issues and increased latency - Applying Mitigation',
    ['Azure Front Door'],
    [],
  ],
  ['Virtual Machines - East US - Service degradation', ['Virtual Machines'], ['East US']],
  ['SQL Database in Brazil South and East US 2', ['SQL Database'], ['Brazil South', 'East US 2']],
  ['Mitigated - Storage - India South Central', ['Storage'], ['India South Central']],
  ['Investigating outage', [], []],
])('without categories the title "%s" names', (title, services, regions) => {
  expect(scopeOf(title)).toEqual([services, regions]);
});

test('a guid made from the title is another incident on another day, and the same one later that day', () => {
  const id = (pubDate: string) => read('azure_rss', item('A', [], pubDate)).events[0]?.nativeId;
  expect([
    id('Wed, 07 Sep 2022 19:01:00 Z'),
    id('Wed, 29 Oct 2025 16:10:00 Z'),
    id('Wed, 29 Oct 2025 17:40:00 Z'),
  ]).toEqual(['a-slug 2022-09-07', 'a-slug 2025-10-29', 'a-slug 2025-10-29']);
});

test('tells every region of the catalog from every service of it', () => {
  const { regions } = RegionCatalogDocument.parse(feedResource('regions'));
  const { services } = ServiceCatalogDocument.parse(feedResource('services'));
  const azure = <T extends { provider: string }>(list: readonly T[]) =>
    list.filter(({ provider }) => provider === 'azure');
  const places = azure(regions).flatMap(({ names, contains }) => (contains === undefined ? names : []));
  const products = azure(services).flatMap(({ name, aliases }) => [name, ...aliases]);
  expect(places.filter((name) => !isAzureRegion(name))).toEqual([]);
  expect(products.filter(isAzureRegion)).toEqual([]);
});
