import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What a test may look at of a request that came in. */
export interface SeenRequest {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** The query, e.g. the moment that a drill asks for. */
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Bytes or text to answer with, or what makes them: called for each request, so an answer can change over time. */
export type FeedAnswer = Uint8Array | string | ((request: SeenRequest) => Uint8Array | string);

/** Ways for a feed to go wrong; each answers every request of its path until the path is served again. */
export const MISBEHAVIOURS = [
  'slow_headers',
  'slow_body',
  'stalled_body',
  'endless_body',
  'reset',
  'reset_in_body',
  'redirect_to_html',
  'redirect_loop',
  'redirect_to_http',
  'wrong_type',
  'gzip_lie',
  'gzip_bomb',
  'gzip_cut',
  'not_modified_for_ever',
  'half_a_document',
  'empty_body',
  'html_500',
  'html_200',
  'too_many_requests',
  'forbidden',
  'gone',
] as const;
export type Misbehaviour = (typeof MISBEHAVIOURS)[number];

/** A status page of our own on loopback. */
export interface FeedServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** Serves this answer at the path from now on, with a matching ETag and 304 for who already has it. */
  readonly serve: (path: string, answer: FeedAnswer) => void;
  /** Makes the path go wrong from now on; what was served there stays known, for those that spoil it. */
  readonly misbehave: (path: string, mode: Misbehaviour) => void;
  /** Sends who asks for the path to another address, on this server or elsewhere. */
  readonly redirect: (path: string, location: string) => void;
  /** Every request so far, oldest first. */
  readonly requests: readonly SeenRequest[];
  readonly close: () => Promise<void>;
}

/**
 * Starts a real HTTP server on a free port of loopback. It never keeps the process alive, and `close` ends every
 * connection, hung ones too.
 */
export async function startFeedServer(): Promise<FeedServer> {
  const answers = new Map<string, FeedAnswer>();
  const modes = new Map<string, Misbehaviour>();
  const redirects = new Map<string, string>();
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();

  const server = createServer((incoming, response) => {
    const request = seen(incoming);
    requests.push(request);
    const answer = answers.get(request.path);
    const mode = modes.get(request.path);
    const location = redirects.get(request.path);
    if (request.path === SIGN_IN) return plain(response, 200, 'text/html', HTML);
    if (mode !== undefined) return spoil(mode, request, response, answer);
    if (location !== undefined) return redirectTo(response, 302, location);
    if (answer === undefined) return plain(response, 404, 'text/plain', 'nothing here');
    return serveGood(request, response, bytesOf(answer, request));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.unref();
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  // A TCP server's address is an object; it is a string only for pipes.
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    serve: (path, answer) => {
      answers.set(path, answer);
      modes.delete(path);
    },
    redirect: (path, location) => {
      redirects.set(path, location);
    },
    misbehave: (path, mode) => {
      modes.set(path, mode);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function seen(incoming: IncomingMessage): SeenRequest {
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const url = new URL(incoming.url ?? '/', 'http://x');
  const query = Object.fromEntries(url.searchParams);
  return { method: incoming.method ?? '', path: url.pathname, query, headers };
}

function bytesOf(answer: FeedAnswer | undefined, request: SeenRequest): Buffer {
  const made = typeof answer === 'function' ? answer(request) : (answer ?? '');
  return Buffer.from(made);
}

function serveGood(request: SeenRequest, response: ServerResponse, bytes: Buffer): void {
  const etag = `"${bytes.length}-${checksum(bytes)}"`;
  response.setHeader('etag', etag);
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  plain(response, 200, bytes[0] === 0x3c ? 'application/rss+xml' : 'application/json', bytes);
}

function checksum(bytes: Buffer): string {
  return bytes.reduce((sum, byte) => (Math.imul(sum, 31) + byte) >>> 0, 7).toString(16);
}

function plain(response: ServerResponse, status: number, type: string, body: Buffer | string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

const HTML = '<!doctype html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>';
/** Where a feed that has moved sends everyone. */
const SIGN_IN = '/sign-in';
/** 24 MiB of spaces in 24 KB. */
const BOMB = gzipSync(Buffer.alloc(24 * 1024 * 1024, ' '));

function spoil(
  mode: Misbehaviour,
  request: SeenRequest,
  response: ServerResponse,
  answer: FeedAnswer | undefined,
): void {
  const good = bytesOf(answer, request);
  const half = good.subarray(0, Math.floor(good.length / 2));
  switch (mode) {
    case 'slow_headers':
      return;
    case 'slow_body':
      return drip(response, 'application/json', 20);
    case 'stalled_body':
      response.writeHead(200, { 'content-type': 'application/json' }).write('[');
      return;
    case 'endless_body':
      return flood(response);
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'reset_in_body':
      response
        .writeHead(200, { 'content-length': good.length + 1 })
        .write(half, () => response.socket?.resetAndDestroy());
      return;
    case 'redirect_to_html':
      return redirectTo(response, 301, SIGN_IN);
    case 'redirect_loop':
      return redirectTo(response, 302, request.path);
    case 'redirect_to_http':
      return redirectTo(response, 302, 'http://status.example.org/feed');
    case 'wrong_type':
      return plain(response, 200, 'image/png', Buffer.from('89504e470d0a1a0a0000000d49484452ff', 'hex'));
    case 'gzip_lie':
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(good);
      return;
    case 'gzip_bomb':
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(BOMB);
      return;
    case 'gzip_cut': {
      const zipped = gzipSync(good);
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(zipped.subarray(0, Math.floor(zipped.length / 2)));
      return;
    }
    case 'not_modified_for_ever':
      response.writeHead(304).end();
      return;
    case 'half_a_document':
      return plain(response, 200, 'application/json', half);
    case 'empty_body':
      return plain(response, 200, 'application/json', '');
    case 'html_500':
      return plain(response, 500, 'text/html', HTML);
    case 'html_200':
      return plain(response, 200, 'text/html', HTML);
    case 'too_many_requests':
      response.setHeader('retry-after', '120');
      return plain(response, 429, 'text/plain', 'slow down');
    case 'forbidden':
      return plain(response, 403, 'text/plain', 'no');
    case 'gone':
      return plain(response, 404, 'text/html', HTML);
  }
}

function redirectTo(response: ServerResponse, status: number, location: string): void {
  response.writeHead(status, { location }).end();
}

/** One byte every `everyMs`, for ever: never idle for long, never done. */
function drip(response: ServerResponse, type: string, everyMs: number): void {
  response.writeHead(200, { 'content-type': type });
  const timer = setInterval(() => response.write(' '), everyMs).unref();
  response.on('close', () => clearInterval(timer));
}

function flood(response: ServerResponse): void {
  const chunk = Buffer.alloc(256 * 1024, ' ');
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}
