import { describe, expect, test } from 'vitest';
import { detectKind } from '../../../main/adapters/feeds/registry.ts';
import type { FeedKind, ProviderEvent } from '../../../main/core/feeds/model.ts';
import { bytesOf, fixture, fixtures, read, recording } from './fixtures.ts';

/** An event's facts in one line, for tables. */
function line(event: ProviderEvent): string {
  const { nativeId, lifecycle, severity, claimedStart, claimedEnd, publishedAt } = event;
  return [nativeId, event.kind, lifecycle, severity.mapped, claimedStart, claimedEnd, publishedAt].join(' ');
}

describe('Google Cloud incidents.json', () => {
  const reading = read('gcp_incidents', fixture('gcp-traps.json'));

  test('is open without an end (absent or null), recovering when last AVAILABLE, closed by its end alone', () => {
    expect(reading.events.map(line)).toEqual([
      'openNoEnd issue open outage 2031-03-02T12:00:00.000Z  2031-03-02T10:40:00.000Z',
      'recovering issue recovering degraded 2031-03-01T10:00:00.000Z  2031-03-01T10:05:00.000Z',
      'endedStillListed issue closed information 2031-02-01T14:09:43.000Z 2031-02-01T14:54:50.000Z 2031-02-01T14:26:24.000Z',
      'toldAfterwards issue closed degraded 2031-01-05T08:00:00.000Z 2031-01-05T09:30:00.000Z 2031-01-05T12:00:00.000Z',
      'compute/20013 issue closed degraded 2020-12-10T03:00:08.000Z 2020-12-10T04:39:17.000Z 2020-12-10T03:32:17.000Z',
      'badUpdate issue open degraded 2031-01-02T08:00:00.000Z  2031-01-02T08:10:00.000Z',
    ]);
  });

  test('sets bad items and bad updates aside with their place', () => {
    expect(reading.rejected).toEqual([
      { place: '[5].end', reason: 'end is not a time: "yesterday"' },
      { place: '[6]', reason: 'not an incident object' },
      { place: '[7].updates[0]', reason: 'not an update object' },
    ]);
  });

  test('names products rather than "Multiple Products", and gives updates oldest first', () => {
    const [event] = reading.events;
    expect([event?.services, event?.regions, event?.updates.map((update) => update.text)]).toEqual([
      ['Google Cloud Storage', 'Cloud Run'],
      ['europe-west4', 'us'],
      ['first', 'second'],
    ]);
  });

  test('finds the zone of an incident of 2020 in its prose', () => {
    expect(reading.events[4]?.regions).toEqual(['europe-west2-a']);
  });

  test('never mistakes the writing of the first statement for its being public', () => {
    for (const moment of ['1908', '1923', 'over']) {
      const [event] = read('gcp_incidents', fixture(`gcp-2025-06-12-${moment}.json`)).events;
      expect([event?.publishedAt, event?.publicBy]).toEqual([
        '2025-06-12T18:46:38.000Z',
        '2025-06-12T19:01:38.000Z',
      ]);
    }
  });
});

