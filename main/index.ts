import path from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, net, Notification, shell as desktop } from 'electron';
import { isCommand } from './cli/commands.ts';
import { fail, ok } from './core/result.ts';
import { DatabaseKeeper } from './database-keeper.ts';
import { feedProcess } from './feed-process.ts';
import { createHandlers } from './ipc/handlers.ts';
import type { Shell } from './ipc/ports.ts';
import { pushTo } from './ipc/publish.ts';
import { registerHandlers } from './ipc/register.ts';
import { placesFor, type Places } from './places.ts';
import {
  lockContents,
  lockSession,
  openAllowedExternal,
  registerAppScheme,
  serveBundle,
} from './security.ts';
import { isTrustedSender } from './security-rules.ts';
import { Background } from './services/background.ts';
import type { Publisher } from './services/context.ts';
import type { PassedDeadline } from './services/deadlines.ts';
import type { OpenedServices } from './services/open-services.ts';
import { openWindow } from './window.ts';

const places = placesFor({
  argv: process.argv,
  scriptUrl: import.meta.url,
  packaged: app.isPackaged,
  packagedResources: process.resourcesPath,
  userData: app.getPath('userData'),
  documents: app.getPath('documents'),
});

const commandArguments = process.argv.slice(app.isPackaged ? 1 : 2).filter((one) => !isSwitch(one));
// Awaited here: Electron holds back its start, and with it the need for a display, until this module is done.
if (commandArguments.some(isCommand)) await runAsCommand();
else runAsApp();

/** Switches are Chromium's and the shell's; what begins with a word is for the command line. */
function isSwitch(argument: string): boolean {
  return /^--(no-sandbox|remote-debugging|inspect|enable|disable|ozone|user-data-dir)/.test(argument);
}

/** The packaged app answers the same commands as `npm run demarc`; no window, no display. */
async function runAsCommand(): Promise<void> {
  const { runCli } = await import('./cli/index.ts');
  const code = await runCli(commandArguments);
  app.exit(code);
}

function runAsApp(): void {
  app.setPath('userData', places.data);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerAppScheme();
  lockContents();
  void app.whenReady().then(start);
}

function start(): void {
  lockSession();
  serveBundle(places.window);
  const window = openWindow(places.preload);
  const publish: Publisher = {
    changed: (message) => pushTo(allContents(), 'changed', message),
    importProgress: (message) => pushTo(allContents(), 'importProgress', message),
  };
  const keeper = new DatabaseKeeper(
    {
      dataFolder: places.data,
      resourcesFolder: places.resources,
      exportFolder: places.exports,
      workerUrl: places.dbWorker,
      importWorkerUrl: places.importWorker,
      feedProcess: feedProcess(places.feedProcess),
      online: () => net.isOnline(),
      publish,
    },
    (services) => {
      startBackground(services, window);
    },
  );
  registerHandlers(
    ipcMain,
    createHandlers(() => keeper.services(), shellFor(keeper, places, window)),
    isTrustedSender,
    (channel, cause) => process.stderr.write(`${channel}: ${String(cause)}\n`),
  );
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => {
    background?.stop();
    void keeper.close().finally(() => {
      app.quit();
    });
  });
}

let background: Background | null = null;

function startBackground(services: OpenedServices, window: BrowserWindow): void {
  background?.stop();
  background = new Background(services, (passed) => {
    announce(passed, window);
  });
  background.start();
}

/** A deadline that passes is loud: a notification, and the window asks for attention. */
function announce({ incidentId, drill, title }: PassedDeadline, window: BrowserWindow): void {
  if (!window.isDestroyed()) window.flashFrame(true);
  if (!Notification.isSupported()) return;
  const notification = new Notification({
    title: `${drill ? 'DRILL: ' : ''}Escalation overdue`,
    body: title,
    urgency: 'critical',
  });
  notification.on('click', () => {
    window.focus();
    pushTo(allContents(), 'openIncident', { incidentId });
  });
  notification.show();
}

function allContents(): Electron.WebContents[] {
  return BrowserWindow.getAllWindows().map((window) => window.webContents);
}

function shellFor(keeper: DatabaseKeeper, { data, exports }: Places, window: BrowserWindow): Shell {
  return {
    appInfo: async () => ({
      version: app.getVersion(),
      runtime: `Electron ${process.versions['electron'] ?? 'none'}, Node ${process.versions.node}`,
      dataFolder: data,
      exportFolder: exports,
      trouble: await keeper.trouble(),
    }),
    chooseEvidence: async (what) => {
      const properties =
        what === 'folder' ? (['openDirectory'] as const) : (['openFile', 'multiSelections'] as const);
      const chosen = await dialog.showOpenDialog(window, { title: 'Evidence', properties: [...properties] });
      return chosen.filePaths;
    },
    chooseFile: async ({ title, extensions }) => {
      const chosen = await dialog.showOpenDialog(window, {
        title,
        properties: ['openFile'],
        filters: [{ name: title, extensions: [...extensions] }],
      });
      return chosen.filePaths[0] ?? null;
    },
    chooseTarget: async ({ title, name, extensions }) => {
      const chosen = await dialog.showSaveDialog(window, {
        title,
        defaultPath: name,
        filters: [{ name: title, extensions: [...extensions] }],
      });
      return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
    },
    showFolder: async (folder) => {
      const relative = path.relative(exports, folder);
      if (relative.startsWith('..') || path.isAbsolute(relative)) {
        return fail('refused', 'Only the folder of exports is shown.', folder);
      }
      const problem = await desktop.openPath(folder);
      return problem === ''
        ? ok(null)
        : fail('unreachable', `The folder could not be shown: ${problem}`, folder);
    },
    openExternal: async (url) => {
      const services = await keeper.services();
      const hosts = services.ok ? services.value.context.library.externalHosts : new Set<string>();
      return (await openAllowedExternal(url, hosts))
        ? ok(null)
        : fail(
            'refused',
            'Demarc opens only https pages of the providers it knows. Copy the address instead.',
            url,
          );
    },
    restoreBackup: (file) => keeper.restore(file),
    startAnew: () => keeper.startAnew(),
  };
}
