import type { Instant } from '../../main/core/time.ts';
import type { ChainVerification, TrailState } from '../../main/core/trail/model.ts';
import { entryHash, genesis } from './chain.ts';

/** The columns stored beside an entry's body; each must say what the body says. */
export interface EntryColumns {
  readonly hlc: string;
  readonly at: Instant;
  readonly offsetMinutes: number;
  readonly actor: string;
  readonly type: string;
}

/** An entry as stored or exported: its exact bytes and the links around them. */
export interface ChainLink {
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly prev: Uint8Array;
  readonly hash: Uint8Array;
  /** Absent in an export, which carries the bytes only. */
  readonly columns?: EntryColumns;
}

/** A point that the chain is known to have passed. */
export interface KnownHead {
  readonly count: number;
  readonly head: string;
}

export interface Chain {
  readonly incidentId: string;
  readonly writer: string;
  /** In the order of their sequence numbers. */
  readonly entries: Iterable<ChainLink>;
}

interface Fault {
  readonly state: Extract<TrailState, 'truncated' | 'altered'>;
  readonly at: number;
  readonly reason: string;
}

/**
 * Verifies one writer's chain from its stored bytes alone; nothing is written again in JSON to be compared. `anchor` is a head
 * kept elsewhere: only with it can the answer be `valid`. `highWater` are further heads that this
 * machine has seen; they can only show faults.
 */
export function verifyChain(
  chain: Chain,
  known: { readonly anchor?: KnownHead | undefined; readonly highWater?: readonly KnownHead[] } = {},
): ChainVerification {
  const heads = [...(known.anchor ? [known.anchor] : []), ...(known.highWater ?? [])];
  let prev = genesis(chain.incidentId, chain.writer);
  let entries = 0;
  let fault: Fault | null = null;
  for (const link of chain.entries) {
    fault = linkFault(chain, link, entries + 1, prev) ?? headFault(heads, link);
    if (fault !== null) break;
    entries += 1;
    prev = Buffer.from(link.hash);
  }
  fault ??= missingFault(heads, entries);
  const found = { writer: chain.writer, entries, head: prev.toString('hex') };
  if (fault !== null) return { ...found, ...fault };
  return known.anchor === undefined
    ? {
        ...found,
        state: 'valid_no_anchor',
        reason: `Whole in itself: ${entries} entries. No anchor was given.`,
      }
    : { ...found, state: 'valid', reason: `Whole: ${entries} entries, and it contains the anchor.` };
}

/** The first thing about an entry that does not hold, checked in the order in which it can be relied on. */
function linkFault(chain: Chain, link: ChainLink, expected: number, prev: Buffer): Fault | null {
  if (link.seq !== expected) {
    return altered(expected, `Entry ${expected} is missing; number ${link.seq} stands in its place.`);
  }
  if (!prev.equals(link.prev))
    return altered(expected, `Entry ${expected} does not follow the one before it.`);
  if (!entryHash(prev, link.bytes).equals(link.hash)) {
    return altered(expected, `Entry ${expected} is not what its hash was made from.`);
  }
  const difference = bodyDifference(chain, link);
  return difference === null ? null : altered(expected, `Entry ${expected}: ${difference}.`);
}

function altered(at: number, reason: string): Fault {
  return { state: 'altered', at, reason };
}

/** The name of the first field in which the body differs from where it stands and from the columns beside it. */
function bodyDifference(chain: Chain, link: ChainLink): string | null {
  const body = parsedBody(link.bytes);
  if (body === null) return 'its body is not a JSON object';
  const columns = link.columns;
  const stands: Record<string, unknown> = {
    v: 1,
    incident: chain.incidentId,
    writer: chain.writer,
    seq: link.seq,
    ...(columns && {
      hlc: columns.hlc,
      at: columns.at,
      offset: columns.offsetMinutes,
      actor: columns.actor,
      type: columns.type,
    }),
  };
  const different = Object.keys(stands).find((key) => body[key] !== stands[key]);
  return different === undefined ? null : `its "${different}" is not the one it was written with`;
}

function parsedBody(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const body: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : null; // just shown
  } catch {
    return null;
  }
}

function headFault(heads: readonly KnownHead[], link: ChainLink): Fault | null {
  const hash = Buffer.from(link.hash).toString('hex');
  const broken = heads.some((head) => head.count === link.seq && head.head !== hash);
  return broken
    ? altered(
        link.seq,
        `Entry ${link.seq} or one before it was written anew: its hash is not the one once seen.`,
      )
    : null;
}

function missingFault(heads: readonly KnownHead[], entries: number): Fault | null {
  const seen = Math.max(0, ...heads.map((head) => head.count));
  if (seen <= entries) return null;
  const reason = `The chain ends at entry ${entries}, but entry ${seen} was once seen.`;
  return { state: 'truncated', at: entries + 1, reason };
}
