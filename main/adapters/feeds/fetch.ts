import { fetch, type Response } from 'undici';
import type { FeedState } from '../../core/feeds/model.ts';
import { ok, type AppError, type Result } from '../../core/result.ts';
import type { Instant } from '../../core/time.ts';
import { dispatcherFor, mayBeProxied } from './proxy.ts';
import { Stop } from './stop.ts';
import { allowedTarget } from './target.ts';

/** What to ask, what is known from last time, and within which bounds. */
export interface FetchRequest {
  readonly url: string;
  /** From the last answer; sent to the address that gave them only. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** That address, where it is not the one that is asked but one that this leads to. */
  readonly given?: string;
  readonly signal?: AbortSignal;
  /** The clock, read when the answer is complete. */
  readonly now: () => Instant;
  readonly limits?: Partial<FetchLimits>;
}

/** Bounds of one poll: milliseconds, bytes after decompression, redirects. */
export interface FetchLimits {
  /** For everything together: redirects, headers and the last byte of the body. */
  readonly totalMs: number;
  /** Longest pause between two pieces of the body. */
  readonly idleMs: number;
  readonly bodyBytes: number;
  readonly redirects: number;
}

const LIMITS: FetchLimits = { totalMs: 15_000, idleMs: 8_000, bodyBytes: 16 * 1024 * 1024, redirects: 5 };

/** A feed's answer. Header names are in lower case. `url` is where it came from, after redirects. */
export type FetchAnswer =
  | {
      readonly status: 'changed';
      readonly bytes: Uint8Array;
      readonly headers: Readonly<Record<string, string>>;
      readonly fetchedAt: Instant;
      readonly url: string;
    }
  /** Also from a server that says so though no condition was sent: what that means is for who asked. */
  | { readonly status: 'not_modified'; readonly fetchedAt: Instant };

/** Why a feed could not be checked: `message` is the reason for people, `feedState` the state it puts the feed in. */
export interface FetchFailure extends AppError {
  readonly feedState: Exclude<FeedState, 'ok' | 'empty' | 'stale'>;
  /** Seconds the provider asked to wait; null when it did not. */
  readonly retryAfterSeconds: number | null;
  /** True when it failed as everything fails without a network, false when the host answered; left out where neither is known. */
  readonly cutOff?: boolean;
}

/**
 * Asks a feed once, through the environment's proxy if there is one. Sends no cookies, no credentials and, across hosts, no conditions. Every way in which it can go
 * wrong is a value; nothing is retried here.
 */
export async function fetchFeed(request: FetchRequest): Promise<Result<FetchAnswer, FetchFailure>> {
  const limits = { ...LIMITS, ...request.limits };
  const stop = new Stop(limits.totalMs, limits.idleMs, request.signal);
  try {
    return await follow(request, limits, stop);
  } catch (error) {
    return stoppedFailure(stop, limits) ?? unreached(request.url, error);
  } finally {
    stop.end();
  }
}

