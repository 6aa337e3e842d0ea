import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInProcessClient } from '../../db/in-process.ts';
import type { Result } from '../../main/core/result.ts';
import { addMinutes, Instant } from '../../main/core/time.ts';
import { declareIncident } from '../../main/services/incidents.ts';
import { openServices, SILENT } from '../../main/services/open-services.ts';
import type { FeedServer } from './feed-server.ts';
import { watchGoogleAt } from './services.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

export const EVENING_ONSET = Instant.parse('2025-06-12T17:51:00.000Z');

/** Minutes after onset from which on the feed answered so, with its bytes. */
const SERIES: readonly { readonly minute: number; readonly name: string }[] = [
  { minute: -60, name: 'gcp-2025-06-12-1900.json' },
  { minute: 72, name: 'gcp-2025-06-12-1908.json' },
  { minute: 92, name: 'gcp-2025-06-12-1923.json' },
  { minute: 764, name: 'gcp-2025-06-12-over.json' },
];

/** What the feed answered at a minute of that evening: our own retelling of its stamps. */
export function eveningBytes(minute: number): Buffer {
  const { name } = SERIES.findLast((one) => one.minute <= minute) ?? { name: 'gcp-2025-06-12-1900.json' };
  return readFileSync(path.join(ROOT, 'test/fixtures/feeds', name));
}

/** Minutes at which the app asked: every five in the first two hours, then from four to six the app was closed, then at the end. */
const ASKED = [
  ...Array.from({ length: 23 }, (_, index) => 10 + index * 5),
  ...Array.from({ length: 7 }, (_, index) => 770 + index * 5),
];
/** Between these minutes the feed was an HTML page. */
const BROKEN = { from: 40, until: 55 };

/**
 * Leaves in a data folder the incident of that evening as it was watched: declared ten minutes after onset, its one feed asked on
 * loopback by a clock that jumps from poll to poll. Gives the incident's id.
 */
export async function seedEvening(dataDir: string, server: FeedServer): Promise<string> {
  let now = addMinutes(EVENING_ONSET, 10);
  const clock = { now: () => now, offsetMinutes: () => 0 };
  const db = createInProcessClient({ dataDir });
  const services = value(
    await openServices(db, {
      dataFolder: dataDir,
      resourcesFolder: path.join(ROOT, 'resources'),
      exportFolder: path.join(dataDir, 'exports'),
      workerUrl: new URL('file:///unused'),
      importWorkerUrl: new URL('file:///unused'),
      publish: SILENT,
      clock,
    }),
  );
  const { context, book, reader } = services;
  await watchGoogleAt(context, `${server.url}/incidents.json`);
  const declared = value(
    await declareIncident(context, book, {
      title: 'Errors from every region of Google Cloud',
      onset: EVENING_ONSET,
      provider: 'gcp',
      services: ['Google Cloud Storage', 'Identity and Access Management'],
      regions: ['europe-west1', 'us-central1'],
      severity: 1,
      workload: 'shop',
      lead: 'A. Ruiz',
    }),
  );
  for (const minute of ASKED) {
    now = addMinutes(EVENING_ONSET, minute);
    server.serve('/incidents.json', eveningBytes(minute));
    if (minute >= BROKEN.from && minute < BROKEN.until) server.misbehave('/incidents.json', 'html_200');
    value(await reader.readAll(declared.row.id));
  }
  await db.close();
  return declared.row.id;
}

/** As in `database.ts`, which only Vitest can load. */
function value<T>(result: Result<T, { readonly message: string }>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
