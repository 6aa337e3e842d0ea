import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { presentElectron } from '../../resources/runtime/electron.mjs';
import { isRoot } from '../../resources/runtime/processes.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');
const VIEWPORT = { width: 1280, height: 720 };

export interface LaunchOptions {
  /** Where the app keeps everything; a new empty folder unless given. */
  readonly dataDir?: string;
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Added to the app's command line. */
  readonly args?: readonly string[];
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly dataDir: string;
  readonly close: () => Promise<void>;
}

/** Starts the built app in a real window, 1280 by 720, and waits until its document has loaded. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const electron = presentElectron();
  if (electron === null) throw new Error('There is no Electron yet: run "npm run setup" first.');
  const dataDir = options.dataDir ?? freshDataDir();
  const app = await _electron.launch({
    executablePath: electron.executable,
    cwd: ROOT,
    args: [ROOT, `--data=${dataDir}`, ...(options.args ?? [])],
    env: { ...definedEnvironment(), ...options.env },
    // Chromium has no sandbox for root. The tests proper run as an ordinary user, with the sandbox on.
    chromiumSandbox: !isRoot(),
    timeout: 60_000,
  });
  const window = await app.firstWindow();
  await app.evaluate(({ BrowserWindow }, size) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
  }, VIEWPORT);
  await window.waitForLoadState('domcontentloaded');
  return { app, window, dataDir, close: () => app.close() };
}

/** An empty folder for the app's data. */
export function freshDataDir(): string {
  return mkdtempSync(path.join(tmpdir(), 'demarc-data-'));
}

/** This process's environment without what is unset, as Playwright wants it. */
function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
