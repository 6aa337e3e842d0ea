import type { FeedKind } from '../../core/feeds/model.ts';
import { ok, type Result } from '../../core/result.ts';
import { allowedTarget, isLoopback } from './target.ts';

/** An address worth asking for a feed, and what is expected there; null where only the content can tell. */
export interface Candidate {
  readonly url: string;
  readonly kind: FeedKind | null;
}

/** Hosts whose feed lies elsewhere than where Statuspage has it, each beside the page that people know. */
const KNOWN: readonly { readonly host: RegExp; readonly url: string; readonly kind: FeedKind }[] = [
  known(/^status\.cloud\.google\.com$/, 'https://status.cloud.google.com/incidents.json', 'gcp_incidents'),
  known(
    /^(www\.)?google\.com$/,
    'https://www.google.com/appsstatus/dashboard/incidents.json',
    'google_workspace',
  ),
  known(/^status\.aws\.amazon\.com$/, 'https://status.aws.amazon.com/rss/all.rss', 'aws_rss'),
  known(
    /^health\.aws\.amazon\.com$/,
    'https://health.aws.amazon.com/public/currentevents',
    'aws_public_events',
  ),
  known(
    /^(azure\.status\.microsoft|status\.azure\.com|rssfeed\.azure\.status\.microsoft)$/,
    'https://rssfeed.azure.status.microsoft/en-us/status/feed/',
    'azure_rss',
  ),
  known(
    /^(www\.)?slack-status\.com$|^status\.slack\.com$/,
    'https://slack-status.com/api/v2.0.0/current',
    'slack',
  ),
  known(/^status\.heroku\.com$/, 'https://status.heroku.com/api/v4/current-status', 'heroku'),
  known(
    /^(api\.)?status\.salesforce\.com$|^trust\.salesforce\.com$/,
    'https://api.status.salesforce.com/v1/incidents/active',
    'salesforce_trust',
  ),
  known(
    /^ocistatus\.oraclecloud\.com$/,
    'https://ocistatus.oraclecloud.com/api/v2/components.json',
    'oracle_cloud',
  ),
];

function known(host: RegExp, url: string, kind: FeedKind): (typeof KNOWN)[number] {
  return { host, url, kind };
}

/** Where the kinds have their feeds, what most pages have first. */
const PATHS = [
  '/api/v2/summary.json',
  '/api/v2/incidents.json',
  '/api/v2.0.0/current',
  '/api/v4/current-status',
  '/api/v2/components.json',
  '/incidents.json',
  '/v1/incidents/active',
  '/rss/all.rss',
  '/public/currentevents',
];

/**
 * The addresses to ask for what a person typed, the likeliest first: an address with a path is asked as it is; then
 * what is known of its host, or else the places where the kinds have their feeds. A host name alone stands for https,
 * on this machine for http. Fails, saying why, for what may not be asked at all.
 */
export function candidatesFor(typed: string): Result<readonly Candidate[]> {
  const text = typed.trim();
  const target = allowedTarget(withScheme(text), null);
  if (!target.ok) return target;
  const url = target.value;
  const hasPath = url.pathname !== '/' || url.search !== '';
  const asTyped: readonly Candidate[] = hasPath ? [{ url: url.href, kind: null }] : [];
  const feeds = KNOWN.filter(({ host }) => host.test(url.hostname));
  const elsewhere =
    feeds.length > 0 ? feeds : PATHS.map((path) => ({ url: new URL(path, url).href, kind: null }));
  const rest = elsewhere.map(({ url: address, kind }) => ({ url: address, kind }));
  // Of an address that is known, the kind is known too.
  const first = asTyped.map((one) => rest.find((other) => other.url === one.url) ?? one);
  return ok([...first, ...rest.filter((other) => !first.some((one) => one.url === other.url))]);
}

/** `status.example.com` to `https://status.example.com`; `localhost:8080` to `http://localhost:8080`. */
function withScheme(text: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  const assumed = `https://${text}`;
  const host = URL.canParse(assumed) ? new URL(assumed).hostname : '';
  return isLoopback(host) ? `http://${text}` : assumed;
}
