import './node-version.mjs';
import path from 'node:path';
import { runCommand } from './cannot.mjs';
import { installDependencies } from './dependencies.mjs';
import { checkDisplay, hasDisplay, onVirtualDisplay } from './display.mjs';
import { OUT, ROOT } from './places.mjs';
import { isRoot, passThrough } from './processes.mjs';
import { sayOnOutput as say } from './say.mjs';

// Modules that import packages are loaded after the packages are there.
await runCommand(async () => {
  await checkDisplay();
  await installDependencies(say);
  const { prepareElectron } = await import('./prepare.mjs');
  const electron = await prepareElectron({ virtualDisplay: !hasDisplay() }, say);
  const { buildApp } = await import('../build/build-app.mjs');
  await buildApp({ ifChanged: true }, say);
  return hasDisplay() ? openWindow(electron) : showUnattended(electron);
});

/** @param {import('./electron.mjs').Electron} electron */
function openWindow(electron) {
  say('Opening the window.');
  const options = [];
  if (isRoot()) options.push('--no-sandbox'); // Chromium refuses root's own sandbox
  if (!process.env['DISPLAY'] && process.env['WAYLAND_DISPLAY']) options.push('--ozone-platform-hint=auto');
  return passThrough(electron.executable, [ROOT, ...options, ...process.argv.slice(2)], { cwd: ROOT });
}

/** Goes through the main job with nobody at the keys, and says where it left what came of it. @param {import('./electron.mjs').Electron} electron */
async function showUnattended(electron) {
  const folder = path.resolve(process.env['DEMARC_SHOWCASE_DIR'] ?? path.join(OUT, 'showcase'));
  say('There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).');
  say('The app runs on a virtual display and goes through its main job unattended.');
  const status = await onVirtualDisplay((display) =>
    passThrough(
      process.execPath,
      [
        path.join(ROOT, 'node_modules/@playwright/test/cli.js'),
        'test',
        '--config=test/config/playwright.config.ts',
        '--project=showcase',
      ],
      {
        cwd: ROOT,
        env: {
          ...process.env,
          DISPLAY: display,
          DEMARC_SHOWCASE_DIR: folder,
          ELECTRON_OVERRIDE_DIST_PATH: electron.dist,
        },
      },
    ),
  );
  say(
    status === 0
      ? `Exported timelines and screenshots are in ${folder}`
      : `The unattended run failed; what it left is in ${folder}`,
  );
  return status;
}
