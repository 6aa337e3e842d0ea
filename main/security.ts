import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { app, protocol, session, shell, type Session, type WebContents } from 'electron';
import { bundleFile, CONTENT_SECURITY_POLICY, HOST, isAllowedExternal, SCHEME } from './security-rules.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the bundle in `folder`, and nothing outside it, under the app's scheme. */
export function serveBundle(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const file = bundleFile(folder, request.url);
    const type = file === null ? undefined : MEDIA_TYPES[path.extname(file)];
    if (file === null || type === undefined || request.method !== 'GET')
      return new Response(null, { status: 404 });
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: headersFor(type) });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}

function headersFor(type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  };
}

/** Denies every permission and every request that is not for the bundle. */
export function lockSession(target: Session = session.defaultSession): void {
  target.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  target.setPermissionCheckHandler(() => false);
  target.setDevicePermissionHandler(() => false);
  target.webRequest.onBeforeRequest((details, answer) => {
    const ours = details.url.startsWith(`${SCHEME}://${HOST}/`) || details.url.startsWith('devtools://');
    answer({ cancel: !ours });
  });
}

/** No window leaves the bundle, opens another or holds a webview, whatever asks for it. */
export function lockContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    denyNavigation(contents);
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

function denyNavigation(contents: WebContents): void {
  const deny = (event: { preventDefault: () => void }): void => {
    event.preventDefault();
  };
  contents.on('will-navigate', deny);
  contents.on('will-redirect', deny);
  contents.on('will-frame-navigate', deny);
}

/** Opens an https page of an allowed host in the user's browser; false when it is not one. */
export async function openAllowedExternal(url: string, hosts: ReadonlySet<string>): Promise<boolean> {
  if (!isAllowedExternal(url, hosts)) return false;
  await shell.openExternal(new URL(url).href);
  return true;
}
