import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { isLoopback } from './target.ts';

const direct = new Agent();
let proxied: { readonly key: string; readonly agent: Dispatcher } | null = null;

/**
 * Where a request to this URL goes: through the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY (in capitals or not) ask
 * for, or straight; to this machine always straight. Throws when the proxy's address is none.
 */
export function dispatcherFor(url: URL): Dispatcher {
  if (isLoopback(url.hostname)) return direct;
  const key = settings().join('\n');
  if (proxied?.key !== key) {
    const before = proxied?.agent;
    proxied = { key, agent: new EnvHttpProxyAgent() };
    void before?.close();
  }
  return proxied.agent;
}

/** Whether the environment names a proxy for such a request; NO_PROXY may still except its host. */
export function mayBeProxied(url: URL): boolean {
  return (
    !isLoopback(url.hostname) &&
    settings()
      .slice(0, 4)
      .some((setting) => setting !== '')
  );
}

const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY'];

function settings(): readonly string[] {
  return VARIABLES.map((name) => process.env[name] ?? '');
}
