import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chromium, expect, test } from '@playwright/test';
import { readFuses } from '../../resources/build/fuses.mjs';
import { packageApp } from '../../resources/build/package-app.mjs';
import { presentElectron } from '../../resources/runtime/electron.mjs';
import { isRoot } from '../../resources/runtime/processes.mjs';
import { freshDataDir } from '../support/electron-app.ts';
import { startFeedServer } from '../support/feed-server.ts';

let program = '';

test.beforeAll(async () => {
  test.setTimeout(300_000);
  const electron = presentElectron();
  if (electron === null) throw new Error('There is no Electron yet: run "npm run setup" first.');
  program = await packageApp({ ifChanged: true }, electron, (line) => void process.stdout.write(`${line}\n`));
});

test('the packaged program carries the fuses that we chose', async () => {
  expect(await readFuses(program)).toEqual({
    RunAsNode: false,
    EnableCookieEncryption: true,
    EnableNodeOptionsEnvironmentVariable: false,
    EnableNodeCliInspectArguments: false,
    EnableEmbeddedAsarIntegrityValidation: process.platform !== 'linux',
    OnlyLoadAppFromAsar: true,
    LoadBrowserProcessSpecificV8Snapshot: false,
    GrantFileProtocolExtraPrivileges: false,
  });
});

test('the packaged app opens its window, and starts the process that reads feeds', async () => {
  const server = await startFeedServer();
  server.serve(
    '/incidents.json',
    '[{"id":"a","begin":"2031-03-02T12:00:00Z","external_desc":"x","updates":[]}]',
  );
  const running = spawn(
    program,
    [...(isRoot() ? ['--no-sandbox'] : []), `--data=${freshDataDir()}`, '--remote-debugging-port=0'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  try {
    const browser = await chromium.connectOverCDP(await debuggingAddress(running));
    const context = browser.contexts()[0];
    const window = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (!window) throw new Error('the packaged app has no window');
    await expect(window).toHaveTitle(/Demarc/);
    await expect(window.getByRole('heading', { level: 1 })).toBeVisible();
    expect(new URL(window.url()).protocol).toBe('app:');
    const search = await window.evaluate(
      (address) => globalThis.window.demarc.findFeed({ address, kind: null }),
      `${server.url}/incidents.json`,
    );
    expect(search).toMatchObject({ ok: true, value: { found: { state: 'ok' } } });
    await browser.close();
  } finally {
    running.kill('SIGTERM');
    if (running.exitCode === null && running.signalCode === null) await once(running, 'exit');
    await server.close();
  }
});

test('the packaged app answers the commands of the command line, without a display', async () => {
  const running = spawn(program, [...(isRoot() ? ['--no-sandbox'] : []), ...INCIDENT_LIST, freshDataDir()], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' },
  });
  let printed = '';
  running.stdout.on('data', (chunk) => {
    printed += String(chunk);
  });
  const [code] = (await once(running, 'close')) as [number | null];
  expect({ code, printed: JSON.parse(printed) as unknown }).toEqual({ code: 0, printed: [] });
});

const INCIDENT_LIST = ['incident', 'list', '--json', '--data'];

/** Where a program just started can be debugged, as it says on its standard error. */
function debuggingAddress(running: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    running.stderr?.on('data', (chunk) => {
      said += String(chunk);
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
    running.once('error', reject);
    running.once('exit', () => {
      reject(new Error(`the packaged app ended before its window opened:\n${said}`));
    });
  });
}
