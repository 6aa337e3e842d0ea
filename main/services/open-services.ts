import { randomUUID } from 'node:crypto';
import { createDbClient, type DbClient } from '../../db/client.ts';
import { systemClock } from '../adapters/clock.ts';
import { feedWorkHere, type FeedWork } from '../adapters/feeds/feed-work.ts';
import { feedWorkElsewhere } from '../adapters/feeds/feed-work-client.ts';
import type { StartFeedProcess } from '../adapters/feeds/feed-work-messages.ts';
import type { Clock, Online } from '../adapters/ports.ts';
import { ok, type Result } from '../core/result.ts';
import type { Publisher, ServiceContext } from './context.ts';
import { EvidenceImports } from './evidence-imports.ts';
import { FeedFinder } from './feed-finder.ts';
import { seedFeeds } from './feed-list.ts';
import { FeedHistory } from './feed-history.ts';
import { FeedHttp } from './feed-http.ts';
import { openFeedMemory } from './feed-memory.ts';
import { FeedReader } from './feed-reader.ts';
import { IncidentBook } from './incident-book.ts';
import { loadLibrary } from './library.ts';
import { actingResponder } from './settings.ts';

export interface ServiceSettings {
  /** Everything Demarc keeps lives in here. */
  readonly dataFolder: string;
  /** The app's own `resources/`. */
  readonly resourcesFolder: string;
  readonly exportFolder: string;
  /** The built database worker and import worker. */
  readonly workerUrl: URL;
  readonly importWorkerUrl: URL;
  /** Starts the process that asks and reads feeds; without it that is done in this thread. */
  readonly feedProcess?: StartFeedProcess;
  readonly publish: Publisher;
  readonly clock?: Clock;
  /** Without it a network is taken to be there. */
  readonly online?: Online;
}

export interface OpenedServices {
  readonly context: ServiceContext;
  readonly book: IncidentBook;
  readonly reader: FeedReader;
  readonly http: FeedHttp;
  readonly feedWork: FeedWork;
  readonly history: FeedHistory;
  readonly imports: EvidenceImports;
  readonly finder: FeedFinder;
}

export const SILENT: Publisher = { changed: () => undefined, importProgress: () => undefined };

/** Starts the database worker; how its opening went is in `opened`. */
export function startDatabase({ dataFolder, workerUrl }: ServiceSettings): DbClient {
  return createDbClient({ workerUrl, dataDir: dataFolder });
}

/** Puts the services together over a database that has been started. Fails as its opening failed. */
export async function openServices(db: DbClient, settings: ServiceSettings): Promise<Result<OpenedServices>> {
  const [opened, library] = await Promise.all([
    db.opened,
    loadLibrary(settings.resourcesFolder, settings.dataFolder),
  ]);
  if (!opened.ok) return opened;
  if (!library.ok) return library;
  const clock = settings.clock ?? systemClock;
  const { feedCatalog } = library.value;
  const feedWork =
    settings.feedProcess === undefined
      ? feedWorkHere(feedCatalog)
      : feedWorkElsewhere(settings.feedProcess, feedCatalog);
  const http = new FeedHttp(clock, feedWork, {
    ...(settings.online && { online: settings.online }),
    memory: await openFeedMemory(db, clock),
  });
  const context: ServiceContext = {
    db,
    clock,
    isCutOff: () => http.isCutOff(),
    newId: randomUUID,
    actor: () => actingResponder(db),
    publish: settings.publish,
    library: library.value,
    exportFolder: settings.exportFolder,
  };
  const seeded = await seedFeeds(context);
  if (!seeded.ok) return seeded;
  const book = new IncidentBook(context);
  return ok({
    context,
    book,
    http,
    feedWork,
    history: new FeedHistory(context, feedWork),
    reader: new FeedReader(context, book, http, feedWork),
    imports: new EvidenceImports(context, book, settings.importWorkerUrl),
    finder: new FeedFinder(http, feedWork),
  });
}
