import { createHash } from 'node:crypto';
import type { DbClient } from '../../db/client.ts';
import type { PlaybookReference } from '../core/incident/events.ts';
import type { Playbook } from '../core/playbook/definition.ts';
import { parsePlaybook } from '../core/playbook/parse.ts';
import { fail, ok, type Result } from '../core/result.ts';

/** A playbook with the bytes of its whole document: those are what an incident keeps. */
export interface PlaybookEdition {
  readonly playbook: Playbook;
  readonly bytes: Uint8Array;
  readonly reference: PlaybookReference;
}

/** Largest playbook document read, in bytes; the bounds on its content are tighter. */
export const LARGEST_PLAYBOOK_BYTES = 8 * 1024 * 1024;

/** Reads a playbook document. Faults come back as one `invalid_input` with every place in its message. */
export function readEdition(bytes: Uint8Array, name: string): Result<PlaybookEdition> {
  const json = parseJson(bytes, name);
  if (!json.ok) return json;
  const parsed = parsePlaybook(json.value);
  return parsed.ok ? ok(edition(parsed.value, bytes)) : parsed;
}

/** The edition of a playbook that is put together from several documents: its own bytes are the whole of it. */
export function editionOf(playbook: Playbook): PlaybookEdition {
  return edition(playbook, new TextEncoder().encode(JSON.stringify(playbook)));
}

function edition(playbook: Playbook, bytes: Uint8Array): PlaybookEdition {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { id, version } = playbook;
  return { playbook, bytes, reference: { id, version, sha256 } };
}

/** Stores the edition under its SHA-256, so that an incident which follows it keeps it whatever becomes of the document. */
export async function pinPlaybook(
  db: DbClient,
  { bytes, reference }: PlaybookEdition,
): Promise<Result<PlaybookReference>> {
  const stored = await db.call('putBlob', { mediaType: 'application/json', bytes });
  return stored.ok ? ok(reference) : stored;
}

/** A playbook that an incident follows or followed, from the bytes stored then. */
export async function pinnedPlaybook(db: DbClient, reference: PlaybookReference): Promise<Result<Playbook>> {
  const blob = await db.call('getBlob', { sha256: reference.sha256 });
  if (!blob.ok) return blob;
  const read = readEdition(blob.value.bytes, `${reference.id} ${reference.version}`);
  return read.ok ? ok(read.value.playbook) : read;
}

function parseJson(bytes: Uint8Array, name: string): Result<unknown> {
  if (bytes.length > LARGEST_PLAYBOOK_BYTES)
    return fail('too_large', `The playbook ${name} is larger than 8 MiB.`);
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail('invalid_input', `The playbook ${name} is not JSON: ${why}`);
  }
}
