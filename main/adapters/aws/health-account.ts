import {
  DescribeEventDetailsCommand,
  paginateDescribeAffectedEntities,
  paginateDescribeEvents,
  type AffectedEntity,
  type Event,
  type EventDetails,
} from '@aws-sdk/client-health';
import {
  gathered,
  inTens,
  MOST_DETAILS,
  orNote,
  PAGE_SIZE,
  type Asking,
  type Gathered,
  type NotAsked,
} from './health-view.ts';

/** What one account's AWS Health says, in the shape of describe-event-details with the entities beside each event. */
export async function accountView(asking: Asking): Promise<unknown> {
  const { client, since, signal, begin } = asking;
  begin('DescribeEvents');
  const listed = await gathered(
    paginateDescribeEvents(
      { client, pageSize: PAGE_SIZE, stopOnSameToken: true },
      { filter: { lastUpdatedTimes: [{ from: since }] } },
      { abortSignal: signal },
    ),
    (page) => page.events,
  );
  begin('DescribeEventDetails');
  const details = await detailsOf(asking, arnsOf(listed.items));
  const notes: NotAsked[] = [];
  const own = listed.items.filter((event) => event.eventScopeCode !== 'PUBLIC');
  const entities = await orNote<Gathered<AffectedEntity>>(
    'DescribeAffectedEntities',
    { items: [], more: false },
    notes,
    () => entitiesOf(asking, arnsOf(own)),
  );
  const detailOf = new Map(details.successful.map((detail) => [detail.event?.arn, detail]));
  return {
    // An event without details is kept as it was listed.
    successfulSet: listed.items.map((event) => ({
      event,
      ...detailOf.get(event.arn),
      affectedEntities: entities.items.filter((entity) => entity.eventArn === event.arn),
    })),
    failedSet: details.failed,
    notAsked: notes,
    ...(listed.more || entities.more ? { nextToken: 'more' } : {}),
  };
}

function arnsOf(events: readonly Event[]): readonly string[] {
  return [...new Set(events.flatMap((event) => event.arn ?? []))].slice(0, MOST_DETAILS);
}

interface Details {
  readonly successful: readonly EventDetails[];
  readonly failed: readonly unknown[];
}

async function detailsOf({ client, signal }: Asking, arns: readonly string[]): Promise<Details> {
  const successful: EventDetails[] = [];
  const failed: unknown[] = [];
  for (const eventArns of inTens(arns)) {
    const command = new DescribeEventDetailsCommand({ eventArns: [...eventArns] });
    const answer = await client.send(command, { abortSignal: signal });
    successful.push(...(answer.successfulSet ?? []));
    failed.push(...(answer.failedSet ?? []));
  }
  return { successful, failed };
}

async function entitiesOf(
  { client, signal }: Asking,
  arns: readonly string[],
): Promise<Gathered<AffectedEntity>> {
  const items: AffectedEntity[] = [];
  let more = false;
  for (const eventArns of inTens(arns)) {
    const found = await gathered(
      paginateDescribeAffectedEntities(
        { client, pageSize: PAGE_SIZE, stopOnSameToken: true },
        { filter: { eventArns: [...eventArns] } },
        { abortSignal: signal },
      ),
      (page) => page.entities,
    );
    items.push(...found.items);
    more ||= found.more;
  }
  return { items, more };
}
