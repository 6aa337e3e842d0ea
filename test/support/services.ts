import path from 'node:path';
import type { DbClient } from '../../db/client.ts';
import { FeedId, type IncidentId } from '../../main/core/ids.ts';
import { listFeeds, saveFeed } from '../../main/services/feed-list.ts';
import { declareIncident } from '../../main/services/incidents.ts';
import { addMinutes, instantOf, type Instant } from '../../main/core/time.ts';
import {
  openServices,
  SILENT,
  type OpenedServices,
  type ServiceSettings,
} from '../../main/services/open-services.ts';
import { temporaryFolder, testClient, value } from './database.ts';

/** A clock that stands still until it is told to go on. */
export interface TestClock {
  readonly now: () => Instant;
  advance(minutes: number): void;
}

export function testClock(): TestClock {
  let now = instantOf(Date.UTC(2026, 0, 5, 2, 0));
  return {
    now: () => now,
    advance: (minutes) => {
      now = addMinutes(now, minutes);
    },
  };
}

const ROOT = path.resolve(import.meta.dirname, '../..');

type TestServices = OpenedServices & { readonly at: TestClock; readonly folder: string };

/** The real services over a real database of its own, with the app's own documents and a clock that tests move. */
export function testServices(changes: Changes = {}): Promise<TestServices> {
  return servicesIn(temporaryFolder(), changes);
}

type Changes = Partial<Pick<ServiceSettings, 'importWorkerUrl' | 'publish'>> & {
  readonly client?: DbClient;
};

/** The same over a data folder that is there. */
export async function servicesIn(
  folder: string,
  { client, ...changes }: Changes = {},
): Promise<TestServices> {
  const at = testClock();
  const opened = await openServices(client ?? testClient(folder), {
    dataFolder: folder,
    resourcesFolder: path.join(ROOT, 'resources'),
    exportFolder: path.join(folder, 'exports'),
    workerUrl: new URL('file:///unused'),
    importWorkerUrl: new URL(`file://${path.join(ROOT, '.out/main/import-worker.js')}`),
    publish: SILENT,
    clock: { now: at.now, offsetMinutes: () => 0 },
    ...changes,
  });
  return { ...value(opened), at, folder };
}

/** Declares an incident with its onset at 2026-03-04T09:30Z. */
export async function declared({
  context,
  book,
}: Pick<TestServices, 'context' | 'book'>): Promise<IncidentId> {
  const incident = await declareIncident(context, book, {
    title: 'Orders fail',
    onset: instantOf(Date.UTC(2026, 2, 4, 9, 30)),
    provider: 'aws',
    services: ['s3'],
    regions: ['eu-west-1'],
    severity: 2,
    workload: '',
    lead: '',
  });
  return value(incident).row.id;
}

/** The same in a data folder that is left closed. */
export async function declaredIncident(folder: string): Promise<IncidentId> {
  const client = testClient(folder);
  const id = await declared(await servicesIn(folder, { client }));
  await client.close();
  return id;
}

/** Leaves Google's public incidents the one feed that is read, at another address. */
export async function watchGoogleAt(context: OpenedServices['context'], url: string): Promise<void> {
  for (const feed of value(await listFeeds(context))) {
    const enabled = feed.id === 'gcp-incidents';
    const fields = { ...feed, id: FeedId.parse(feed.id), enabled };
    value(await saveFeed(context, enabled ? { ...fields, url } : fields));
  }
}
