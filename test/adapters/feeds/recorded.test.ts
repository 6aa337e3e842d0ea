import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { detectKind } from '../../../main/adapters/feeds/registry.ts';
import type { FeedKind } from '../../../main/core/feeds/model.ts';
import { recordings } from '../../support/recordings.ts';
import { bytesOf, fixture, read, recording } from './fixtures.ts';
import { RECORDED, type Numbers } from './recorded-numbers.ts';

/** Recordings that tell of no event: whole and quiet, or broken as they were found. */
const WITHOUT_EVENTS: readonly {
  readonly file: string;
  readonly kind: FeedKind;
  readonly state: string;
  readonly detected: FeedKind | null;
  readonly reason: RegExp;
}[] = [
  {
    file: 'azure/rss_quiet_2026-08-06.xml',
    kind: 'azure_rss',
    state: 'empty',
    detected: 'azure_rss',
    reason: /whole and lists no event/,
  },
  {
    file: 'statuspage/summary_anthropic_healthy_2026-09-03.json',
    kind: 'statuspage',
    state: 'empty',
    detected: 'statuspage',
    reason: /whole and lists no event/,
  },
  {
    file: 'azure/rss_item_real_2018-10-27_vm_eastus2.xml',
    kind: 'azure_rss',
    state: 'unreadable',
    detected: null,
    reason: /not complete, well-formed XML/,
  },
];

/** Four days of one feed's `current` lists in one file: read moment by moment. */
const SERIES = 'aws-public-json/data_json_legacy/timeline_current_only_4days.json';

/** The same table for our own fixtures, which are everywhere and have bad items. */
const OWN: readonly Numbers[] = [
  {
    file: 'gcp-traps.json',
    kind: 'gcp_incidents',
    counts: [6, 3, 7, 1, 4, 1],
    firstWord: '2020-12-10T03:32:17.000Z',
  },
  {
    file: 'aws-traps.rss',
    kind: 'aws_rss',
    counts: [5, 3, 7, 1, 3, 1],
    firstWord: '2030-08-02T19:00:00.000Z',
  },
  {
    file: 'statuspage-traps.json',
    kind: 'statuspage',
    counts: [4, 3, 7, 2, 1, 1],
    firstWord: '2031-02-03T06:00:00.000Z',
  },
  {
    file: 'aws_public_events.traps.json',
    kind: 'aws_public_events',
    counts: [5, 2, 4, 1, 2, 2],
    firstWord: '2031-03-01T10:00:00.000Z',
  },
  {
    file: 'azure_rss.traps.rss',
    kind: 'azure_rss',
    counts: [4, 2, 4, 0, 0, 0],
    firstWord: '2031-02-28T00:10:00.000Z',
  },
  {
    file: 'aws_public_events.data-json.json',
    kind: 'aws_public_events',
    counts: [3, 1, 5, 0, 1, 2],
    firstWord: '2031-02-01T07:50:00.000Z',
  },
  {
    file: 'azure_service_health.traps.json',
    kind: 'azure_service_health',
    counts: [5, 4, 3, 1, 2, 2],
    firstWord: '2031-02-02T08:30:00.000Z',
  },
  {
    file: 'azure_resource_health.traps.json',
    kind: 'azure_resource_health',
    counts: [4, 3, 4, 2, 1, 0],
    firstWord: '2031-03-01T12:00:00.000Z',
  },
  {
    file: 'azure_activity_log.traps.json',
    kind: 'azure_activity_log',
    counts: [4, 2, 3, 1, 1, 2],
    firstWord: '2031-02-01T10:00:00.000Z',
  },
  {
    file: 'gcp_service_health.traps.json',
    kind: 'gcp_service_health',
    counts: [5, 4, 2, 0, 0, 1],
    firstWord: '2031-02-01T13:10:00.000Z',
  },
  {
    file: 'google_workspace.traps.json',
    kind: 'google_workspace',
    counts: [2, 1, 2, 0, 1, 1],
    firstWord: '2031-03-02T12:30:00.000Z',
  },
  {
    file: 'slack.traps.json',
    kind: 'slack',
    counts: [3, 2, 2, 1, 1, 1],
    firstWord: '2031-03-01T12:00:00.000Z',
  },
  {
    file: 'heroku.traps.json',
    kind: 'heroku',
    counts: [4, 2, 2, 1, 1, 1],
    firstWord: '2031-01-01T10:00:00.000Z',
  },
  {
    file: 'salesforce_trust.traps.json',
    kind: 'salesforce_trust',
    counts: [3, 2, 1, 1, 1, 0],
    firstWord: '2031-02-01T12:00:00.000Z',
  },
  {
    file: 'oracle_cloud.traps.json',
    kind: 'oracle_cloud',
    counts: [1, 1, 0, 1, 0, 0],
    firstWord: null,
  },
  {
    file: 'aws_health_events.traps.json',
    kind: 'aws_health_events',
    counts: [4, 2, 2, 0, 0, 0],
    firstWord: '2031-02-27T23:06:40.000Z',
  },
  {
    file: 'aws_health_events.bridge.json',
    kind: 'aws_health_events',
    counts: [2, 1, 2, 0, 0, 0],
    firstWord: '2017-02-07T00:55:52.000Z',
  },
];

