import { describe, expect, test } from 'vitest';
import { detectKind } from '../../../main/adapters/feeds/registry.ts';
import type { FeedKind } from '../../../main/core/feeds/model.ts';
import { bytesOf, fixture, fixtures, line, read } from './fixtures.ts';

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
