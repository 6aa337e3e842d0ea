import { expect, test } from 'vitest';
import { bytesOf, fixture, line, read, recording } from './fixtures.ts';

const reading = read('azure_rss', fixture('azure_rss.traps.rss'));

test('reads start and end from the prose, on one day, over two, and open', () => {
  expect(reading.events.map(line)).toEqual([
    'OPEN-1 issue open unknown 2031-03-02T11:45:00.000Z  2031-03-02T12:20:00.000Z',
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
