import {
  DescribeEventDetailsForOrganizationCommand,
  paginateDescribeAffectedAccountsForOrganization,
  paginateDescribeAffectedEntitiesForOrganization,
  paginateDescribeEventsForOrganization,
  type AffectedEntity,
  type EventAccountFilter,
  type OrganizationEvent,
  type OrganizationEventDetails,
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

/** The organisation's operations are throttled sooner than the account's, and accounts are asked for event by event. */
const MOST_ACCOUNT_QUESTIONS = 25;
/** Pairs of event and account whose entities are asked for. */
const MOST_ENTITY_QUESTIONS = 50;

/**
 * What AWS Health says of every account of an organisation. An event that is specific to accounts must be asked for with
 * one of them, a public one without. Unlike the account's filter, which takes lists of ranges, this one takes a range.
 */
export async function organizationView(asking: Asking): Promise<unknown> {
  const { client, since, signal, begin } = asking;
  begin('DescribeEventsForOrganization');
  const listed = await gathered(
    paginateDescribeEventsForOrganization(
      { client, pageSize: PAGE_SIZE, stopOnSameToken: true },
      { filter: { lastUpdatedTime: { from: since } } },
      { abortSignal: signal },
    ),
    (page) => page.events,
  );
  const notes: NotAsked[] = [];
  const accounts = new Map<string, readonly string[]>();
  let more = listed.more;
  const specific = listed.items.filter(isSpecific).flatMap((event) => event.arn ?? []);
  await orNote('DescribeAffectedAccountsForOrganization', null, notes, async () => {
    for (const eventArn of specific.slice(0, MOST_ACCOUNT_QUESTIONS)) {
      const found = await accountsOf(asking, eventArn);
      accounts.set(eventArn, found.items);
      more ||= found.more;
    }
    return null;
  });
  begin('DescribeEventDetailsForOrganization');
  const details = await detailsOf(asking, listed.items, accounts);
  const entities = await orNote<Gathered<AffectedEntity>>(
    'DescribeAffectedEntitiesForOrganization',
    { items: [], more: false },
    notes,
    () => entitiesOf(asking, accounts),
  );
  const detailOf = new Map(details.successful.map((detail) => [detail.event?.arn, detail]));
  const unasked = specific.length - accounts.size;
  if (unasked > 0)
    notes.push({
      operation: 'DescribeAffectedAccountsForOrganization',
      reason:
        unasked === 1
          ? 'The accounts of one more event were not asked for.'
          : `The accounts of ${unasked} more events were not asked for.`,
    });
  return {
    successfulSet: listed.items.map((event) => ({
      event,
      ...detailOf.get(event.arn),
      affectedAccounts: accounts.get(event.arn ?? '') ?? [],
      affectedEntities: entities.items.filter((entity) => entity.eventArn === event.arn),
    })),
    failedSet: details.failed,
    notAsked: notes,
    ...(more || entities.more ? { nextToken: 'more' } : {}),
  };
}

function isSpecific(event: OrganizationEvent): boolean {
  return event.eventScopeCode === 'ACCOUNT_SPECIFIC';
}

function accountsOf({ client, signal }: Asking, eventArn: string): Promise<Gathered<string>> {
  return gathered(
    paginateDescribeAffectedAccountsForOrganization(
      { client, pageSize: PAGE_SIZE, stopOnSameToken: true },
      { eventArn },
      { abortSignal: signal },
    ),
    (page) => page.affectedAccounts,
  );
}

interface Details {
  readonly successful: readonly OrganizationEventDetails[];
  readonly failed: readonly unknown[];
}

/** The text of an event is the same for each account it concerns, so one of them is asked. */
async function detailsOf(
  { client, signal }: Asking,
  events: readonly OrganizationEvent[],
  accounts: ReadonlyMap<string, readonly string[]>,
): Promise<Details> {
  const filters = events.slice(0, MOST_DETAILS).flatMap((event): EventAccountFilter[] => {
    if (event.arn === undefined) return [];
    if (!isSpecific(event)) return [{ eventArn: event.arn }];
    const awsAccountId = accounts.get(event.arn)?.[0];
    return awsAccountId === undefined ? [] : [{ eventArn: event.arn, awsAccountId }];
  });
  const successful: OrganizationEventDetails[] = [];
  const failed: unknown[] = [];
  for (const organizationEventDetailFilters of inTens(filters)) {
    const command = new DescribeEventDetailsForOrganizationCommand({
      organizationEventDetailFilters: [...organizationEventDetailFilters],
    });
    const answer = await client.send(command, { abortSignal: signal });
    successful.push(...(answer.successfulSet ?? []));
    failed.push(...(answer.failedSet ?? []));
  }
  return { successful, failed };
}

async function entitiesOf(
  { client, signal }: Asking,
  accounts: ReadonlyMap<string, readonly string[]>,
): Promise<Gathered<AffectedEntity>> {
  const pairs = [...accounts].flatMap(([eventArn, ids]) =>
    ids.map((awsAccountId) => ({ eventArn, awsAccountId })),
  );
  const items: AffectedEntity[] = [];
  let more = pairs.length > MOST_ENTITY_QUESTIONS;
  for (const organizationEntityAccountFilters of inTens(pairs.slice(0, MOST_ENTITY_QUESTIONS))) {
    const found = await gathered(
      paginateDescribeAffectedEntitiesForOrganization(
        { client, pageSize: PAGE_SIZE, stopOnSameToken: true },
        { organizationEntityAccountFilters: [...organizationEntityAccountFilters] },
        { abortSignal: signal },
      ),
      (page) => page.entities,
    );
    items.push(...found.items);
    more ||= found.more;
  }
  return { items, more };
}