describe('AWS RSS', () => {
  const reading = read('aws_rss', fixture('aws-traps.rss'));

  test('chains posts into events by service key, [RESOLVED], prose and a gap of a day, in Pacific time', () => {
    expect(reading.events.map(line)).toEqual([
      'ec2-us-west-2_1930220820 issue closed degraded 2031-03-02T12:05:00.000Z 2031-03-02T13:00:00.000Z 2031-03-02T12:27:00.000Z',
      'dynamodb-eu-west-1_1930116600 issue closed information 2031-03-01T07:30:00.000Z 2031-03-01T18:00:00.000Z 2031-03-01T07:30:00.000Z',
      'multipleservices-us-east-1_1929988800 issue open outage 2031-02-27T20:00:00.000Z  2031-02-27T20:00:00.000Z',
      'multipleservices-us-east-1_1929816000 issue open degraded 2031-02-25T20:00:00.000Z  2031-02-25T20:00:00.000Z',
      'cloudfront_1911927600 issue open degraded 2030-08-02T19:00:00.000Z  2030-08-02T19:00:00.000Z',
    ]);
  });

  test('splits the key into service and region; a service without one is global', () => {
    expect(reading.events.map(({ services, regions }) => [...services, ...regions].join(' '))).toEqual([
      'ec2 us-west-2',
      'dynamodb eu-west-1',
      'multipleservices us-east-1',
      'multipleservices us-east-1',
      'cloudfront global',
    ]);
  });

  test('decodes the five entities and character numbers outside CDATA, and no other', () => {
    expect([reading.events[2]?.title, reading.events[2]?.updates[0]?.text]).toEqual([
      'Errors & <timeouts> — &unknown;',
      'R&D: the zone is down.',
    ]);
  });

  test('sets bad items aside with their place', () => {
    expect(reading.rejected).toEqual([
      { place: 'item[7].pubDate', reason: 'pubDate is not a time: "the day before"' },
      { place: 'item[8].guid', reason: 'guid names no service' },
    ]);
  });

  test('reads one item as it reads many, and a quiet feed as empty', () => {
    expect(read('aws_rss', fixture('aws-one-item.rss')).events.map((event) => event.nativeId)).toEqual([
      'ec2-us-west-2_1930222800',
    ]);
    expect(read('aws_rss', fixture('aws-quiet.rss'))).toEqual({
      feedState: 'empty',
      reason: 'AWS status RSS is whole and lists no event.',
      events: [],
      rejected: [],
    });
  });

  test("another provider's quiet RSS is not AWS being quiet", () => {
    expect(read('aws_rss', fixture('other-quiet.rss')).feedState).toBe('unreadable');
  });

  test('a DOCTYPE with entities of its own is expanded nowhere', () => {
    const bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    const text = new TextDecoder().decode(fixture('aws-one-item.rss')).replace('<rss', `${bomb}<rss`);
    const reading = read(
      'aws_rss',
      bytesOf(text.replace('<![CDATA[All is well since 4:39 AM PST.]]>', '&b;')),
    );
    expect(reading.events[0]?.updates[0]?.text ?? reading.feedState).toBe('&b;');
  });
});

describe('Statuspage v2', () => {
  const reading = read('statuspage', fixture('statuspage-traps.json'));

  test('takes the worst of impact and components, any zone, and told apart from claimed', () => {
    expect(reading.events.map(line)).toEqual([
      'offsets issue open degraded 2031-03-02T12:00:00.000Z  2031-03-02T12:00:00.000Z',
      'backdated issue closed outage 2031-02-01T10:00:00.000Z 2031-02-01T12:00:00.000Z 2031-02-03T06:00:00.000Z',
      'planned maintenance upcoming information 2031-03-09T02:00:00.000Z  2031-03-01T00:00:00.000Z',
      'component:c1 issue open outage 2031-03-02T13:00:00.000Z  2031-03-02T13:00:00.000Z',
    ]);
  });

  test('skips groups, names their members in full, and keeps the page indicator from proving health', () => {
    expect(reading.events.map((event) => [event.title, event.services])).toEqual([
      ['Late data', ['API']],
      ['Told afterwards', []],
      ['Database upgrade', ['Web']],
      ['Storage - Buckets: major outage', ['Storage - Buckets']],
    ]);
  });

  test('sets bad items aside with their place', () => {
    expect(reading.rejected).toEqual([
      { place: 'incidents[2]', reason: 'not an incident object' },
      { place: 'components[4]', reason: 'a component without a name or a status' },
    ]);
  });

  test("takes incident.io's null lists for empty ones", () => {
    expect(read('statuspage', fixture('statuspage-incident-io-quiet.json')).feedState).toBe('empty');
  });

  test('a red indicator with nothing to explain it is an event of its own', () => {
    expect(read('statuspage', fixture('statuspage-status-only.json')).events.map(line)).toEqual([
      'page:p issue open outage   ',
    ]);
  });
});

