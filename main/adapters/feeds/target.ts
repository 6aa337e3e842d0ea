import { fail, ok, type Result } from '../../core/result.ts';

/**
 * Whether a URL may be asked: https anywhere, http on this machine only, no user name or password in it. `from` is
 * the URL that redirects here: what is out in the world may not send us back into this machine.
 */
export function allowedTarget(text: string, from: URL | null): Result<URL> {
  const url = parseUrl(text, from);
  if (url === null) return fail('refused', `"${text.slice(0, 200)}" is not a web address.`);
  const address = `${url.protocol}//${url.host}`;
  const where = from === null ? address : `a redirect to ${address}`;
  if (url.username !== '' || url.password !== '') {
    return fail('refused', `Not asked: ${where} carries a user name or password.`);
  }
  const loopback = isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    return fail('refused', `Not asked: ${where} is not https.`);
  }
  if (from !== null && loopback && !isLoopback(from.hostname)) {
    return fail('refused', `Not followed: ${where}, which is this machine.`);
  }
  return ok(url);
}

function parseUrl(text: string, from: URL | null): URL | null {
  try {
    return from === null ? new URL(text) : new URL(text, from);
  } catch {
    return null;
  }
}

/** 127.0.0.0/8, ::1 and localhost; URL has already written every other spelling of them in these forms. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
