import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchAwsHealth } from '../../../main/adapters/aws/health.ts';
import { fetchFeed } from '../../../main/adapters/feeds/fetch.ts';
import { Instant } from '../../../main/core/time.ts';
import { startFeedServer } from '../../support/feed-server.ts';

const now = () => Instant.parse('2031-03-02T13:30:00.000Z');
const NAMES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY'];
const before = NAMES.map((name) => [name, process.env[name]] as const);

let proxy: Server;
let url: string;
/** Where the proxy was asked to go, and the first bytes that were to go there. */
let tunnels: { to: string; first: Promise<Buffer> }[];

beforeEach(async () => {
  tunnels = [];
  proxy = createServer((_, response) => response.writeHead(500).end());
  proxy.on('connect', (request, socket) => {
    const first = new Promise<Buffer>((resolve) => {
      socket.once('data', (bytes: Buffer) => {
        resolve(bytes);
        socket.destroy();
      });
    });
    socket.on('error', () => undefined);
    tunnels.push({ to: request.url ?? '', first });
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object; it is a string only for pipes.
  url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  for (const name of NAMES) Reflect.deleteProperty(process.env, name);
});

afterEach(async () => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  await new Promise((resolve) => proxy.close(resolve));
});

test.each(['HTTPS_PROXY', 'https_proxy'])(
  '%s is asked for a tunnel, through which TLS goes',
  async (name) => {
    process.env[name] = url;
    const answer = await fetchFeed({ url: 'https://status.example.org/feed', now });
    expect(tunnels.map(({ to }) => to)).toEqual(['status.example.org:443']);
    const first = await tunnels[0]?.first;
    expect([first?.[0], first?.includes('status.example.org')]).toEqual([0x16, true]);
    expect(answer.ok ? 'ok' : answer.error.feedState).toBe('unreadable');
  },
);

test('this machine is never asked for through a proxy', async () => {
  process.env['HTTP_PROXY'] = url;
  process.env['HTTPS_PROXY'] = url;
  const server = await startFeedServer();
  server.serve('/feed', '[]');
  const answer = await fetchFeed({ url: `${server.url}/feed`, now });
  await server.close();
  expect([answer.ok, server.requests.length, tunnels]).toEqual([true, 1, []]);
});

test('a proxy that is not there is a feed that could not be checked, and its password is in no message', async () => {
  await new Promise((resolve) => proxy.close(resolve));
  process.env['HTTPS_PROXY'] = url.replace('http://', 'http://user:secret@');
  const answer = await fetchFeed({ url: 'https://status.example.org/feed', now });
  expect(answer.ok ? 'ok' : answer.error).toMatchObject({
    feedState: 'unreadable',
    message: 'status.example.org, or the proxy before it, refuses the connection.',
  });
  expect(JSON.stringify(answer)).not.toContain('secret');
  proxy = createServer().listen(0);
});

test('AWS Health is asked through it too', async () => {
  process.env['HTTPS_PROXY'] = url;
  const client = { credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'never-shown' }, maxAttempts: 1 };
  const answer = await fetchAwsHealth({
    now,
    client,
    lookUp: () => Promise.reject(new Error('no name server')),
  });
  expect(tunnels.map(({ to }) => to)).toEqual(['health.us-east-1.amazonaws.com:443']);
  expect((await tunnels[0]?.first)?.includes('health.us-east-1.amazonaws.com')).toBe(true);
  expect(answer.ok ? 'ok' : answer.error.feedState).toBe('unreadable');
});
