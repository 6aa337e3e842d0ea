import { request } from 'undici';
import { dispatcherFor } from '../feeds/proxy.ts';

/** An answer as the client takes it. */
interface Received {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body: unknown;
  };
}

/** A request as the client hands it over, or one for the credentials that it needs; bodies are bytes or text. */
interface Sent {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly path: string;
  readonly method: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>> | undefined;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

const METHODS: Readonly<Record<string, 'GET' | 'PUT'>> = { GET: 'GET', PUT: 'PUT' };

/**
 * How the client's requests travel: as those of all feeds, through the proxy that the environment names or straight. The
 * client's own way knows of no proxy.
 */
export const healthTransport = {
  handle: async (
    { protocol, hostname, port, path, method, query, headers, body }: Sent,
    { abortSignal }: { readonly abortSignal?: unknown } = {},
  ): Promise<Received> => {
    const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`);
    for (const [name, value] of Object.entries(query ?? {}))
      for (const one of [value].flat()) url.searchParams.append(name, one ?? '');
    const answer = await request(url, {
      method: METHODS[method] ?? 'POST',
      headers,
      body: typeof body === 'string' || body instanceof Uint8Array ? body : null,
      // Of the two kinds of signal that the client allows, the one that `fetchAwsHealth` gives.
      signal: abortSignal instanceof AbortSignal ? abortSignal : null,
      dispatcher: dispatcherFor(url),
    });
    const told = Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')] as const],
    );
    return {
      response: { statusCode: answer.statusCode, headers: Object.fromEntries(told), body: answer.body },
    };
  },
  updateHttpClientConfig: (): void => undefined,
  httpHandlerConfigs: (): Record<string, never> => ({}),
};
