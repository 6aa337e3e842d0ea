import { createHash } from 'node:crypto';
import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import type { IncidentId, Sha256 } from '../../main/core/ids.ts';
import type { Instant } from '../../main/core/time.ts';
import type { Anchor, ChainHead, ChainVerification, Checkpoint } from '../../main/core/trail/model.ts';
import type { TrailVerification } from '../../main/core/trail/model.ts';
import { canonicalText } from './canonical.ts';
import { signatureHolds, writerIdOf } from './keys.ts';
import type { Writer } from './keys.ts';
import type { KnownHead } from './verify.ts';

/** Signs how far the chains of an incident reach. `chains` must be those of all its writers. */
export function signCheckpoint(
  writer: Writer,
  reach: { readonly incidentId: IncidentId; readonly at: Instant; readonly chains: readonly ChainHead[] },
): Checkpoint {
  const chains = byWriter(reach.chains);
  const statement = {
    incidentId: reach.incidentId,
    at: reach.at,
    count: totalCount(chains),
    head: combinedHead(reach.incidentId, chains),
    chains,
    writer: writer.id,
    publicKey: writer.publicKey,
  };
  return { ...statement, signature: writer.sign(signedBytes(statement)) };
}

/** What is wrong with a checkpoint in itself, as a sentence; null when its numbers and its signature hold. */
export function checkpointFault(checkpoint: Checkpoint): string | null {
  const { signature, ...statement } = checkpoint;
  if (writerIdOf(checkpoint.publicKey) !== checkpoint.writer) {
    return "The checkpoint's key is not the key of its writer.";
  }
  if (!signatureHolds(checkpoint.publicKey, signedBytes(statement), signature)) {
    return "The checkpoint's signature does not hold: it was changed after it was signed.";
  }
  const consistent =
    checkpoint.count === totalCount(checkpoint.chains) &&
    checkpoint.head === combinedHead(checkpoint.incidentId, checkpoint.chains);
  return consistent ? null : "The checkpoint's count and head are not those of its chains.";
}

/** The head of a whole trail: that of its only chain, or the SHA-256 of the canonical list of several. */
function combinedHead(incidentId: string, chains: readonly ChainHead[]): Sha256 {
  const [first, ...others] = byWriter(chains);
  if (first !== undefined && others.length === 0) return first.head;
  const text = `demarc-heads-v1\n${canonicalText({ incident: incidentId, chains: byWriter(chains) })}`;
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * What an anchor says about each chain, by writer. A count and head copied by hand can only be laid against a trail of one writer.
 * Fails with `invalid_input` for another incident's anchor or one whose signature does not hold.
 */
export function anchorHeads(
  anchor: Anchor | undefined,
  incidentId: IncidentId,
  writers: readonly string[],
): Result<ReadonlyMap<string, KnownHead>> {
  if (anchor === undefined) return ok(new Map());
  if (!('chains' in anchor)) {
    const [only, ...others] = writers;
    if (only === undefined || others.length > 0) {
      return fail(
        'invalid_input',
        'This trail has several writers: a whole checkpoint is needed as its anchor.',
      );
    }
    return ok(new Map([[only, anchor]]));
  }
  if (anchor.incidentId !== incidentId) {
    return fail('invalid_input', `The anchor is of incident ${anchor.incidentId}, not of ${incidentId}.`);
  }
  const fault = checkpointFault(anchor);
  if (fault !== null) return fail('invalid_input', fault);
  return ok(new Map(anchor.chains.map((chain) => [chain.writer, chain])));
}

/** The verdict on a whole trail: that of its worst chain, `altered` before `truncated`. */
export function combineChains(
  incidentId: IncidentId,
  chains: readonly ChainVerification[],
  anchored: boolean,
): TrailVerification {
  const entries = chains.reduce((sum, chain) => sum + chain.entries, 0);
  const heads = chains.map(({ writer, entries: count, head }) => ({ writer, count, head }) as ChainHead); // ids checked by their chains
  const whole = { incidentId, entries, head: combinedHead(incidentId, heads), chains: [...chains] };
  const broken =
    chains.find((chain) => chain.state === 'altered') ?? chains.find((chain) => chain.state === 'truncated');
  if (broken !== undefined) {
    const at = broken.at === undefined ? {} : { at: broken.at };
    return { ...whole, state: broken.state, ...at, reason: broken.reason };
  }
  return anchored
    ? { ...whole, state: 'valid', reason: `Whole: ${entries} entries, and it contains the anchor.` }
    : {
        ...whole,
        state: 'valid_no_anchor',
        reason: `Whole in itself: ${entries} entries. No anchor was given.`,
      };
}

function byWriter(chains: readonly ChainHead[]): ChainHead[] {
  return [...chains].sort((one, other) => (one.writer < other.writer ? -1 : 1));
}

function totalCount(chains: readonly ChainHead[]): number {
  return chains.reduce((sum, chain) => sum + chain.count, 0);
}

/** A first line of its own keeps the signature from standing for anything else that is ever signed with the key. */
function signedBytes(statement: Omit<Checkpoint, 'signature'>): Buffer {
  return Buffer.from(`demarc-checkpoint-v1\n${canonicalText(statement)}`, 'utf8');
}
