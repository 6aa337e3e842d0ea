import { expect, test } from 'vitest';
import { detectKind } from '../../../main/adapters/feeds/registry.ts';
import { matchEvents } from '../../../main/core/feeds/match.ts';
import { Instant } from '../../../main/core/time.ts';
import { builtInCatalog } from '../../core/feeds/built-in-catalog.ts';
import { bytesOf, fixture, line, read, recording } from './fixtures.ts';

const health = read('gcp_service_health', fixture('gcp_service_health.traps.json'));

test('Personalized Service Health: merged, false and self-closed events are told apart from closed ones', () => {
  expect(health.events.map((event) => line(event).replace(/^.*events\//, ''))).toEqual([
    'open issue open unknown 2031-03-02T12:00:00.000Z  2031-03-02T12:20:00.000Z',
    'merged issue merged unknown 2031-03-02T12:00:00.000Z  2031-03-02T12:30:00.000Z',
    'false issue false_positive unknown 2031-03-01T12:00:00.000Z 2031-03-01T12:30:00.000Z 2031-03-01T12:30:00.000Z',
    'auto issue false_positive unknown 2031-03-01T12:00:00.000Z 2031-03-01T12:30:00.000Z 2031-03-01T12:30:00.000Z',
    'over issue closed information 2031-02-01T12:00:00.000Z 2031-02-01T13:00:00.000Z 2031-02-01T13:10:00.000Z',
  ]);
  expect(health.events[0]).toMatchObject({
    services: ['Cloud Run', 'Cloud Storage'],
    regions: ['europe-west4'],
    updates: [{ text: 'First.' }, { text: 'More We see more. Wait.' }],
  });
});

test('Personalized Service Health: only the event that stands counts for an incident', () => {
  const at = (text: string) => Instant.parse(`2031-03-02T${text}:00.000Z`);
  const scope = { provider: 'gcp', services: ['Cloud Run'], regions: ['europe-west4'] } as const;
  const { matches } = matchEvents(
    health,
    { ...scope, onset: at('12:05'), now: at('13:00') },
    builtInCatalog(),
  );
  expect(matches.filter(({ degree }) => degree !== 'unrelated').map(({ nativeId }) => nativeId)).toEqual([
    'projects/p/locations/global/events/open',
  ]);
});

test('Personalized Service Health: sets bad items and the missing next page aside with their place', () => {
  expect(health.rejected).toEqual([
    { place: 'events[4].updates[0]', reason: 'an update without words' },
    { place: 'events[5].startTime', reason: 'startTime is not a time: "noon"' },
    { place: 'events[6]', reason: 'not an event: it has no name and detailedState' },
    { place: 'nextPageToken', reason: 'the list goes on, on a page that is not part of this answer' },
  ]);
});

test('Google Workspace is a vendor of its own, open where end is null', () => {
  const { events, rejected } = read('google_workspace', fixture('google_workspace.traps.json'));
  expect(events.map(line)).toEqual([
    'open issue open degraded 2031-03-02T12:00:00.000Z  2031-03-02T12:30:00.000Z',
    'over issue closed information 2031-03-02T12:00:00.000Z 2031-03-02T12:50:00.000Z 2031-03-02T12:30:00.000Z',
  ]);
  expect(events.map(({ provider, services, url, publicBy }) => [provider, services, url, publicBy])).toEqual([
    ['other', ['Gmail'], 'https://www.google.com/appsstatus/dashboard/incidents/open', undefined],
    [
      'other',
      ['Gmail', 'Google Meet'],
      'https://www.google.com/appsstatus/dashboard/incidents/over',
      undefined,
    ],
  ]);
  expect(rejected.map(({ place }) => place)).toEqual(['[2].end', '[3]']);
});

test('incidents of Google Cloud, of any year, are not taken for those of Google Workspace', () => {
  const old = recording('gcp/incidents_legacy_schema_2020-12-14_first12.json');
  const item = { begin: '2020-12-10T03:00:08Z', external_desc: 'x', number: '20013', service_key: 'compute' };
  expect(detectKind(old ?? bytesOf(JSON.stringify([item])))).toBe('gcp_incidents');
});

test('Personalized Service Health: what was merged into an event gives it its first word and its places', () => {
  const impact = (product: string, location: string) => ({
    product: { productName: product },
    location: { locationName: location },
  });
  const name = (id: string) => `organizations/1/locations/global/organizationEvents/${id}`;
  const document = {
    organizationEvents: [
      {
        name: name('parent'),
        detailedState: 'CONFIRMED',
        state: 'ACTIVE',
        eventImpacts: [impact('Cloud Run', 'europe-west4')],
        updates: [{ updateTime: '2031-03-02T12:40:00Z', description: 'Both.' }],
      },
      {
        name: name('child'),
        detailedState: 'MERGED',
        state: 'CLOSED',
        parentEvent: name('parent'),
        eventImpacts: [impact('Cloud SQL', 'europe-west1-b')],
        updates: [{ updateTime: '2031-03-02T12:10:00Z', description: 'One.' }],
      },
    ],
  };
  const [parent, child] = read('gcp_service_health', bytesOf(JSON.stringify(document))).events;
  expect(parent).toMatchObject({
    lifecycle: 'open',
    scope: 'organisation',
    services: ['Cloud Run', 'Cloud SQL'],
    regions: ['europe-west4', 'europe-west1-b'],
    publishedAt: '2031-03-02T12:10:00.000Z',
  });
  expect([child?.lifecycle, child?.zones]).toEqual(['merged', ['europe-west1-b']]);
});
