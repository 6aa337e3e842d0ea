import type { Result } from '../core/result.ts';
import type { AppInfo } from '../../preload/contract/views.ts';

/** What only the shell around the handlers can do: Electron's dialogs, folders and browser. */
export interface Shell {
  appInfo(): Promise<AppInfo>;
  chooseEvidence(what: 'files' | 'folder'): Promise<readonly string[]>;
  showFolder(folder: string): Promise<Result<null>>;
  openExternal(url: string): Promise<Result<null>>;
  restoreBackup(file: string): Promise<Result<null>>;
  startAnew(): Promise<Result<null>>;
}
