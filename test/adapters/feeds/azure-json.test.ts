import { expect, test } from 'vitest';
import { z } from 'zod';
import { azureTime } from '../../../main/adapters/feeds/azure-fields.ts';
import { detectKind } from '../../../main/adapters/feeds/registry.ts';
import { bytesOf, fixture, line, read } from './fixtures.ts';

const health = read('azure_service_health', fixture('azure_service_health.traps.json'));
const resources = read('azure_resource_health', fixture('azure_resource_health.traps.json'));
const log = read('azure_activity_log', fixture('azure_activity_log.traps.json'));

test('Service Health: mitigated yet active is recovering, a false positive counts for nothing, the year 1 is no time', () => {
  expect(health.events.map(line)).toEqual([
    'OPEN-1 issue open outage 2031-03-02T11:50:00.000Z  2031-03-02T12:10:00.000Z',
    'MITI-2 issue recovering degraded 2031-03-01T08:00:00.000Z 2031-03-01T09:00:00.000Z 2031-03-01T10:00:00.000Z',
    'FALS-3 issue false_positive degraded 2031-03-01T08:00:00.000Z  2031-03-01T08:30:00.000Z',
    'PLAN-4 maintenance upcoming information 2031-03-09T08:00:00.000Z 2031-03-09T12:00:00.000Z 2031-02-20T08:30:00.000Z',
    'OVER-5 notice closed information 2031-02-01T08:00:00.000Z 2031-02-02T08:00:00.000Z 2031-02-02T08:30:00.000Z',
  ]);
});

test('Service Health: services and regions once each, the update told for two regions once', () => {
  const [event] = health.events;
  expect([event?.services, event?.regions, event?.updates.map(({ text }) => text)]).toEqual([
    ['Virtual Machines', 'Storage'],
    ['West US', 'West US 2'],
    ['We are looking.', 'We see more.'],
  ]);
});

