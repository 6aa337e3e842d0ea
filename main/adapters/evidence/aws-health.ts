import type { LogRecord } from '../../core/evidence/model.ts';
import { type Instant, instantOf, parseInstant } from '../../core/time.ts';
import { type EvidenceAdapter, type Head, type NotTaken, type Recognition, rejected } from './adapter.ts';
import { asList, asObject, asText, bounded, type Json, type JsonObject } from './json.ts';

/**
 * Events of AWS Health: `describe-events` and `describe-event-details` as the CLI prints them, and what EventBridge
 * delivers. They are the provider's own words about our account, and no changes of ours.
 * Fields: https://docs.aws.amazon.com/health/latest/APIReference/API_Event.html
 */
export const awsHealth: EvidenceAdapter = {
  id: 'aws_health',
  recognise,
  read(value, contentId) {
    const outer = asObject(value);
    if (outer === null) return rejected('not an object');
    const event = asObject(outer['detail']) ?? asObject(outer['event']) ?? outer;
    return readEvent(event, outer, contentId);
  },
  notes: () => ['AWS Health names events of this account; one that it does not show may still be there.'],
};

function recognise({ paths }: Head): Recognition | null {
  const isEvent = (at: string): boolean =>
    paths.has(`${at}eventTypeCode`) && paths.has(`${at}eventTypeCategory`) && paths.has(`${at}startTime`);
  const found = (container: (Recognition & { kind: 'records' })['container']): Recognition => ({
    kind: 'records',
    recognisedAs: 'aws_health',
    container,
  });
  if (paths.has('entities[].eventArn') && paths.has('entities[].entityValue')) {
    return {
      kind: 'skipped',
      recognisedAs: 'aws_health_entities',
      note: 'Which of our things events of AWS Health affect, without the events: import those.',
    };
  }
  if (isEvent('events[].')) return found({ kind: 'wrapped', key: 'events' });
  if (isEvent('successfulSet[].event.')) return found({ kind: 'wrapped', key: 'successfulSet' });
  if (isEvent('[].') || isEvent('[].detail.')) return found({ kind: 'list' });
  return isEvent('') || isEvent('detail.') ? found({ kind: 'sequence' }) : null;
}

function readEvent(event: JsonObject, outer: JsonObject, contentId: () => string): LogRecord | NotTaken {
  const code = asText(event['eventTypeCode']);
  if (code === '') return rejected('no eventTypeCode of AWS Health');
  const at = instantIn(event['startTime']);
  if (at === null) return rejected('startTime is missing or is not a time');
  const category = asText(event['eventTypeCategory']);
  const arn = asText(event['arn']) || asText(event['eventArn']);
  const status = asText(event['statusCode']);
  const end = instantIn(event['endTime']);
  const affected = asList(event['affectedEntities']).map((entity) =>
    asText(asObject(entity)?.['entityValue']),
  );
  const region = asText(event['region']) || asText(event['eventRegion']) || asText(outer['region']);
  const words = [
    category,
    status,
    end === null ? '' : `until ${end}`,
    descriptionOf(event) || descriptionOf(outer),
  ];
  return {
    // The same event with another state says something new.
    id: arn === '' ? contentId() : bounded(`${arn}:${status}`, 512),
    at,
    source: 'health.amazonaws.com',
    name: bounded(code, 128),
    region: region === 'global' ? '' : bounded(region, 64),
    account: bounded(asText(event['affectedAccount']) || asText(outer['account']), 64),
    principal: 'health.amazonaws.com',
    actor: 'service',
    sourceIp: '',
    userAgent: '',
    readOnly: true,
    errorCode: null,
    errorMessage: null,
    resources: [arn, ...affected]
      .filter((name) => name !== '')
      .slice(0, 20)
      .map((name) => bounded(name, 512)),
    flags: category === 'issue' || category === 'investigation' ? ['provider_issue'] : [],
    detail: bounded(words.filter((word) => word !== '').join('; '), 300),
  };
}

function descriptionOf(object: JsonObject): string {
  const description = asObject(asList(object['eventDescription'])[0]);
  return asText(description?.['latestDescription'])
    .replace(/(\\n|\s)+/g, ' ')
    .trim();
}

/** The CLI prints seconds since 1970 or ISO 8601, EventBridge `Thu, 1 Nov 2018 22:00:00 GMT`. */
function instantIn(value: Json | undefined): Instant | null {
  if (typeof value === 'number')
    return value > 0 && value < 1e11 ? instantOf(Math.round(value * 1000)) : null;
  const text = asText(value);
  const mail = /^[A-Z][a-z]{2}, (\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2}) GMT$/.exec(text);
  if (mail === null) return parseInstant(text);
  const ms = Date.parse(`${mail[1] ?? ''} GMT`);
  return Number.isNaN(ms) ? null : instantOf(ms);
}
