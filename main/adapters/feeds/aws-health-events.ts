import type { ProviderEvent } from '../../core/feeds/model.ts';
import type { Instant } from '../../core/time.ts';
import type { FeedAdapter } from './adapter.ts';
import { healthItems, isHealthItem, unwrapped, type HealthItem } from './aws-health-shapes.ts';
import { regionOfArn } from './aws-key.ts';
import { startInProse } from './aws-time.ts';
import { BadItem, isRecord, listField, textField, unique, type UnknownRecord } from './fields.ts';
import { jsonFeed } from './json-feed.ts';
import { momentField } from './moments.ts';
import { awsZones } from './zones.ts';
import type { Rejected } from './reading.ts';

/**
 * AWS Health as people save or paste it: the output of `aws health describe-events` and `describe-event-details` (also
 * for an organization), and events of EventBridge, one or many. Times are epoch seconds, ISO 8601 or RFC 1123. Shapes
 * as in the AWS Health API reference and in "Monitoring AWS Health events with Amazon EventBridge", whose own example
 * is "open" with a text that begins with [RESOLVED].
 */
export const awsHealthEvents: FeedAdapter = jsonFeed({
  kind: 'aws_health_events',
  title: 'AWS Health events',
  shape: 'that is the output of describe-events or describe-event-details, or an event of EventBridge',
  itemsOf: healthItems,
  isItem: isHealthItem,
  joins: true,
  readItem: (item, place, rejected, { fetchedAt }) =>
    readEvent(unwrapped(item, place), place, rejected, fetchedAt),
});

function readEvent(
  { event, description, scope, accounts }: HealthItem,
  place: string,
  rejected: Rejected[],
  now: Instant,
): ProviderEvent | null {
  const nativeId = textField(event, 'arn') || textField(event, 'eventArn');
  if (nativeId === '') throw new BadItem(place, 'no arn');
  notePages(event, place, rejected);
  const start = momentField(event, 'startTime', place);
  const end = momentField(event, 'endTime', place);
  const lastUpdate = momentField(event, 'lastUpdatedTime', place) ?? end ?? start;
  const resolved = /(?:^|\n)\s*\[RESOLVED\]/i.test(description);
  const lifecycle = lifecycleOf(event, resolved, start, now);
  const service = textField(event, 'service').replace(/^AWS_/, '');
  const region = textField(event, 'eventRegion') || textField(event, 'region') || regionOfArn(nativeId);
  const zone = textField(event, 'availabilityZone');
  const entities = listField(event, 'affectedEntities').flatMap((each) =>
    isRecord(each) ? [textField(each, 'entityValue')] : [],
  );
  return {
    provider: 'aws',
    nativeId,
    title: titleOf(event, description),
    kind: KINDS[textField(event, 'eventTypeCategory')] ?? 'issue',
    lifecycle,
    severity: { native: textField(event, 'eventTypeCategory'), mapped: 'unknown' },
    services: unique([service]),
    regions: unique([region ?? '']),
    claimedStart: (start === null || description === '' ? null : startTold(description, start)) ?? start,
    claimedEnd: end ?? (lifecycle === 'closed' ? lastUpdate : null),
    // AWS's start is the moment of its first post: 22 minutes after the impact that its own text tells, on 2020-12-14.
    // A planned change is told before its start.
    publishedAt: lifecycle === 'upcoming' ? lastUpdate : start,
    lastUpdate,
    updates:
      description === ''
        ? []
        : [{ at: lastUpdate, text: description, status: textField(event, 'statusCode') }],
    url: 'https://health.aws.amazon.com/health/home',
    scope,
    ...(accounts.length === 0 ? {} : { accounts: [...accounts] }),
    ...(zone === '' ? awsZones([description]) : { zones: [zone] }),
    ...(entities.length === 0 ? {} : { resources: unique(entities) }),
  };
}

const KINDS: Readonly<Record<string, ProviderEvent['kind']>> = {
  issue: 'issue',
  investigation: 'issue',
  scheduledChange: 'maintenance',
  accountNotification: 'notice',
};

function lifecycleOf(
  event: UnknownRecord,
  resolved: boolean,
  start: Instant | null,
  now: Instant,
): ProviderEvent['lifecycle'] {
  const status = textField(event, 'statusCode');
  if (status === 'closed' || resolved) return 'closed';
  if (status === 'upcoming') return 'upcoming';
  const planned = textField(event, 'eventTypeCategory') === 'scheduledChange';
  return planned && start !== null && start > now ? 'upcoming' : 'open';
}

/** The first line of the text where it is a title, else the type in words: `AWS_EC2_OPERATIONAL_ISSUE`. */
function titleOf(event: UnknownRecord, description: string): string {
  const first = description.split('\n').find((line) => line.trim() !== '') ?? '';
  const line = first.replace(/^\s*\[RESOLVED\]\s*/i, '').trim();
  const type = textField(event, 'eventTypeCode') || 'AWS Health event';
  return line !== '' && line.length <= 120 && !/^Current severity level/i.test(line)
    ? line
    : type.replaceAll('_', ' ');
}

/** The last line that tells a start corrects the others; starts after the first post are other stories. */
function startTold(description: string, posted: Instant): Instant | null {
  const zone = /\b(PDT|PST)\b/.exec(description)?.[1];
  const told = description
    .split('\n')
    .slice(0, 200)
    .flatMap((line) => {
      const words = line.replace(/^\s*\[[^\]]{1,30}\]\s*/, '');
      return startInProse(zone === undefined ? words : `${words} ${zone}`, posted) ?? [];
    });
  return told.at(-1) ?? null;
}

/** EventBridge cuts an event with many resources into pages, numbered in texts. */
function notePages(event: UnknownRecord, place: string, rejected: Rejected[]): void {
  const total = Number(textField(event, 'totalPages') || '1');
  if (!(total > 1)) return;
  rejected.push({
    place: `${place}.totalPages`,
    reason: `page ${textField(event, 'page')} of ${total}: the resources on the others are not here`,
  });
}
