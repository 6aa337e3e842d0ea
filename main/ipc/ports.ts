import type { Result } from '../core/result.ts';
import type { AppInfo } from '../../preload/contract/views.ts';

/** A kind of file as a dialog offers it. */
export interface FileChoice {
  readonly title: string;
  /** Without the dot. */
  readonly extensions: readonly string[];
}

/** What only the shell around the handlers can do: Electron's dialogs, folders and browser. */
export interface Shell {
  appInfo(): Promise<AppInfo>;
  chooseEvidence(what: 'files' | 'folder'): Promise<readonly string[]>;
  /** Lets a person choose a file to read; null when they chose none. */
  chooseFile(what: FileChoice): Promise<string | null>;
  /** Lets a person choose where to write a file; null when they chose nothing. */
  chooseTarget(what: FileChoice & { readonly name: string }): Promise<string | null>;
  showFolder(folder: string): Promise<Result<null>>;
  openExternal(url: string): Promise<Result<null>>;
  restoreBackup(file: string): Promise<Result<null>>;
  startAnew(): Promise<Result<null>>;
}