describe('what is no whole document of the kind is unreadable, with the reason', () => {
  test.each<[FeedKind, string, string]>([
    ['gcp_incidents', '', 'The answer is empty.'],
    ['gcp_incidents', ' \n\t', 'The answer is empty.'],
    [
      'statuspage',
      '<!DOCTYPE html><html><body>Log in</body></html>',
      'The answer is an HTML page, not the feed.',
    ],
    ['aws_rss', '<html lang="en"><head></head></html>', 'The answer is an HTML page, not the feed.'],
    ['gcp_incidents', 'Service Unavailable', 'The answer is neither JSON nor XML.'],
    [
      'gcp_incidents',
      '{}',
      'The answer is not Google Cloud incidents.json: that is a JSON array of incidents.',
    ],
    [
      'gcp_incidents',
      '[1, 2]',
      'None of the 2 items could be read as Google Cloud incidents.json; the first, [0]: not an incident object.',
    ],
    [
      'statuspage',
      '{}',
      'The answer is not Statuspage v2: it lists neither incidents nor components nor a status.',
    ],
    [
      'statuspage',
      '{"incidents": "none"}',
      'The answer is not Statuspage v2: it lists neither incidents nor components nor a status.',
    ],
    [
      'statuspage',
      '{"status": [{"system": "Apps"}], "incidents": []}',
      'The answer is not Statuspage v2: it lists neither incidents nor components nor a status.',
    ],
    [
      'statuspage',
      '[]',
      'The answer is not Statuspage v2: it lists neither incidents nor components nor a status.',
    ],
    [
      'aws_rss',
      '<rss version="2.0"></rss>',
      'The answer is not AWS status RSS: it has no rss element with a channel of AWS.',
    ],
    [
      'aws_rss',
      '<?xml version="1.0"?>',
      'The answer is not complete, well-formed XML (line 1: Start tag expected).',
    ],
    ['aws_rss', '{"a": 1}', 'The answer is not AWS status RSS: it has no rss element with a channel of AWS.'],
    [
      'gcp_incidents',
      '[{"id": "a"',
      'The answer is cut off: its JSON stops after 11 characters, before it is complete.',
    ],
    ['gcp_incidents', '[{"id": oops}]', 'The answer is not valid JSON.'],
  ])('%s: %j', (kind, text, reason) => {
    const { rejected, ...rest } = read(kind, bytesOf(text));
    expect(rest).toEqual({ feedState: 'unreadable', reason, events: [] });
    expect(rejected.length).toBe(text === '[1, 2]' ? 2 : 0);
  });

  test('an empty array is an empty Google feed', () => {
    expect(read('gcp_incidents', bytesOf('[]')).feedState).toBe('empty');
  });

  test('bytes that are no text are unreadable', () => {
    expect(read('gcp_incidents', new Uint8Array([0x5b, 0xc3, 0x28, 0x5d])).reason).toBe(
      'The answer is not text: its bytes are not UTF-8.',
    );
  });

  test.each(['utf-16be', 'utf-16le', 'utf-8'] as const)('a byte-order mark decides: %s', (encoding) => {
    const text = new TextDecoder().decode(fixture('gcp-traps.json'));
    expect(read('gcp_incidents', encoded(text, encoding))).toEqual(
      read('gcp_incidents', fixture('gcp-traps.json')),
    );
  });
});

function encoded(text: string, encoding: 'utf-16be' | 'utf-16le' | 'utf-8'): Uint8Array {
  const marked = `\u{feff}${text}`;
  if (encoding === 'utf-8') return bytesOf(marked);
  const bytes = Buffer.from(marked, 'utf16le');
  return encoding === 'utf-16be' ? bytes.swap16() : bytes;
}

test('the kind of every fixture is detected from its bytes alone', () => {
  const told = fixtures().map(({ name, bytes }) => [name, detectKind(bytes)]);
  expect(told).toEqual(fixtures().map(({ name, kind }) => [name, name.startsWith('other-') ? null : kind]));
  expect(detectKind(bytesOf('[]'))).toBe(null);
});