const folder = recordings();
const present = folder !== null;
test.each([...OWN, ...(present ? RECORDED : [])])('$file parses to the numbers counted in it', (row) => {
  const own = OWN.includes(row);
  const bytes = own ? fixture(row.file) : recording(row.file);
  if (bytes === null) throw new Error(`${row.file} is missing`);
  const { feedState, events, rejected } = read(row.kind, bytes);
  const severity = (mapped: string) => events.filter((event) => event.severity.mapped === mapped).length;
  expect([feedState, detectKind(bytes)]).toEqual(['ok', row.kind]);
  if (own) expect(rejected).not.toEqual([]);
  else expect(rejected.length).toBe(row.rejected ?? 0);
  expect([
    events.length,
    events.filter((event) => event.lifecycle !== 'closed').length,
    events.flatMap((event) => event.updates).length,
    severity('outage'),
    severity('degraded'),
    severity('information'),
  ]).toEqual(row.counts);
  expect(events.flatMap((event) => event.publishedAt ?? []).sort()[0] ?? null).toBe(row.firstWord);
});

test.each(present ? WITHOUT_EVENTS : [])('$file tells of no event, and says why', (row) => {
  const bytes = recording(row.file) ?? new Uint8Array();
  const { feedState, events, reason } = read(row.kind, bytes);
  expect([feedState, events, detectKind(bytes)]).toEqual([row.state, [], row.detected]);
  expect(reason).toMatch(row.reason);
});

const Series = z.array(z.object({ scraped_at: z.string(), current: z.array(z.unknown()) }));

test.runIf(present)('four days of AWS’s list of 2020, moment by moment', () => {
  const moments = Series.parse(JSON.parse(new TextDecoder().decode(recording(SERIES) ?? undefined)));
  const readings = moments.map(({ current }) =>
    read('aws_public_events', bytesOf(JSON.stringify({ current, archive: [] }))),
  );
  const events = readings.flatMap((reading) => reading.events);
  const severity = (mapped: string) => events.filter((event) => event.severity.mapped === mapped).length;
  expect(readings.flatMap(({ rejected }) => rejected)).toEqual([]);
  expect([
    moments.length,
    events.length,
    severity('outage'),
    severity('degraded'),
    severity('information'),
  ]).toEqual([57, 361, 33, 136, 192]);
});

test.runIf(present)(
  'the start that Google claims moves from 19:00 to 17:51 between two of its snapshots',
  () => {
    const starts = ['1908Z', '1923Z'].map((moment) => {
      const file = `gcp/2025-06-12/ow5i3PPK96RduMcb1SsW_seen_2025-06-12T${moment}.json`;
      return read('gcp_incidents', recording(file) ?? new Uint8Array()).events[0]?.claimedStart;
    });
    expect(starts).toEqual(['2025-06-12T19:00:00.000Z', '2025-06-12T17:51:00.000Z']);
  },
);

test.runIf(present)('every recording is in one of these tables', () => {
  const root = path.join(folder ?? '', 'feeds');
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  const told = [...RECORDED, ...WITHOUT_EVENTS].map(({ file }) => file);
  expect(files.filter((file) => file !== SERIES && !told.includes(file))).toEqual([]);
});
