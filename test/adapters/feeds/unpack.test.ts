import { describe, expect, test } from 'vitest';
import { identify } from '../../../main/adapters/feeds/identify.ts';
import { unpack } from '../../../main/adapters/feeds/unpack.ts';
import { bytesOf, fixture, read } from './fixtures.ts';

const EVENT = {
  'detail-type': 'AWS Health Event',
  source: 'aws.health',
  detail: {
    eventArn: 'arn:aws:health:us-west-2::event/EC2/SYNTHETIC/one',
    service: 'EC2',
    eventTypeCode: 'AWS_EC2_OPERATIONAL_ISSUE',
    eventTypeCategory: 'issue',
    statusCode: 'open',
    eventRegion: 'us-west-2',
    startTime: 'Mon, 02 Mar 2031 12:27:00 GMT',
    eventDescription: [{ language: 'en_US', latestDescription: 'We are investigating.' }],
  },
};
const OTHER = { ...EVENT, detail: { ...EVENT.detail, eventArn: `${EVENT.detail.eventArn}-2` } };
const text = JSON.stringify(EVENT);
const sns = { Type: 'Notification', TopicArn: 'arn:aws:sns:us-east-1:1:t', Message: text };

/** How it was unpacked, its kind, and the events that it then tells of. */
function taken(given: unknown): readonly [string, string | undefined, readonly string[]] {
  const { bytes, how } = unpack(bytesOf(typeof given === 'string' ? given : JSON.stringify(given)));
  const kind = identify(bytes)?.kind;
  const events = kind === undefined ? [] : read(kind, bytes).events;
  return [how, kind, events.map(({ nativeId }) => nativeId.split('/').at(-1) ?? '')];
}

describe('a document inside another is taken out', () => {
  test.each<[string, unknown, string, readonly string[]]>([
    ['plain', EVENT, '', ['one']],
    ['pretty-printed over lines', JSON.stringify(EVENT, null, 2), '', ['one']],
    ['a message of SNS', sns, 'a message', ['one']],
    [
      'a message of SQS that carries one of SNS',
      { Messages: [{ Body: JSON.stringify(sns) }] },
      'a message',
      ['one'],
    ],
    [
      'what a function was called with',
      { Records: [{ Sns: { Message: text } }, { Sns: { Message: JSON.stringify(OTHER) } }] },
      '2 messages',
      ['one', 'one-2'],
    ],
    ['one event per line', `${text}\n${JSON.stringify(OTHER)}\n`, '2 lines', ['one', 'one-2']],
    [
      'one message per line',
      `${JSON.stringify(sns)}\r\n${JSON.stringify(OTHER)}`,
      '2 lines',
      ['one', 'one-2'],
    ],
    [
      'a block out of a chat',
      `AWS says:\n\`\`\`json\n${JSON.stringify(EVENT, null, 1)}\n\`\`\`\n`,
      'a code block',
      ['one'],
    ],
  ])('%s', (_, given, how, events) => {
    expect(taken(given)).toEqual([how, 'aws_health_events', events]);
  });

  test('entries of Cloud Logging, whose lists are written as text', () => {
    const entry = {
      insertId: 'x',
      timestamp: '2031-03-02T12:20:00.722035096Z',
      logName: 'projects/p/logs/servicehealth.googleapis.com%2Factivity',
      resource: {
        type: 'servicehealth.googleapis.com/Event',
        labels: { resource_container: '1', event_id: 'E1' },
      },
      jsonPayload: {
        '@type': 'type.googleapis.com/google.cloud.servicehealth.logging.v1.EventLog',
        category: 'INCIDENT',
        title: 'Errors in Cloud Run',
        description: 'We see errors.',
        state: 'ACTIVE',
        detailedState: 'CONFIRMED',
        relevance: 'IMPACTED',
        impactedProducts: "['Cloud Run', 'Cloud Storage']",
        impactedLocations: "['europe-west4']",
        startTime: '2031-03-02T12:00:00Z',
        updateTime: '2031-03-02T12:20:00Z',
      },
    };
    for (const given of [entry, [entry], { entries: [entry] }]) {
      const { bytes, how } = unpack(bytesOf(JSON.stringify(given)));
      expect(how).toBe('a log entry');
      const [event] = read('gcp_service_health', bytes).events;
      expect([
        event?.services,
        event?.regions,
        event?.claimedStart,
        event?.publishedAt,
        event?.lifecycle,
      ]).toEqual([
        ['Cloud Run', 'Cloud Storage'],
        ['europe-west4'],
        '2031-03-02T12:00:00.000Z',
        '2031-03-02T12:20:00.000Z',
        'open',
      ]);
    }
  });
});

test.each<[string, string]>([
  ['lines of which the last is cut off', `${text}\n${text.slice(0, -20)}`],
  ['a message whose inside is cut off', JSON.stringify({ ...sns, Message: text.slice(0, -20) })],
  ['a message about something else', JSON.stringify({ ...sns, Message: 'hello' })],
  ['words', 'All is well, says AWS.'],
  ['nothing but lines', '\n\n\n'],
])('%s is left as it is', (_, given) => {
  const { bytes, how } = unpack(bytesOf(given));
  expect([how, new TextDecoder().decode(bytes)]).toEqual(['', given]);
});

test.each<[string, string, string | null]>([
  ['statuspage-traps.json', 'Statuspage v2', 'Example'],
  ['statuspage-incident-io-quiet.json', 'incident.io, in Statuspage’s format', 'Example'],
  ['slack.traps.json', 'Slack status', null],
])('%s is told by its content', (file, format, name) => {
  const told = identify(fixture(file));
  expect([told?.format, told?.name]).toEqual([format, name]);
});
