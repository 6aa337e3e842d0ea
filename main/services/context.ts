import type { DbClient } from '../../db/client.ts';
import type { Clock } from '../adapters/ports.ts';
import type { ChangedMessage, ImportProgress } from '../../preload/contract/views.ts';
import type { Library } from './library.ts';

/** What services tell whoever shows them; the command line ignores it. */
export interface Publisher {
  changed(message: ChangedMessage): void;
  importProgress(progress: ImportProgress): void;
}

/** What every service needs. Time and ids come from here, so that the core can stay pure and tests exact. */
export interface ServiceContext {
  readonly db: DbClient;
  readonly clock: Clock;
  /** A fresh unique id, usable in every id's place. */
  readonly newId: () => string;
  /** Who acts: the responder's name as set, or the operating system's user. */
  readonly actor: () => Promise<string>;
  readonly publish: Publisher;
  readonly library: Library;
  /** Whether no feed out in the world can be asked, for want of a network. */
  readonly isCutOff: () => boolean;
  /** Folder under which exports are left. */
  readonly exportFolder: string;
}
