import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { AWS_HEALTH_ADDRESS, isAwsHealth } from '../../core/feeds/kinds.ts';
import type { FeedCatalog } from '../../core/feeds/catalog.ts';
import { together, withStatement } from '../../core/feeds/given-statement.ts';
import { matchEvents } from '../../core/feeds/match.ts';
import type {
  EventMatch,
  FeedKind,
  FeedReading,
  FeedState,
  IncidentScope,
  Saying,
} from '../../core/feeds/model.ts';
import type { RawEvent } from '../../core/feeds/raw.ts';
import { saysNow } from '../../core/feeds/say-now.ts';
import type { Claim } from '../../core/feeds/statement.ts';
import { ok, type Result } from '../../core/result.ts';
import { instantOf, type Instant } from '../../core/time.ts';
import { fetchFeed, type FetchFailure, type FetchLimits } from './fetch.ts';
import { identify, reasonAgainst } from './identify.ts';
import { rawEvents, readFeed, titleOf } from './registry.ts';

/** What to ask: an address, with what is known from last time so that only news is sent. */
export interface AskJob {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** The address that gave these, where it is not the one that is asked. */
  readonly given?: string;
}

/**
 * Bytes as they are handed from thread to thread and stored: packed by whoever received them, so that nobody else carries or
 * packs the whole.
 */
export interface Body {
  /** Of the bytes before packing, in lower-case hexadecimal. */
  readonly sha256: string;
  /** Bytes before packing. */
  readonly size: number;
  readonly encoding: 'gzip' | 'identity';
  readonly bytes: Uint8Array;
}

/** What came: bytes, or word that they are as before. */
export type Asked =
  | {
      readonly status: 'changed';
      readonly body: Body;
      /** The headers worth keeping; names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      /** Where they came from, after redirects. */
      readonly url: string;
    }
  | { readonly status: 'not_modified' };

/** Bytes of which it is not known, or only by what a person or the address says, what kind of feed they are. */
export interface LookJob extends Omit<ReadJob, 'kind'> {
  /** As a person says; null leaves it to the content. */
  readonly kind: FeedKind | null;
  /** What the address makes one expect, where the content cannot tell. */
  readonly expected: FeedKind | null;
}

/** What bytes are a feed of, and what it says now; or why they are none. */
export type Looked =
  | {
      readonly kind: FeedKind;
      /** The format in words. */
      readonly format: string;
      /** Whose page it is; null where the content does not say. */
      readonly name: string | null;
      readonly state: FeedState;
      readonly sentence: string;
    }
  | { readonly kind: null; readonly reason: string };

/** Bytes to read, and when they came. */
export interface ReadJob {
  readonly kind: FeedKind;
  readonly body: Pick<Body, 'encoding' | 'bytes' | 'size'>;
  readonly fetchedAt: Instant;
}

/** Bytes to read, and the events whose own items are wanted. */
export interface RawJob extends ReadJob {
  readonly nativeIds: readonly string[];
}

/** Bytes to read and the incident to match them with. */
export interface MatchJob extends ReadJob {
  readonly scope: IncidentScope;
  /** Per native id, since when an event is known to have been public. */
  readonly knownPublic: ReadonlyMap<string, Instant>;
  /** Set for what a person gives from files, which says nothing by its silence. */
  readonly given?: {
    /** The files before, oldest first. */
    readonly earlier: readonly Pick<ReadJob, 'body' | 'fetchedAt'>[];
    /** What stands of files whose bytes are not here any more. */
    readonly known: readonly EventMatch[];
  };
}

/** What a feed says about one incident: as the trail keeps it, and with every event in full for who looks closer. */
export interface Matched {
  readonly feedState: FeedState;
  /** One sentence; empty when all is well. */
  readonly reason: string;
  readonly saying: Saying;
  /** Those that concern the incident at least a little, best first. */
  readonly matches: readonly EventMatch[];
}

/** A feed's bytes read in full, each event with how it stands to the incident. */
export interface Statement extends Matched {
  /** The events behind `matches`, in the same order. */
  readonly events: FeedReading['events'];
  readonly rejected: FeedReading['rejected'];
  /** Events that do not concern the incident. */
  readonly unrelated: number;
}

/** The work on feeds, in whatever thread it is done. Nothing rejects unless the thread itself breaks. */
export interface FeedWork {
  readonly ask: (job: AskJob) => Promise<Result<Asked, FetchFailure>>;
  readonly match: (job: MatchJob) => Promise<Matched>;
  readonly state: (job: MatchJob) => Promise<Statement>;
  /** What every event of a snapshot claims, whomever it concerns; nothing of one that cannot be read. */
  readonly claims: (job: ReadJob) => Promise<readonly Claim[]>;
  /** What the provider wrote about each of the events, in their order; null for one that is not in the bytes. */
  readonly raw: (job: RawJob) => Promise<readonly (RawEvent | null)[]>;
  readonly look: (job: LookJob) => Promise<Looked>;
  readonly pack: (bytes: Uint8Array) => Promise<Body>;
  readonly close: () => Promise<void>;
}

/** Asks for the events of the user's own AWS account, or of every account of its organisation. */
export type AskAwsHealth = (
  now: () => Instant,
  view: 'account' | 'organization',
) => Promise<Result<{ readonly bytes: Uint8Array }, FetchFailure>>;

