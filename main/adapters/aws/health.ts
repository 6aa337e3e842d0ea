import {
  DescribeEventDetailsCommand,
  HealthClient,
  paginateDescribeAffectedEntities,
  paginateDescribeEvents,
  type AffectedEntity,
  type Event,
  type EventDetails,
  type HealthClientConfig,
} from '@aws-sdk/client-health';
import { ok, type Result } from '../../core/result.ts';
import { addMinutes, type Instant } from '../../core/time.ts';
import type { FetchFailure } from '../feeds/fetch.ts';
import { healthFailure, mayHaveMoved } from './health-failure.ts';
import { activeRegion, type LookUp } from './health-region.ts';

/** How AWS Health is asked. Only tests give more than the clock. */
export interface HealthRequest {
  readonly now: () => Instant;
  readonly signal?: AbortSignal;
  /** Handed to the client as it is: an endpoint on loopback, credentials of a test. */
  readonly client?: Pick<HealthClientConfig, 'endpoint' | 'credentials' | 'maxAttempts'>;
  readonly lookUp?: LookUp;
  /** Milliseconds for everything together. */
  readonly totalMs?: number;
}

/** What the account's AWS Health says, as bytes that the kind `aws_health_events` reads. */
export interface HealthAnswer {
  readonly bytes: Uint8Array;
  readonly fetchedAt: Instant;
  /** The region that answered. */
  readonly region: string;
}

const TOTAL_MS = 15_000;
/** Events older than this without an update are left out. */
const DAYS_BACK = 7;
const PAGE_SIZE = 100;
const MOST_PAGES = 20;
/** Details are asked for ten at a time, the most that AWS takes, and for this many events, latest first. */
const ARNS_AT_ONCE = 10;
const MOST_DETAILS = 100;

/**
 * Asks the AWS Health API for this account's events of the last week with their texts and affected entities. Credentials
 * come from the SDK's own chain (environment, profile, SSO) and go nowhere else. Every failure is a value; the
 * active region is looked up anew once when the first answer suggests that it has moved.
 */
export async function fetchAwsHealth(request: HealthRequest): Promise<Result<HealthAnswer, FetchFailure>> {
  const deadline = AbortSignal.timeout(request.totalMs ?? TOTAL_MS);
  const signal = request.signal === undefined ? deadline : AbortSignal.any([deadline, request.signal]);
  const region = await activeRegion(request.lookUp);
  const first = await askIn(region, request, signal);
  if (first.ok || !mayHaveMoved(first.error.cause)) return stripped(first);
  const other = await activeRegion(request.lookUp);
  return stripped(other === region ? first : await askIn(other, request, signal));
}

interface Attempt {
  readonly failure: FetchFailure;
  readonly cause: unknown;
}

function stripped(attempt: Result<HealthAnswer, Attempt>): Result<HealthAnswer, FetchFailure> {
  return attempt.ok ? attempt : { ok: false, error: attempt.error.failure };
}

async function askIn(
  region: string,
  request: HealthRequest,
  signal: AbortSignal,
): Promise<Result<HealthAnswer, Attempt>> {
  const client = new HealthClient({ maxAttempts: 3, ...request.client, region });
  let operation = 'DescribeEvents';
  try {
    const { events, more } = await eventsOf(client, addMinutes(request.now(), -DAYS_BACK * 1440), signal);
    operation = 'DescribeEventDetails';
    const details = await detailsOf(client, events, signal);
    operation = 'DescribeAffectedEntities';
    const entities = await entitiesOf(client, events, signal);
    const document = documentOf(events, details, entities, more || entities.more);
    const bytes = new TextEncoder().encode(JSON.stringify(document, null, 1));
    return ok({ bytes, fetchedAt: request.now(), region });
  } catch (cause) {
    return { ok: false, error: { failure: healthFailure(cause, operation), cause } };
  } finally {
    client.destroy();
  }
}

/** All pages up to the bound. A page that repeats its token would go on for ever: then, too, there is more unseen. */
async function eventsOf(client: HealthClient, since: Instant, abortSignal: AbortSignal) {
  const events: Event[] = [];
  let pages = 0;
  let more = false;
  const input = { filter: { lastUpdatedTimes: [{ from: new Date(since) }] } };
  const config = { client, pageSize: PAGE_SIZE, stopOnSameToken: true };
  for await (const page of paginateDescribeEvents(config, input, { abortSignal })) {
    events.push(...(page.events ?? []));
    pages += 1;
    more = page.nextToken !== undefined;
    if (pages === MOST_PAGES) break;
  }
  return { events, more };
}

interface Details {
  readonly successful: readonly EventDetails[];
  readonly failed: readonly unknown[];
}

async function detailsOf(
  client: HealthClient,
  events: readonly Event[],
  abortSignal: AbortSignal,
): Promise<Details> {
  const successful: EventDetails[] = [];
  const failed: unknown[] = [];
  for (const eventArns of chunksOf(events)) {
    const answer = await client.send(new DescribeEventDetailsCommand({ eventArns }), { abortSignal });
    successful.push(...(answer.successfulSet ?? []));
    failed.push(...(answer.failedSet ?? []));
  }
  return { successful, failed };
}

async function entitiesOf(client: HealthClient, events: readonly Event[], abortSignal: AbortSignal) {
  const entities: AffectedEntity[] = [];
  let more = false;
  const own = events.filter((event) => event.eventScopeCode !== 'PUBLIC');
  for (const eventArns of chunksOf(own)) {
    let pages = 0;
    const config = { client, pageSize: PAGE_SIZE, stopOnSameToken: true };
    for await (const page of paginateDescribeAffectedEntities(
      config,
      { filter: { eventArns } },
      { abortSignal },
    )) {
      entities.push(...(page.entities ?? []));
      pages += 1;
      if (pages === MOST_PAGES) break;
    }
    more ||= pages === MOST_PAGES;
  }
  return { entities, more };
}

function chunksOf(events: readonly Event[]): readonly string[][] {
  const arns = [...new Set(events.flatMap((event) => event.arn ?? []))].slice(0, MOST_DETAILS);
  const count = Math.ceil(arns.length / ARNS_AT_ONCE);
  return Array.from({ length: count }, (_, index) =>
    arns.slice(index * ARNS_AT_ONCE, (index + 1) * ARNS_AT_ONCE),
  );
}

/** In the shape of describe-event-details, entities beside each event. An event without details is kept as it was listed. */
function documentOf(
  events: readonly Event[],
  { successful, failed }: Details,
  { entities }: { readonly entities: readonly AffectedEntity[] },
  more: boolean,
): unknown {
  const detailOf = new Map(successful.map((detail) => [detail.event?.arn, detail]));
  const successfulSet = events.map((event) => ({
    event,
    ...detailOf.get(event.arn),
    affectedEntities: entities.filter((entity) => entity.eventArn === event.arn),
  }));
  return { successfulSet, failedSet: failed, ...(more ? { nextToken: 'more' } : {}) };
}
