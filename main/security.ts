import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { app, protocol, session, shell, type Session, type WebContents } from 'electron';

/** The window's own origin: `app://demarc/`. A scheme of our own, so that `file://` need not be allowed to do anything. */
const SCHEME = 'app';
const HOST = 'demarc';
export const START_URL = `${SCHEME}://${HOST}/index.html`;

/** No source but our own bundle, no inline script or style, no connection from the window at all. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

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

/** The file in `folder` that a URL of the app's scheme names, or null when it names nothing in there. */
export function bundleFile(folder: string, url: string): string | null {
  const parsed = parseUrl(url);
  if (parsed?.protocol !== `${SCHEME}:` || parsed.host !== HOST) return null;
  const decoded = decode(parsed.pathname);
  if (decoded === null || decoded.includes('\0') || decoded.includes('\\')) return null;
  const file = path.resolve(folder, `.${decoded}`);
  const relative = path.relative(folder, file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? null : file;
}

function parseUrl(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
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

/** The part of an IPC event that says who sent it. */
export interface SenderEvent {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** True only for the main frame of our own page. */
export function isTrustedSender(event: SenderEvent): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null) return false;
  const url = parseUrl(frame.url);
  // The origin of a scheme of our own is the string "null" in Node, so protocol and host are compared.
  return url?.protocol === `${SCHEME}:` && url.host === HOST;
}

/** Opens an https page of an allowed host in the user's browser; false when it is not one. */
export async function openAllowedExternal(url: string, hosts: ReadonlySet<string>): Promise<boolean> {
  if (!isAllowedExternal(url, hosts)) return false;
  await shell.openExternal(new URL(url).href);
  return true;
}

/** True for https URLs without credentials or port whose host, or a parent domain of it, is on the list. */
export function isAllowedExternal(url: string, hosts: ReadonlySet<string>): boolean {
  const parsed = parseUrl(url);
  if (parsed?.protocol !== 'https:' || !/^https:\/\//i.test(url)) return false;
  if (parsed.username !== '' || parsed.password !== '' || parsed.port !== '') return false;
  const labels = parsed.hostname.split('.');
  return labels.some((_, index) => hosts.has(labels.slice(index).join('.')));
}
