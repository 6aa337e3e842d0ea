import type { ProviderEvent } from '../../core/feeds/model.ts';
import type { FeedAdapter } from './adapter.ts';
import { isGoogleIncident, isWithoutPlace, readGoogleIncident } from './gcp-incidents.ts';
import { jsonFeed } from './json-feed.ts';

const CLOUD = 'https://status.cloud.google.com/';
const WORKSPACE = 'https://www.google.com/appsstatus/dashboard/';

/**
 * https://www.google.com/appsstatus/dashboard/incidents.json: Gmail, Drive, Meet and the rest, in the schema of Google
 * Cloud without locations, `end` being null where Google Cloud leaves it out. A vendor beside the clouds: trouble of
 * Gmail is no trouble of Google Cloud. How long a statement waits before it is shown was measured for the other only.
 */
export const googleWorkspace: FeedAdapter = jsonFeed({
  kind: 'google_workspace',
  title: 'Google Workspace incidents.json',
  shape: 'that is a JSON array of incidents',
  itemsOf: (value) => (Array.isArray(value) ? { lists: [{ place: '', items: value }] } : null),
  isItem: (item) => isGoogleIncident(item) && isWithoutPlace(item),
  readItem: (item, place, rejected) => {
    const event = readGoogleIncident(item, place, rejected);
    return {
      ...event,
      provider: 'other',
      url: event.url?.replace(CLOUD, WORKSPACE) ?? null,
    } satisfies ProviderEvent;
  },
});
