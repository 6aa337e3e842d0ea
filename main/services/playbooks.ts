import { createHash } from 'node:crypto';
import type { DbClient } from '../../db/client.ts';
import type { PlaybookReference } from '../core/incident/events.ts';
import type { Playbook } from '../core/playbook/definition.ts';
import { parsePlaybook } from '../core/playbook/parse.ts';
import { fail, ok, type Result } from '../core/result.ts';

/** A playbook with the bytes it was read from: those are what an incident keeps. */
export interface PlaybookEdition {
  readonly playbook: Playbook;
  readonly bytes: Uint8Array;
  readonly reference: PlaybookReference;
}

/** Reads a playbook document. Faults come back as one `invalid_input` with every place in its message. */
export function readEdition(bytes: Uint8Array, name: string): Result<PlaybookEdition> {
  const json = parseJson(bytes, name);
  if (!json.ok) return json;
  const parsed = parsePlaybook(json.value);
  if (!parsed.ok) return parsed;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { id, version } = parsed.value;
  return ok({ playbook: parsed.value, bytes, reference: { id, version, sha256 } });
}

/** Stores the edition beside the incidents, so that one that begins with it keeps it. */
export async function pinPlaybook(
  db: DbClient,
  edition: PlaybookEdition,
): Promise<Result<PlaybookReference>> {
  const stored = await db.call('putBlob', { mediaType: 'application/json', bytes: edition.bytes });
  return stored.ok ? ok(edition.reference) : stored;
}

/** The playbook an incident began with, from the bytes stored then. */
export async function pinnedPlaybook(db: DbClient, reference: PlaybookReference): Promise<Result<Playbook>> {
  const blob = await db.call('getBlob', { sha256: reference.sha256 });
  if (!blob.ok) return blob;
  const edition = readEdition(blob.value.bytes, `${reference.id} ${reference.version}`);
  return edition.ok ? ok(edition.value.playbook) : edition;
}

function parseJson(bytes: Uint8Array, name: string): Result<unknown> {
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail('invalid_input', `The playbook ${name} is not JSON: ${why}`);
  }
}