/** AWS's client is large and most never need it, so it is loaded when it is first asked for. */
const askAwsHealth: AskAwsHealth = async (now, view) => {
  const { fetchAwsHealth } = await import('../aws/health.ts');
  return fetchAwsHealth({ now, view });
};

/** The work in the thread that asks for it: for the worker, for commands that do one thing and end, and for tests. */
export function feedWorkHere(
  catalog: FeedCatalog,
  options: { readonly awsHealth?: AskAwsHealth; readonly limits?: Partial<FetchLimits> } = {},
): FeedWork {
  const now = (): Instant => instantOf(Date.now());
  const { awsHealth = askAwsHealth, limits } = options;
  return {
    ask: async (job) => {
      if (!isAwsHealth(job.url)) return askOverHttp({ ...job, now, ...(limits && { limits }) });
      const asked = await awsHealth(now, job.url === AWS_HEALTH_ADDRESS ? 'account' : 'organization');
      return asked.ok ? ok(changed(asked.value.bytes, {}, job.url)) : asked;
    },
    match: (job) => Promise.resolve(matchedOf(statementOf(job, catalog))),
    state: (job) => Promise.resolve(statementOf(job, catalog)),
    raw: ({ kind, body, fetchedAt, nativeIds }) =>
      Promise.resolve(rawEvents(kind, unpacked(body), { fetchedAt }, nativeIds)),
    look: (job) => Promise.resolve(lookedAt(job)),
    pack: (bytes) => Promise.resolve(packed(bytes)),
    claims: ({ kind, body, fetchedAt }) =>
      Promise.resolve(
        readFeed(kind, unpacked(body), { fetchedAt }).events.map(({ nativeId, claimedStart }) => ({
          nativeId,
          claimedStart,
        })),
      ),
    close: () => Promise.resolve(),
  };
}

async function askOverHttp(request: Parameters<typeof fetchFeed>[0]): Promise<Result<Asked, FetchFailure>> {
  const fetched = await fetchFeed(request);
  if (!fetched.ok) return fetched;
  if (fetched.value.status === 'not_modified') return ok({ status: 'not_modified' });
  return ok(changed(fetched.value.bytes, fetched.value.headers, fetched.value.url));
}

/** Packs bytes where that makes them smaller. */
export function packed(bytes: Uint8Array): Body {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const size = bytes.byteLength;
  const zipped = gzipSync(bytes);
  return zipped.byteLength < size
    ? { sha256, size, encoding: 'gzip', bytes: zipped }
    : { sha256, size, encoding: 'identity', bytes };
}

/** The bytes of a body as they were received. */
export function unpacked({ encoding, bytes, size }: ReadJob['body']): Uint8Array {
  return encoding === 'identity' ? bytes : gunzipSync(bytes, { maxOutputLength: size + 1 });
}

/** The headers that say what was sent and how old it is. Others, cookies above all, are nobody's business. */
const KEPT_HEADERS = [
  'age',
  'cache-control',
  'content-encoding',
  'content-type',
  'date',
  'etag',
  'expires',
  'last-modified',
  'server',
];

function changed(bytes: Uint8Array, headers: Readonly<Record<string, string>>, url: string): Asked {
  return {
    status: 'changed',
    body: packed(bytes),
    url,
    headers: Object.fromEntries(
      KEPT_HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
    ),
  };
}

function lookedAt({ kind: said, expected, body, fetchedAt }: LookJob): Looked {
  const bytes = unpacked(body);
  const identity = identify(bytes);
  const kind = said ?? identity?.kind ?? expected;
  const reading = kind === null ? null : readFeed(kind, bytes, { fetchedAt });
  // What the address alone tells must at least be whole; what a person tells is shown as it fails.
  const isToldApart = identity !== null || said !== null;
  if (kind === null || reading === null || (!isToldApart && !isReadable(reading)))
    return { kind: null, reason: reasonAgainst(bytes) };
  return {
    kind,
    format: identity?.kind === kind ? identity.format : titleOf(kind),
    name: identity?.name ?? null,
    state: reading.feedState,
    sentence: saysNow(reading),
  };
}

function isReadable({ feedState }: FeedReading): boolean {
  return feedState === 'ok' || feedState === 'empty';
}

/** Matches kept of one reading; the trail takes no more. */
const MOST_MATCHES = 50;

function statementOf(job: MatchJob, catalog: FeedCatalog): Statement {
  const { kind, scope, knownPublic, given } = job;
  const readings = [...(given?.earlier ?? []), job].map(({ body, fetchedAt }) =>
    readFeed(kind, unpacked(body), { fetchedAt }),
  );
  const reading = together(readings);
  const match = matchEvents(reading, scope, catalog, knownPublic);
  const { saying, reason, matches } = given ? withStatement(given.known, reading, match) : match;
  const concerning = matches.filter(({ degree }) => degree !== 'unrelated');
  const kept = concerning.slice(0, MOST_MATCHES);
  const events = new Map(reading.events.map((event) => [event.nativeId, event]));
  return {
    feedState: reading.feedState,
    reason: reason ?? reading.reason ?? '',
    saying,
    matches: kept,
    events: kept.flatMap(({ nativeId }) => events.get(nativeId) ?? []),
    rejected: reading.rejected,
    unrelated: match.matches.filter(({ degree }) => degree === 'unrelated').length,
  };
}

function matchedOf({ feedState, reason, saying, matches }: Statement): Matched {
  return { feedState, reason, saying, matches };
}
