import path from 'node:path';

/** The window's own origin: `app://demarc/`. A scheme of our own, so that `file://` need not be allowed to do anything. */
export const SCHEME = 'app';
export const HOST = 'demarc';
export const START_URL = `${SCHEME}://${HOST}/index.html`;

/** No source but our own bundle, no inline script or style, no connection from the window at all. */
export const CONTENT_SECURITY_POLICY = [
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

/** True for https URLs without credentials or port whose host, or a parent domain of it, is on the list. */
export function isAllowedExternal(url: string, hosts: ReadonlySet<string>): boolean {
  const parsed = parseUrl(url);
  if (parsed?.protocol !== 'https:' || !/^https:\/\//i.test(url)) return false;
  if (parsed.username !== '' || parsed.password !== '' || parsed.port !== '') return false;
  const labels = parsed.hostname.split('.');
  return labels.some((_, index) => hosts.has(labels.slice(index).join('.')));
}
