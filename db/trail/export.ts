import type { IncidentId } from '../../main/core/ids.ts';
import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import type { Instant } from '../../main/core/time.ts';
import type { ChainHead, Checkpoint, TrailExport } from '../../main/core/trail/model.ts';
import type { ReadableDb } from '../database.ts';
import { chainLinks } from '../queries/entries.ts';
import { findIncident } from '../queries/incidents.ts';
import { writersOf } from '../queries/writers.ts';
import { signCheckpoint } from './checkpoint.ts';
import type { Writer } from './keys.ts';

interface Moment {
  readonly incidentId: IncidentId;
  readonly at: Instant;
}

/** Signs how far an incident's trail reaches now. It does not verify it: a broken trail is exported as it is. */
export function checkpoint(db: ReadableDb, writer: Writer, { incidentId, at }: Moment): Result<Checkpoint> {
  if (findIncident(db, incidentId) === undefined)
    return fail('not_found', `There is no incident ${incidentId}.`);
  return ok(signCheckpoint(writer, { incidentId, at, chains: chainHeads(db, incidentId) }));
}

/** The whole trail with a checkpoint signed at `at`, in one view of the database. */
export function exportTrail(db: ReadableDb, writer: Writer, moment: Moment): Result<TrailExport> {
  const { incidentId } = moment;
  const signed = checkpoint(db, writer, moment);
  if (!signed.ok) return signed;
  const writers = writersOf(db, incidentId).map(({ id, publicKey }) => ({
    writer: id,
    publicKey,
    entries: [...chainLinks(db, incidentId, id)].map(({ seq, bytes, prev, hash }) => ({
      seq,
      bytes: Buffer.from(bytes).toString('utf8'),
      prev: Buffer.from(prev).toString('hex'),
      hash: Buffer.from(hash).toString('hex'),
    })),
  }));
  return ok({ incident: incidentId, writers, checkpoint: signed.value });
}

function chainHeads(db: ReadableDb, incidentId: IncidentId): ChainHead[] {
  return db
    .prepare<[string], { writer: ChainHead['writer']; count: number; head: Buffer }>(
      `SELECT writer_id AS writer, max(seq) AS count, hash AS head
       FROM entry WHERE incident_id = ? GROUP BY writer_id ORDER BY writer_id`,
    )
    .all(incidentId)
    .map((row) => ({ ...row, head: row.head.toString('hex') }));
}
