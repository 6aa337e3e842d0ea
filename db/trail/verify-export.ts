import { z } from 'zod';
import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import type {
  Anchor,
  ChainVerification,
  Checkpoint,
  TrailVerification,
} from '../../main/core/trail/model.ts';
import { TrailExport } from '../../main/core/trail/model.ts';
import { anchorHeads, checkpointFault, combineChains } from './checkpoint.ts';
import { writerIdOf } from './keys.ts';
import type { KnownHead } from './verify.ts';
import { verifyChain } from './verify.ts';

const ExportedDocument = z.looseObject({ trail: TrailExport });

/**
 * Verifies the trail in an exported JSON document from that document alone. The checkpoint inside it must hold and match, but it
 * is no anchor: whoever rewrote the trail with the writer's key could have signed it again. Fails with
 * `invalid_input` when the document carries no trail or the anchor does not fit.
 */
export function verifyExport(document: unknown, anchor?: Anchor): Result<TrailVerification> {
  const parsed = ExportedDocument.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue === undefined ? undefined : issue.path.map(String).join('.');
    return fail(
      'invalid_input',
      `This is not an export with a trail: ${issue?.message ?? 'unknown fault'}.`,
      place,
    );
  }
  const { trail } = parsed.data;
  const writers = trail.writers.map(({ writer }) => writer);
  const known = anchorHeads(anchor, trail.incident, allOf(writers, anchor));
  if (!known.ok) return known;
  const chains = allOf(writers, anchor, trail.checkpoint).map((writer) =>
    verifyWriter(trail, writer, known.value.get(writer)),
  );
  const whole = combineChains(trail.incident, chains, anchor !== undefined);
  const fault = checkpointFault(trail.checkpoint) ?? otherIncident(trail);
  return ok(
    fault === null || whole.state === 'altered' ? whole : { ...whole, state: 'altered', reason: fault },
  );
}

function otherIncident(trail: TrailExport): string | null {
  return trail.checkpoint.incidentId === trail.incident ? null : 'The checkpoint is of another incident.';
}

/** Every writer that is named anywhere, once: a chain that is missing as a whole must be noticed too. */
function allOf(writers: readonly string[], ...named: readonly (Anchor | Checkpoint | undefined)[]): string[] {
  const further = named.flatMap((one) =>
    one !== undefined && 'chains' in one ? one.chains.map(({ writer }) => writer) : [],
  );
  return [...new Set([...writers, ...further])];
}

function verifyWriter(trail: TrailExport, writer: string, anchor: KnownHead | undefined): ChainVerification {
  const part = trail.writers.find((one) => one.writer === writer);
  const stated = trail.checkpoint.chains.find((one) => one.writer === writer);
  const entries = (part?.entries ?? []).map((entry) => ({
    seq: entry.seq,
    bytes: Buffer.from(entry.bytes, 'utf8'),
    prev: Buffer.from(entry.prev, 'hex'),
    hash: Buffer.from(entry.hash, 'hex'),
  }));
  const found = verifyChain(
    { incidentId: trail.incident, writer, entries },
    { anchor, highWater: stated && stated.count > 0 ? [stated] : [] },
  );
  if (found.state === 'altered' || found.state === 'truncated') return found;
  if (part !== undefined && writerIdOf(part.publicKey) !== writer) {
    return { ...found, state: 'altered', at: 1, reason: `The key given for ${writer} is not its key.` };
  }
  const signed = stated?.count ?? 0;
  if (found.entries === signed) return found;
  const reason = `The checkpoint covers ${signed} entries; those after it were added to the export later.`;
  return { ...found, state: 'altered', at: signed + 1, reason };
}
