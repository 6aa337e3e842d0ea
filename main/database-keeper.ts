import type { AppInfo } from '../preload/contract/views.ts';
import type { DbClient } from '../db/client.ts';
import { instantOf } from './core/time.ts';
import { err, ok, type Result } from './core/result.ts';
import {
  openServices,
  startDatabase,
  type OpenedServices,
  type ServiceSettings,
} from './services/open-services.ts';

/**
 * Keeps the one database of this process and the services over it, and can put a backup in its place when it
 * does not open.
 */
export class DatabaseKeeper {
  readonly #settings: ServiceSettings;
  readonly #onOpened: (services: OpenedServices) => void;
  #db: DbClient;
  #services: Promise<Result<OpenedServices>>;

  constructor(settings: ServiceSettings, onOpened: (services: OpenedServices) => void) {
    this.#settings = settings;
    this.#onOpened = onOpened;
    this.#db = startDatabase(settings);
    this.#services = this.#open();
  }

  services(): Promise<Result<OpenedServices>> {
    return this.#services;
  }

  /** What is wrong with the database and which backups there are; null when it opened. */
  async trouble(): Promise<AppInfo['trouble']> {
    const services = await this.#services;
    if (services.ok) return null;
    const { recoveryChoices } = await import('../db/recover.ts');
    const backups = recoveryChoices(this.#settings.dataFolder).map(({ file, at, size, fault }) => ({
      file,
      at,
      size,
      fault,
    }));
    return { message: services.error.message, backups };
  }

  /** Puts a backup in the place of the database, which is kept aside, and opens it. */
  async restore(backup: string): Promise<Result<null>> {
    const { restoreBackup } = await import('../db/recover.ts');
    return this.#replace((now) => restoreBackup(this.#settings.dataFolder, { backup, now }));
  }

  /** Keeps the database aside and begins an empty one. */
  async startAnew(): Promise<Result<null>> {
    const { startAnew } = await import('../db/recover.ts');
    return this.#replace((now) => startAnew(this.#settings.dataFolder, { now }));
  }

  async close(): Promise<void> {
    await this.#closeFeedWork();
    await this.#db.close();
  }

  async #closeFeedWork(): Promise<void> {
    const services = await this.#services;
    if (services.ok) await services.value.feedWork.close();
  }

  async #replace(work: (now: ReturnType<typeof instantOf>) => Result<unknown>): Promise<Result<null>> {
    await this.close();
    const replaced = work(instantOf(Date.now()));
    this.#db = startDatabase(this.#settings);
    this.#services = this.#open();
    const services = await this.#services;
    if (!replaced.ok) return replaced;
    return services.ok ? ok(null) : err(services.error);
  }

  async #open(): Promise<Result<OpenedServices>> {
    const services = await openServices(this.#db, this.#settings);
    if (services.ok) this.#onOpened(services.value);
    return services;
  }
}