test('Resource Health: what is available, or was stopped by ourselves, is no event', () => {
  expect(resources.events.map((event) => line(event).replace(/^.*\//, ''))).toEqual([
    'web-1@2031-03-02T12:00:00.000Z issue open outage 2031-03-02T12:00:00.000Z  2031-03-02T12:20:29.759Z',
    'd@2031-03-01T12:00:00.000Z issue closed outage 2031-03-01T12:00:00.000Z 2031-03-01T12:10:00.000Z 2031-03-01T12:00:00.000Z',
    'b@2031-03-02T12:30:00.000Z notice open unknown 2031-03-02T12:30:00.000Z  2031-03-02T12:31:00.000Z',
    'web-4@2031-03-02T12:35:00.000Z maintenance open degraded 2031-03-02T12:35:00.000Z  2031-03-02T12:35:00.000Z',
  ]);
  expect(resources.events[0]).toMatchObject({
    services: ['Virtual Machines'],
    regions: ['westeurope'],
    resources: ['/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web-1'],
  });
});

test('activity log: records of one tracking id are one event; services come out of the escaped JSON', () => {
  expect(log.events.map(line)).toEqual([
    'NM_F-FXZ issue open degraded 2031-03-02T11:55:00.000Z  2031-03-02T12:20:00.000Z',
    'RCA0-111 issue closed outage 2031-02-20T12:00:00.000Z 2031-02-20T13:00:00.000Z 2031-03-01T12:20:00.000Z',
    'PLAN-222 maintenance upcoming information 2031-03-09T12:00:00.000Z  2031-03-01T10:00:00.000Z',
    'NOTI-333 notice closed information  2031-02-01T10:00:00.000Z 2031-02-01T10:00:00.000Z',
  ]);
  expect(log.events[0]).toMatchObject({
    services: ['Virtual Machines'],
    regions: ['West Europe', 'North Europe'],
    publicBy: '2031-03-02T12:24:00.000Z',
    updates: [{ text: 'First' }, { text: 'Second & more' }],
  });
});

test('sets bad items and the missing next page aside with their place', () => {
  expect([health, resources, log].map(({ rejected }) => rejected)).toEqual([
    [
      { place: 'value[4].properties.impact[0]', reason: 'not an impact object' },
      {
        place: 'value[5].properties.impactStartTime',
        reason: 'impactStartTime is not a time: "tomorrow"',
      },
      { place: 'value[6]', reason: 'not an event: it has no eventType' },
      { place: 'value[7]', reason: 'no name, which is the tracking id' },
    ],
    [
      { place: 'value[6].properties.occuredTime', reason: 'occuredTime is not a time: "now"' },
      { place: 'value[7]', reason: 'not a status: it has no availabilityState' },
      { place: 'nextLink', reason: 'the list goes on, on a page that is not part of this answer' },
    ],
    [
      { place: 'value[3].properties.impactedServices', reason: 'the JSON inside is not a list' },
      { place: 'value[6]', reason: 'no trackingId' },
      { place: 'value[7]', reason: 'not an activity log record' },
    ],
  ]);
});

test('one event by itself and the body of an alert are recognised and read', () => {
  const [event] = valueOf('azure_service_health.traps.json');
  const [record] = valueOf('azure_activity_log.traps.json');
  const one = bytesOf(JSON.stringify(event));
  const webhook = bytesOf(JSON.stringify({ schemaId: 'x', data: { context: { activityLog: record } } }));
  const exported = bytesOf(JSON.stringify({ records: [record] }));
  expect([detectKind(one), detectKind(webhook), detectKind(exported)]).toEqual([
    'azure_service_health',
    'azure_activity_log',
    'azure_activity_log',
  ]);
  expect(read('azure_service_health', one).events).toEqual(health.events.slice(0, 1));
  expect(read('azure_activity_log', webhook).events[0]?.nativeId).toBe('NM_F-FXZ');
});

test('a list with nothing in it is empty, whose it is cannot be told from its bytes', () => {
  const quiet = bytesOf('{"value": []}');
  expect([detectKind(quiet), read('azure_service_health', quiet).feedState]).toEqual([null, 'empty']);
});

function valueOf(name: string): readonly unknown[] {
  const document: unknown = JSON.parse(new TextDecoder().decode(fixture(name)));
  return typeof document === 'object' &&
    document !== null &&
    'value' in document &&
    Array.isArray(document.value)
    ? document.value
    : [];
}

test.each<[string, string | null]>([
  ['5/12/2025 2:44:33 PM', '2025-05-12T14:44:33.000Z'],
  ['12/5/2025 12:00:00 AM', '2025-12-05T00:00:00.000Z'],
  ['3/9/2025 2:30 AM UTC', '2025-03-09T02:30:00.000Z'],
  ['2025-05-12T14:44:33.1234567', '2025-05-12T14:44:33.123Z'],
  ['2025-05-12 14:44:33', '2025-05-12T14:44:33.000Z'],
  ['2025-05-12T16:44:33+02:00', '2025-05-12T14:44:33.000Z'],
  ['1/1/0001 12:00:00 AM', null],
  ['0001-01-01T00:00:00', null],
  ['', null],
])('a time written "%s" is read as %s', (text, at) => {
  expect(azureTime({ time: text }, 'time', 'x')).toBe(at);
});

test.each([
  '13/5/2025 2:44:33 PM',
  '2/30/2025 2:44:33 PM',
  '5/12/2025 14:44:33 PM',
  '12/5/25 2:44 PM',
  'noon',
])('"%s" is no time', (text) => {
  expect(() => azureTime({ time: text }, 'time', 'x')).toThrow(/time is not a time/);
});

test('an alert of the common schema is read like the older one', () => {
  const [record] = valueOf('azure_activity_log.traps.json');
  const context = { ...z.looseObject({}).parse(record), category: undefined };
  const alert = bytesOf(
    JSON.stringify({
      schemaId: 'azureMonitorCommonAlertSchema',
      data: { essentials: { monitoringService: 'ServiceHealth' }, alertContext: context },
    }),
  );
  const other = bytesOf(
    JSON.stringify({ data: { essentials: { monitoringService: 'Platform' }, alertContext: context } }),
  );
  expect([detectKind(alert), detectKind(other)]).toEqual(['azure_activity_log', null]);
  expect(read('azure_activity_log', alert).events[0]?.nativeId).toBe('NM_F-FXZ');
});

test('rows of Azure Resource Graph, whose names begin with capitals, say the same as the API', () => {
  const [event] = valueOf('azure_service_health.traps.json');
  const { properties, ...rest } = z.looseObject({ properties: z.unknown() }).parse(event);
  const capitals = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(capitals)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value).map(([key, inner]) => [
              key.charAt(0).toUpperCase() + key.slice(1),
              capitals(inner),
            ]),
          )
        : value;
  const rows = bytesOf(JSON.stringify({ count: 1, data: [{ ...rest, properties: capitals(properties) }] }));
  expect(detectKind(rows)).toBe('azure_service_health');
  expect(read('azure_service_health', rows).events).toEqual(health.events.slice(0, 1));
});

test('what a subscription is told is told to it alone; emerging issues are everybody’s', () => {
  expect([health, resources, log].map(({ events }) => events[0]?.scope)).toEqual([
    'account',
    'account',
    'account',
  ]);
  const emerging = bytesOf(
    JSON.stringify({ name: 'e', properties: { eventType: 'EmergingIssues', status: 'Active', impact: [] } }),
  );
  expect(read('azure_service_health', emerging).events[0]?.scope).toBe('public');
});
