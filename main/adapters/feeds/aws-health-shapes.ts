import type { ProviderEvent } from '../../core/feeds/model.ts';
import { BadItem, isRecord, listField, textField, unique, type UnknownRecord } from './fields.ts';
import type { JsonItems } from './json-feed.ts';

/** An event out of its wrapping: its fields and its text. */
export interface HealthItem {
  readonly event: UnknownRecord;
  readonly description: string;
  readonly scope: NonNullable<ProviderEvent['scope']>;
  /** Our accounts that are named beside it. */
  readonly accounts: readonly string[];
}

/** `notAsked` is our own: what beside the events could not be asked for, with the operation and the reason. */
const LISTS = ['events', 'successfulSet', 'failedSet', 'notAsked'];

/** The items of a document in one of the shapes; null when it has none of them. */
export function healthItems(value: unknown): JsonItems | null {
  if (Array.isArray(value)) return { lists: [{ place: '', items: value }] };
  if (!isRecord(value)) return null;
  if (isHealthItem(value)) return { lists: [{ place: '', items: [value] }] };
  const lists = LISTS.filter((key) => Array.isArray(value[key]));
  if (lists.length === 0) return null;
  const goesOn =
    textField(value, 'nextToken') === '' && textField(value, 'NextToken') === '' ? null : 'nextToken';
  return {
    lists: lists.map((place) => ({ place, items: listField(value, place) })),
    certain: lists.includes('successfulSet'),
    goesOn,
  };
}

/** Whether an item is an event of AWS Health in any of its wrappings. */
export function isHealthItem(item: unknown): item is UnknownRecord {
  if (!isRecord(item)) return false;
  if (isEvent(item) || isRecord(item['event']))
    return isEvent(isRecord(item['event']) ? item['event'] : item);
  return isBridged(item) && innerOf(item) !== null;
}

function isEvent(item: UnknownRecord): boolean {
  return (
    /^arn:aws[a-z-]*:health:/.test(textField(item, 'arn') || textField(item, 'eventArn')) &&
    !('event_log' in item)
  );
}

function isBridged(item: UnknownRecord): boolean {
  return /^AWS Health/.test(textField(item, 'detail-type') || textField(item, 'DetailType'));
}

/** The `detail` of an event of EventBridge; in a request to put events it is JSON in a text, called `Detail`. */
function innerOf(item: UnknownRecord): UnknownRecord | null {
  const detail = item['detail'] ?? item['Detail'];
  if (typeof detail !== 'string') return isRecord(detail) ? detail : null;
  try {
    const inner: unknown = JSON.parse(detail);
    return isRecord(inner) ? inner : null;
  } catch {
    return null;
  }
}

/** Takes an event out of its wrapping. Throws `BadItem` when there is none in it, or only word of a failure. */
export function unwrapped(item: unknown, place: string): HealthItem {
  if (!isRecord(item)) throw new BadItem(place, 'not an event object');
  if (place.startsWith('failedSet')) throw new BadItem(place, failureOf(item));
  if (place.startsWith('notAsked'))
    throw new BadItem(place, textField(item, 'reason') || 'a part was not asked for');
  if (isBridged(item)) {
    const event = innerOf(item);
    if (event === null) throw new BadItem(place, 'an event of EventBridge without its detail');
    const account = textField(event, 'affectedAccount');
    // In an organisation events come to one account about others; the outer account is the one they came to.
    const isOthers = account !== '' && account !== textField(item, 'account');
    return {
      event,
      description: descriptionOf(event),
      scope: scopeOf(event, isOthers),
      accounts: unique([account]),
    };
  }
  const event = isRecord(item['event']) ? item['event'] : item;
  if (!isEvent(event)) throw new BadItem(place, 'not an event of AWS Health: it has no arn of one');
  const isOrganisations = Array.isArray(item['affectedAccounts']) || textField(item, 'awsAccountId') !== '';
  return {
    event: withEntities(event, item),
    description: descriptionOf(item),
    scope: scopeOf(event, isOrganisations),
    accounts: unique([
      textField(item, 'awsAccountId'),
      ...listField(item, 'affectedAccounts').map((account) => (typeof account === 'string' ? account : '')),
    ]),
  };
}

/** A public event is everybody's, whoever reads it. */
function scopeOf(event: UnknownRecord, isOrganisations: boolean): HealthItem['scope'] {
  if (textField(event, 'eventScopeCode') === 'PUBLIC') return 'public';
  return isOrganisations ? 'organisation' : 'account';
}

function failureOf(item: UnknownRecord): string {
  const name = textField(item, 'errorName');
  const [, , , region] = (textField(item, 'eventArn') || '').split(':');
  const about = region === undefined || region === '' ? 'this event' : `an event in ${region}`;
  return `AWS could not give the details of ${about}${name === '' ? '' : ` (${name})`}`;
}

/** Entities are asked for apart; who saves both together puts them beside the event. */
function withEntities(event: UnknownRecord, item: UnknownRecord): UnknownRecord {
  return Array.isArray(item['affectedEntities'])
    ? { ...event, affectedEntities: item['affectedEntities'] }
    : event;
}

/** One text, or a list of them by language, of which English comes first where there is one. */
function descriptionOf(item: UnknownRecord): string {
  const told = item['eventDescription'];
  if (isRecord(told)) return textField(told, 'latestDescription');
  const texts = listField(item, 'eventDescription').filter(isRecord);
  const english = texts.find((text) => textField(text, 'language').startsWith('en')) ?? texts[0];
  return english === undefined ? '' : textField(english, 'latestDescription');
}
