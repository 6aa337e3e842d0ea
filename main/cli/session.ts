import path from 'node:path';
import { createInProcessClient } from '../../db/in-process.ts';
import type { Clock } from '../adapters/ports.ts';
import type { Result } from '../core/result.ts';
import { openServices, SILENT, type OpenedServices } from '../services/open-services.ts';
import { defaultDataFolder, resourcesFolder } from './folders.ts';
import type { CommandResult } from './outcome.ts';

/** What the user chose for all commands. */
export interface GlobalOptions {
  readonly json: boolean;
  /** Null: the folder that the app's window uses. */
  readonly data: string | null;
  /** The built program that reads evidence in a thread of its own. */
  readonly importWorker: URL;
}

/** Carries out what a command does, with the options given for all commands. */
export type Run = (work: (options: GlobalOptions) => Promise<CommandResult>) => Promise<void>;

export function dataFolderOf({ data }: GlobalOptions): string {
  return data === null ? defaultDataFolder() : path.resolve(data);
}

/**
 * Opens the services over the data folder, does one thing with them, and closes. `clock` takes the place of the
 * wall's in a drill that is played without waiting.
 */
export async function withServices<T>(
  options: GlobalOptions,
  work: (services: OpenedServices) => Promise<Result<T>>,
  clock?: Clock,
): Promise<Result<T>> {
  const dataFolder = dataFolderOf(options);
  const db = createInProcessClient({ dataDir: dataFolder });
  try {
    const opened = await openServices(db, {
      dataFolder,
      resourcesFolder: resourcesFolder(),
      exportFolder: path.join(dataFolder, 'exports'),
      workerUrl: new URL('./worker.js', import.meta.url),
      importWorkerUrl: options.importWorker,
      publish: SILENT,
      ...(clock === undefined ? {} : { clock }),
    });
    return opened.ok ? await work(opened.value) : opened;
  } finally {
    await db.close();
  }
}
