import { expect, test } from 'vitest';
import { parsePubDate } from '../../../main/adapters/feeds/aws-time.ts';
import { detectKind } from '../../../main/adapters/feeds/registry.ts';
import { bytesOf, fixture, line, read } from './fixtures.ts';

const reading = read('aws_public_events', fixture('aws_public_events.traps.json'));

test('tells the state from the services, whatever the peak in "status"; seconds and milliseconds by size', () => {
  expect(reading.events.map((event) => line(event).replace(/^.*SYNTHETIC\//, ''))).toEqual([
    'open_in_ms issue open outage 2031-03-02T12:05:00.000Z  2031-03-02T12:27:00.000Z',
    'peak_status_but_back issue closed degraded 2031-03-01T13:20:00.000Z 2031-03-01T14:20:00.000Z 2031-03-01T13:20:00.000Z',
    'ended issue closed degraded 2031-03-01T10:00:00.000Z 2031-03-01T11:00:00.000Z 2031-03-01T10:00:00.000Z',
    'no_log issue open information 2031-03-02T11:06:40.000Z  2031-03-02T11:06:40.000Z',
    'bad_post issue closed information 2031-03-02T11:06:40.000Z 2031-03-02T11:06:40.000Z 2031-03-02T11:06:40.000Z',
  ]);
});

test('names the impacted services, else its own; the region comes from the ARN', () => {
  expect(reading.events.map(({ services, regions }) => [...services, ...regions].join(', '))).toEqual([
    'AWS Security Token Service, Amazon Elastic Compute Cloud, us-west-2',
    'Amazon Elastic Compute Cloud, eu-west-1',
    'AWS Lambda, us-east-1',
    'Amazon CloudFront, global',
    's3, us-east-2',
  ]);
});

test('sets bad items and bad posts aside with their place', () => {
  expect(reading.rejected).toEqual([
    { place: '[4].date', reason: 'date is not a time: "soon"' },
    { place: '[5]', reason: 'not an event object' },
    { place: '[6].event_log[0]', reason: 'not an update object' },
  ]);
});

test('is read the same in big-endian UTF-16, as AWS sends it; an empty array is a quiet AWS', () => {
  const text = `\u{feff}${new TextDecoder().decode(fixture('aws_public_events.traps.json'))}`;
  expect(read('aws_public_events', Buffer.from(text, 'utf16le').swap16())).toEqual(reading);
  expect(read('aws_public_events', bytesOf('[]')).feedState).toBe('empty');
  expect(read('aws_public_events', bytesOf('{}')).reason).toBe(
    'The answer is not AWS public events JSON: that is a JSON array of events, or the older object of current and archive.',
  );
});

test('the older data.json: when a post was made is told by its own clock, not by a date hours ahead', () => {
  const older = read('aws_public_events', fixture('aws_public_events.data-json.json'));
  expect(older.events.map(line)).toEqual([
    'kinesis-us-east-1_1930221360 issue open degraded 2031-03-02T20:34:07.000Z  2031-03-02T12:36:00.000Z',
    'cloudfront_1930212000 issue closed information 2031-03-02T10:00:00.000Z 2031-03-03T09:00:00.000Z 2031-03-02T10:00:00.000Z',
    'ec2-us-east-2_1927698600 issue closed information 2031-02-01T07:10:00.000Z 2031-02-01T08:20:00.000Z 2031-02-01T07:50:00.000Z',
  ]);
  expect(older.events[0]?.updates[0]?.text).toBe('We are investigating R&D.');
  expect(older.rejected).toEqual([{ place: 'current[2]', reason: 'no date' }]);
});

test('the past events of the public page, by service, are read as they are', () => {
  const all: unknown = JSON.parse(new TextDecoder().decode(fixture('aws_public_events.traps.json')));
  const [first, second] = Array.isArray(all) ? (all as readonly unknown[]) : [];
  const past = bytesOf(JSON.stringify({ 'ec2-us-west-2': [first], 'sts-us-west-2': [second] }));
  expect(detectKind(past)).toBe('aws_public_events');
  const now = read('aws_public_events', bytesOf(JSON.stringify([first, second]))).events;
  expect(read('aws_public_events', past).events).toEqual(now);
  expect(detectKind(bytesOf('{"weather": [], "tides": []}'))).toBe(null);
});

test.each<[string, string | null]>([
  ['Mon, 17 Aug 2026 21:01:19 PDT', '2026-08-18T04:01:19.000Z'],
  // The hour that there is twice when summer time ends is told apart by its name.
  ['Sun, 01 Nov 2026 01:30:00 PDT', '2026-11-01T08:30:00.000Z'],
  ['Sun, 01 Nov 2026 01:30:00 PST', '2026-11-01T09:30:00.000Z'],
  ['Thu, 06 Aug 2026 01:09:00 Z', '2026-08-06T01:09:00.000Z'],
  ['Thu, 06 Aug 2026 03:09:00 CEST', '2026-08-06T01:09:00.000Z'],
  ['06 Aug 2026 10:09 JST', '2026-08-06T01:09:00.000Z'],
  ['Thu, 06 Aug 2026 06:39:00 +05:30', '2026-08-06T01:09:00.000Z'],
  ['Thu, 06 Aug 2026 06:39:00 IST', null],
  ['Thu, 31 Jun 2026 06:39:00 GMT', null],
  ['2026-08-06', null],
])('a date of RSS, "%s", is %s', (text, at) => {
  expect(parsePubDate(text)).toBe(at);
});
