import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { StatementSource, StatementView } from '../../preload/contract/views.ts';
import { identify, reasonAgainst } from '../adapters/feeds/identify.ts';
import { readFeed, titleOf } from '../adapters/feeds/registry.ts';
import { unpack } from '../adapters/feeds/unpack.ts';
import { fileFeedId } from '../core/feeds/kinds.ts';
import { matchEvents, type FeedMatch } from '../core/feeds/match.ts';
import type { EventMatch, FeedKind, FeedReading } from '../core/feeds/model.ts';
import { statementSentence, withStatement } from '../core/feeds/given-statement.ts';
import { EvidenceId, FeedId, type Sha256 } from '../core/ids.ts';
import type { EventData } from '../core/incident/events.ts';
import type { IncidentState } from '../core/incident/state.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Instant } from '../core/time.ts';
import type { ServiceContext } from './context.ts';
import type { IncidentBook } from './incident-book.ts';
import { clockOf } from './incident-clock.ts';

/** What a person gave, and the kind that they say it is; null leaves that to the content. */
export interface GivenStatement {
  readonly source: StatementSource;
  readonly kind: FeedKind | null;
}

/** As for a feed on the network. */
const MOST_BYTES = 16 * 1024 * 1024;

/** What a statement from a file or the clipboard says about an incident. Keeps nothing. */
export async function readStatement(
  context: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  given: GivenStatement,
): Promise<Result<StatementView>> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const read = await open(context, opened.value.state, given);
  return read.ok ? ok(viewOf(read.value)) : read;
}

/**
 * Takes a statement in as the word of a feed of its kind, from a file: the bytes as given become evidence, what it says
 * an entry in the trail, matched like any other. Refused when it cannot be read, so that what is known stays.
 */
export async function takeStatement(
  context: ServiceContext,
  book: IncidentBook,
  incidentId: string,
  given: GivenStatement,
): Promise<Result<StatementView & { readonly evidenceId: string }>> {
  const opened = await book.load(incidentId);
  if (!opened.ok) return opened;
  const { row, state } = opened.value;
  const read = await open(context, state, given);
  if (!read.ok) return read;
  const { name, bytes, inner, kind, reading, at } = read.value;
  if (kind === null || !isReadable(reading)) return fail('unreadable', viewOf(read.value).sentence);
  const [original, snapshot] = [await keep(context, bytes), await keep(context, inner)];
  if (!original.ok) return original;
  if (!snapshot.ok) return snapshot;
  const feedId = FeedId.parse(fileFeedId(kind));
  const recorded = await context.db.call('recordFetch', {
    fetch: {
      feedId,
      incidentId: row.id,
      at,
      state: reading.feedState,
      reason: reading.reason ?? '',
      sha256: snapshot.value.sha256,
      headers: {},
    },
  });
  if (!recorded.ok) return recorded;
  const said = await book.dispatch(incidentId, {
    type: 'read_feed',
    reading: { ...entryOf(read.value, kind, state), feedId, sha256: snapshot.value.sha256 },
  });
  if (!said.ok) return said;
  const evidenceId = EvidenceId.parse(`snapshot-${feedId}-${original.value.sha256.slice(0, 16)}`);
  const view = viewOf(read.value);
  const added = await book.dispatch(incidentId, {
    type: 'add_evidence',
    evidence: {
      evidenceId,
      kind: 'snapshot',
      side: 'provider',
      name: `${titleOf(kind)}, ${name}`.slice(0, 400),
      sha256: original.value.sha256,
      size: original.value.size,
      summary: [view.sentence, view.unpacked === '' ? '' : `Taken out of ${view.unpacked}.`]
        .filter((part) => part !== '')
        .join(' ')
        .slice(0, 2000),
    },
  });
  return added.ok ? ok({ ...view, evidenceId }) : added;
}

interface OpenedStatement {
  readonly name: string;
  /** As given, and as its kind reads them. */
  readonly bytes: Uint8Array;
  readonly inner: Uint8Array;
  readonly how: string;
  readonly kind: FeedKind | null;
  readonly format: string;
  readonly reading: FeedReading;
  readonly match: FeedMatch;
  readonly at: Instant;
}

async function open(
  { library, clock }: ServiceContext,
  state: IncidentState,
  { source, kind: asked }: GivenStatement,
): Promise<Result<OpenedStatement>> {
  const given = await bytesOf(source);
  if (!given.ok) return given;
  const { name, bytes } = given.value;
  const { bytes: inner, how } = unpack(bytes);
  const identity = identify(inner);
  const kind = asked ?? identity?.kind ?? null;
  const at = clockOf(clock, state).now();
  const reading: FeedReading =
    kind === null
      ? { feedState: 'unreadable', reason: reasonAgainst(inner), events: [], rejected: [] }
      : readFeed(kind, inner, { fetchedAt: at });
  const known = state.feeds.flatMap(({ matches }) => matches).flatMap(firstWords);
  const match = matchEvents(reading, { ...state.scope, now: at }, library.feedCatalog, new Map(known));
  const format = kind === null ? '' : identity?.kind === kind ? identity.format : titleOf(kind);
  return ok({ name, bytes, inner, how, kind, format, reading, match, at });
}

function firstWords({ nativeId, publishedAt }: EventMatch): readonly (readonly [string, Instant])[] {
  return publishedAt === null ? [] : [[nativeId, publishedAt]];
}

async function bytesOf(
  source: StatementSource,
): Promise<Result<{ readonly name: string; readonly bytes: Uint8Array }>> {
  if (source.type === 'text') return ok({ name: 'pasted', bytes: new TextEncoder().encode(source.text) });
  const name = path.basename(source.path);
  try {
    const { size } = await stat(source.path);
    if (size > MOST_BYTES)
      return fail('too_large', `${name} is larger than 16 MiB, which no statement of a provider is.`);
    return ok({ name: `file ${name}`, bytes: await readFile(source.path) });
  } catch (cause) {
    return fail(
      'unreadable',
      `${name} could not be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

function keep(
  { db }: ServiceContext,
  bytes: Uint8Array,
): Promise<Result<{ readonly sha256: Sha256; readonly size: number }>> {
  return db.call('putBlob', { mediaType: 'application/octet-stream', bytes });
}

function isReadable({ feedState }: FeedReading): boolean {
  return feedState === 'ok' || feedState === 'empty';
}

/** What the trail gets: the word of all files of the kind that this incident has been given. */
function entryOf(
  { reading, match }: OpenedStatement,
  kind: FeedKind,
  { feeds }: IncidentState,
): Omit<EventData<'feed.read'>, 'feedId' | 'sha256'> {
  const before = feeds.find((one) => one.feedId === fileFeedId(kind));
  const { saying, reason, matches } = withStatement(before?.matches ?? [], reading, match);
  return {
    feedName: `${titleOf(kind)}, from a file`,
    kind,
    state: reading.feedState,
    reason,
    saying,
    matches: [...matches],
  };
}

function viewOf({ name, bytes, how, kind, format, reading, match }: OpenedStatement): StatementView {
  return {
    kind,
    format,
    name,
    size: bytes.byteLength,
    state: reading.feedState,
    sentence: statementSentence(reading, match),
    events: reading.events.length,
    rejected: reading.rejected.length,
    matches: match.matches.filter(({ degree }) => degree !== 'unrelated').slice(0, 50),
    unpacked: how,
  };
}
