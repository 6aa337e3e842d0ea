import { asObject, type JsonObject } from './json.ts';

/** The subscription in the path of a resource of Azure, in small letters; '' when there is none. */
export function subscriptionIn(resourceId: string): string {
  return (/\/subscriptions\/([^/]+)/i.exec(resourceId)?.[1] ?? '').toLowerCase();
}

/** What REST nests under `properties` and the command line does not. */
export function propertiesOf(item: JsonObject): JsonObject {
  return asObject(item['properties']) ?? item;
}

/** A region as Azure names it in paths: `westeurope` of `West Europe`; '' for what is in none. */
export function azureRegion(text: string): string {
  const region = text.toLowerCase().replaceAll(' ', '');
  return region === 'global' ? '' : region;
}

/** The note on a page that has others behind it. */
export function pageNote(tail: string): readonly string[] {
  return /"(?:nextLink|@odata\.nextLink|skipToken|\$skipToken)"\s*:\s*"[^"]/.test(tail)
    ? ['This is one page only: there were more than were saved.']
    : [];
}