async function follow(
  request: FetchRequest,
  limits: FetchLimits,
  stop: Stop,
): Promise<Result<FetchAnswer, FetchFailure>> {
  let target = allowedTarget(request.url, null);
  for (let hop = 0; hop <= limits.redirects; hop += 1) {
    if (!target.ok) return failure('refused', target.error.message);
    const url = target.value;
    const response = await fetch(url, {
      headers: headersFor(request, url),
      redirect: 'manual',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: stop.signal,
      dispatcher: dispatcherFor(url),
    });
    const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
    if (location === null) return await answerOf(response, url, request, limits, stop);
    void response.body?.cancel().catch(() => undefined);
    target = allowedTarget(location, url);
  }
  return failure('unreadable', `The address was redirected more than ${limits.redirects} times.`);
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Conditions belong to the address that set them: they can carry an identifier, and another's mean nothing there. */
function headersFor(request: FetchRequest, url: URL): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json, application/rss+xml, application/xml;q=0.9, */*;q=0.5',
    'user-agent': 'Demarc',
  };
  if (url.href !== new URL(request.given ?? request.url).href) return headers;
  if (request.etag !== undefined) headers['if-none-match'] = request.etag;
  if (request.lastModified !== undefined) headers['if-modified-since'] = request.lastModified;
  return headers;
}

async function answerOf(
  response: Response,
  url: URL,
  request: FetchRequest,
  limits: FetchLimits,
  stop: Stop,
): Promise<Result<FetchAnswer, FetchFailure>> {
  if (response.status === 304) return ok({ status: 'not_modified', fetchedAt: request.now() });
  if (response.status !== 200) {
    void response.body?.cancel().catch(() => undefined);
    const failed = statusFailure(response, url);
    return { ok: false, error: { ...failed.error, cutOff: false } };
  }
  const body = await readBody(response, limits, stop);
  if (!body.ok) return body;
  const headers = Object.fromEntries(response.headers);
  return ok({ status: 'changed', bytes: body.value, headers, fetchedAt: request.now(), url: url.href });
}

/** Counts what comes out of decompression, so that a small answer cannot become a large one. */
async function readBody(
  response: Response,
  limits: FetchLimits,
  stop: Stop,
): Promise<Result<Uint8Array, FetchFailure>> {
  if (response.body === null) return ok(new Uint8Array());
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body.getReader();
  stop.expectBytes();
  for (;;) {
    const piece: { readonly value?: unknown } = await reader.read();
    if (!(piece.value instanceof Uint8Array)) break;
    stop.expectBytes();
    size += piece.value.byteLength;
    if (size > limits.bodyBytes) {
      void reader.cancel().catch(() => undefined);
      return failure('too_large', `The answer is larger than ${sizeInWords(limits.bodyBytes)}.`);
    }
    chunks.push(piece.value);
  }
  return ok(Buffer.concat(chunks));
}

function statusFailure(response: Response, url: URL): ReturnType<typeof failure> {
  const { status } = response;
  const wait = retryAfter(response.headers.get('retry-after'));
  if (status === 429) {
    const when = wait === null ? '' : ` It asks to wait ${wait} seconds.`;
    return failure(
      'unreachable',
      `${url.host} answers that it is asked too often (429).${when}`,
      'throttled',
      wait,
    );
  }
  if (status === 401 || status === 402 || status === 403 || status === 407) {
    return failure(
      'refused',
      `${url.host} does not let us read this feed (${status}).`,
      'not_entitled',
      wait,
    );
  }
  if (status === 404 || status === 410) {
    return failure('not_found', `There is no feed at this address (${status}); it may have moved.`);
  }
  return failure(
    'unreachable',
    `${url.host} answers with status ${status} instead of the feed.`,
    'unreadable',
    wait,
  );
}

function stoppedFailure(stop: Stop, limits: FetchLimits): ReturnType<typeof failure> | null {
  switch (stop.cause) {
    case 'too_slow':
      return failure('unreachable', `No complete answer within ${limits.totalMs / 1000} seconds.`);
    case 'stalled':
      return failure('unreachable', `The answer stalled: nothing came for ${limits.idleMs / 1000} seconds.`);
    case 'cancelled':
      return failure('cancelled', 'The check was cancelled.');
    case null:
      return null;
  }
}

/** Retry-After in seconds; its form as a date is rare and left alone. */
function retryAfter(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header.trim()) ? Number(header) : null;
}

function failure(
  code: AppError['code'],
  message: string,
  feedState: FetchFailure['feedState'] = 'unreadable',
  retryAfterSeconds: number | null = null,
): { readonly ok: false; readonly error: FetchFailure } {
  return { ok: false, error: { code, message, feedState, retryAfterSeconds } };
}

const CUT_OFF = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether a code says that a name cannot be looked up or that nothing leads to a host: without a network all fail so. */
export function failsAsCutOff(code: string): boolean {
  return CUT_OFF.has(code);
}

/** The cause of a failed fetch hides in `cause`; its code tells people more than "fetch failed". */
function unreached(url: string, error: unknown): ReturnType<typeof failure> {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = codeOf(cause);
  const host = hostOf(url);
  const words = cause instanceof Error ? cause.message : String(cause);
  const failed = failure('unreachable', REASONS[code]?.(host) ?? `${host} could not be read: ${words}.`);
  return { ok: false, error: { ...failed.error, ...(failsAsCutOff(code) && { cutOff: true }) } };
}

/** Of several addresses of one name that were tried, the first one's. */
function codeOf(cause: unknown): string {
  const one: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  return one instanceof Error && 'code' in one ? String(one.code) : '';
}

/** Through a proxy it is not known which of the two failed. */
function hostOf(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  return mayBeProxied(url) ? `${url.host}, or the proxy before it,` : url.host;
}

const REASONS: Readonly<Record<string, (host: string) => string>> = {
  ENOTFOUND: (host) => `The name ${host} could not be looked up: no network, or no such host.`,
  EAI_AGAIN: (host) =>
    `The name ${host} could not be looked up: no network, or the name server does not answer.`,
  ENETUNREACH: (host) => `There is no way to ${host}: no network.`,
  ENETDOWN: (host) => `There is no way to ${host}: no network.`,
  EHOSTUNREACH: (host) => `There is no way to ${host}.`,
  ETIMEDOUT: (host) => `No connection to ${host} came about.`,
  UND_ERR_CONNECT_TIMEOUT: (host) => `No connection to ${host} came about.`,
  ECONNREFUSED: (host) => `${host} refuses the connection.`,
  ECONNRESET: (host) => `${host} broke off the connection.`,
  UND_ERR_SOCKET: (host) => `${host} broke off the connection.`,
  Z_DATA_ERROR: (host) => `The answer of ${host} is not compressed as it says.`,
  Z_BUF_ERROR: (host) => `The compressed answer of ${host} is cut off.`,
};

function sizeInWords(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / (1024 * 1024)} MiB` : `${bytes} bytes`;
}