/** Counted in the recordings with Python, apart from this program. */
const RECORDED: readonly {
  readonly file: string;
  readonly kind: FeedKind;
  /** Events, of them not over, updates, then outage, degraded and information. */
  readonly counts: readonly [number, number, number, number, number, number];
  readonly firstWord: string | null;
}[] = [
  {
    file: 'gcp/incidents_full_2025-06-12T1908Z.json',
    kind: 'gcp_incidents',
    counts: [111, 1, 528, 18, 31, 62],
    firstWord: '2024-06-12T21:48:24.000Z',
  },
  {
    file: 'gcp/incidents_full_2026-08-20.json',
    kind: 'gcp_incidents',
    counts: [5, 0, 42, 1, 3, 1],
    firstWord: '2026-02-27T16:12:30.000Z',
  },
  {
    file: 'gcp/gcp_incidents_2026-08.json',
    kind: 'gcp_incidents',
    counts: [2, 0, 23, 0, 2, 0],
    firstWord: '2026-07-14T20:24:18.000Z',
  },
  {
    file: 'gcp/incidents_legacy_schema_2020-12-14_first12.json',
    kind: 'gcp_incidents',
    counts: [12, 1, 44, 2, 10, 0],
    firstWord: '2020-11-10T22:33:27.000Z',
  },
  {
    file: 'gcp/checkmk_ended_but_still_affected_2023-03-10.json',
    kind: 'gcp_incidents',
    counts: [1, 0, 0, 0, 0, 1],
    firstWord: '2023-03-10T14:26:24.000Z',
  },
  {
    file: 'aws-rss/aws_all_2026-08-18.rss',
    kind: 'aws_rss',
    counts: [5, 4, 50, 3, 2, 0],
    firstWord: '2026-03-01T20:14:03.000Z',
  },
  {
    file: 'statuspage/raw_incidents/anthropic_incidents_raw.json',
    kind: 'statuspage',
    counts: [54, 0, 184, 20, 31, 3],
    firstWord: '2026-07-16T08:58:06.014Z',
  },
  {
    file: 'statuspage/raw_incidents/atlassian_incidents_raw.json',
    kind: 'statuspage',
    counts: [34, 0, 109, 7, 1, 26],
    firstWord: '2019-05-07T12:56:14.319Z',
  },
  {
    file: 'statuspage/raw_incidents/datadog_incidents_raw.json',
    kind: 'statuspage',
    counts: [50, 0, 259, 27, 21, 2],
    firstWord: '2025-10-14T17:14:52.821Z',
  },
  {
    file: 'statuspage/raw_incidents/digitalocean_incidents_raw.json',
    kind: 'statuspage',
    counts: [52, 0, 162, 8, 35, 9],
    firstWord: '2026-04-10T20:32:35.103Z',
  },
  {
    file: 'statuspage/raw_incidents/github_incidents_raw.json',
    kind: 'statuspage',
    counts: [51, 0, 334, 20, 29, 2],
    firstWord: '2026-06-17T17:57:49.252Z',
  },
  {
    file: 'statuspage/raw_incidents/openai_incidentio_incidents_raw.json',
    kind: 'statuspage',
    counts: [30, 0, 112, 0, 27, 3],
    firstWord: '2026-07-23T15:36:03.000Z',
  },
  {
    file: 'statuspage/raw_incidents/stripe_incidents_raw.json',
    kind: 'statuspage',
    counts: [50, 0, 114, 24, 22, 4],
    firstWord: '2025-12-22T06:55:17.859Z',
  },
  {
    file: 'statuspage/github_incidents_2026-08.json',
    kind: 'statuspage',
    counts: [5, 0, 52, 2, 3, 0],
    firstWord: '2026-08-13T14:43:25.299Z',
  },
  {
    file: 'statuspage/summary_github_indicator_none_with_open_incident_2026-09-23_trimmed.json',
    kind: 'statuspage',
    counts: [1, 1, 1, 0, 1, 0],
    firstWord: null,
  },
];

/** The same table for our own fixtures, which are everywhere and have bad items. */
const OWN: typeof RECORDED = [
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
];

const present = recording('gcp/incidents_full_2026-08-20.json') !== null;
test.each([...OWN, ...(present ? RECORDED : [])])('$file parses to the numbers counted in it', (row) => {
  const own = OWN.includes(row);
  const bytes = own ? fixture(row.file) : recording(row.file);
  if (bytes === null) throw new Error(`${row.file} is missing`);
  const { feedState, events, rejected } = read(row.kind, bytes);
  const severity = (mapped: string) => events.filter((event) => event.severity.mapped === mapped).length;
  expect([feedState, detectKind(bytes), rejected.length > 0]).toEqual(['ok', row.kind, own]);
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
