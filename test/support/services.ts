import path from 'node:path';
import { addMinutes, instantOf, type Instant } from '../../main/core/time.ts';
import { openServices, SILENT, type OpenedServices } from '../../main/services/open-services.ts';
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
export function testServices(): Promise<TestServices> {
  return servicesIn(temporaryFolder());
}

/** The same over a data folder that is there. */
export async function servicesIn(folder: string): Promise<TestServices> {
  const at = testClock();
  const opened = await openServices(testClient(folder), {
    dataFolder: folder,
    resourcesFolder: path.join(ROOT, 'resources'),
    exportFolder: path.join(folder, 'exports'),
    workerUrl: new URL('file:///unused'),
    importWorkerUrl: new URL(`file://${path.join(ROOT, '.out/main/import-worker.js')}`),
    publish: SILENT,
    clock: { now: at.now, offsetMinutes: () => 0 },
  });
  return { ...value(opened), at, folder };
}
