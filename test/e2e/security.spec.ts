import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { CHANNELS } from '../../preload/contract/channels.ts';
import { launchApp, type LaunchedApp } from '../support/electron-app.ts';
import { startFeedServer } from '../support/feed-server.ts';
import { Responder } from './responder.ts';

test('the window’s bundle is without the schema library, which would compile code at run time', () => {
  const assets = path.resolve(import.meta.dirname, '../../.out/renderer/assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  expect(scripts).not.toEqual([]);
  expect(
    scripts.filter((name) => readFileSync(path.join(assets, name), 'utf8').includes('ZodError')),
  ).toEqual([]);
});

/** Each of these is asked of the running window, as an intruder's script in it would. */
test.describe('the running window', () => {
  let launched: LaunchedApp;

  test.beforeAll(async () => {
    launched = await launchApp();
    await new Responder(launched.window).ready();
  });
  test.afterAll(() => launched.close());

  test('runs sandboxed, isolated and without Node', async () => {
    const preferences = await launched.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      // Not in Electron's types: what the window really runs with.
      const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } =
        contents.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
    });
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    const found = await launched.window.evaluate(() => [typeof require, typeof process, typeof module]);
    expect(found).toEqual(['undefined', 'undefined', 'undefined']);
  });

  test('has the operating system’s sandbox on, unless root runs it', async () => {
    const switches = await launched.app.evaluate(({ app }) => app.commandLine.hasSwitch('no-sandbox'));
    expect(switches).toBe(process.getuid?.() === 0);
  });

  test('is offered named functions and nothing generic', async () => {
    const offered = await launched.window.evaluate(() =>
      Object.entries(window.demarc).map(([name, value]) => [name, typeof value]),
    );
    const expected = [
      ...CHANNELS.map((name) => [name, 'function']),
      ['on', 'object'],
      ['pathOfFile', 'function'],
    ];
    expect(offered.toSorted()).toEqual(expected.toSorted());
  });

  test('has a content security policy that stops inline scripts, eval, remote images and every connection', async () => {
    const server = await startFeedServer();
    const outcome = await launched.window.evaluate(async (url) => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        violations.push(event.effectiveDirective);
      });
      const script = document.createElement('script');
      script.textContent = 'window.intruder = true';
      document.body.append(script);
      const style = document.createElement('style');
      style.textContent = 'body { display: none }';
      document.head.append(style);
      const image = new Image();
      const imageFailed = new Promise((resolve) => {
        image.onerror = () => resolve(true);
        image.onload = () => resolve(false);
      });
      image.src = `${url}/pixel.png`;
      document.body.append(image);
      // The debugger's own evaluation may use eval, whatever the policy says; a timer's text may not.
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it is what an intruder would try
      window.setTimeout('window.evaluated = true', 0);
      const refused = async (work: () => unknown): Promise<boolean> => {
        try {
          await work();
          return false;
        } catch {
          return true;
        }
      };
      return {
        fetched: await refused(() => fetch(`${url}/incidents.json`)),
        socket: await refused(() => fetch('file:///etc/passwd')),
        image: await imageFailed,
        ran: 'intruder' in window || 'evaluated' in window,
        hidden: getComputedStyle(document.body).display === 'none',
        directives: [...new Set(violations)].toSorted(),
      };
    }, server.url);
    expect(outcome).toEqual({
      fetched: true,
      socket: true,
      image: true,
      ran: false,
      hidden: false,
      directives: ['connect-src', 'img-src', 'script-src', 'script-src-elem', 'style-src-elem'],
    });
    expect(server.requests).toEqual([]);
    await server.close();
  });

  test('goes nowhere and opens nothing', async () => {
    const server = await startFeedServer();
    server.serve('/', '<h1>elsewhere</h1>');
    const before = launched.window.url();
    await launched.app.evaluate(({ BrowserWindow }) => {
      const seen: boolean[] = [];
      Object.assign(globalThis, { seenNavigations: seen });
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.on('will-frame-navigate', (event) => seen.push(event.defaultPrevented));
    });
    await launched.window.evaluate((url) => {
      window.open(url);
      const link = document.createElement('a');
      link.href = url;
      link.target = '_blank';
      document.body.append(link);
      link.click();
      link.target = '';
      link.click();
      location.href = url;
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
      const meta = document.createElement('meta');
      meta.httpEquiv = 'refresh';
      meta.content = `0;url=${url}`;
      document.head.append(meta);
      const form = document.createElement('form');
      form.action = url;
      document.body.append(form);
      form.submit();
    }, `${server.url}/`);
    // At least one attempt has come as far as the main process, and every one was stopped there.
    const stopped = (): Promise<boolean[]> =>
      launched.app.evaluate(() => (globalThis as unknown as { seenNavigations: boolean[] }).seenNavigations);
    await expect.poll(async () => (await stopped()).length).toBeGreaterThan(0);
    expect((await stopped()).every((prevented) => prevented)).toBe(true);
    expect(launched.window.url()).toBe(before);
    expect(launched.app.windows().length).toBe(1);
    expect(server.requests).toEqual([]);
    await server.close();
  });

  test('gets no permission', async () => {
    const states = await launched.window.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
      const asked = await Promise.all(
        names.map((name) => navigator.permissions.query({ name: name as PermissionName })),
      );
      const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        () => 'denied',
      );
      return [...asked.map(({ state }) => state), media, await Notification.requestPermission()];
    });
    expect(states.filter((state) => state !== 'denied')).toEqual([]);
  });

  test('cannot have a stranger’s page opened in the browser, nor a folder that is not of exports', async () => {
    const replies = await launched.window.evaluate(async () => [
      await window.demarc.openExternal({ url: 'https://evil.example/' }),
      await window.demarc.openExternal({ url: 'file:///etc/passwd' }),
      await window.demarc.showExport({ folder: '/etc' }),
      await window.demarc.getIncident({ incidentId: '../../etc/passwd' }),
    ]);
    expect(replies.map((reply) => (reply.ok ? 'done' : reply.error.code))).toEqual([
      'refused',
      'refused',
      'refused',
      'invalid_input',
    ]);
  });

  test('is asked only from its own main frame', async () => {
    const frames = await launched.window.evaluate(async () => {
      const frame = document.createElement('iframe');
      frame.srcdoc = '<p>inside</p>';
      document.body.append(frame);
      await new Promise((resolve) => {
        frame.onload = resolve;
      });
      return 'demarc' in (frame.contentWindow ?? {});
    });
    expect(frames).toBe(false);
  });
});
