import type { IncidentId } from '../../main/core/ids.ts';
import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import type { Anchor, ChainVerification, TrailVerification } from '../../main/core/trail/model.ts';
import type { ReadableDb } from '../database.ts';
import { chainLinks } from '../queries/entries.ts';
import { findIncident } from '../queries/incidents.ts';
import { writersOf } from '../queries/writers.ts';
import { anchorHeads, combineChains } from './checkpoint.ts';
import type { HighWater } from './heads.ts';
import type { KnownHead } from './verify.ts';
import { verifyChain } from './verify.ts';

/**
 * Verifies the stored trail of an incident, chain by chain, against the marks this machine has kept outside the database and,
 * when given, an anchor. `not_found` when neither database nor marks know the incident.
 */
export function verifyIncident(
  db: ReadableDb,
  {
    incidentId,
    anchor,
    marks,
  }: {
    readonly incidentId: IncidentId;
    readonly anchor?: Anchor | undefined;
    readonly marks: ReadonlyMap<string, HighWater>;
  },
): Result<TrailVerification> {
  const incident = findIncident(db, incidentId);
  if (incident === undefined && marks.size === 0)
    return fail('not_found', `There is no incident ${incidentId}.`);
  const anchored =
    anchor !== undefined && 'chains' in anchor ? anchor.chains.map(({ writer }) => writer) : [];
  const writers = [
    ...new Set([...writersOf(db, incidentId).map(({ id }) => id), ...marks.keys(), ...anchored]),
  ];
  const known = anchorHeads(anchor, incidentId, writers);
  if (!known.ok) return known;
  const chains = verifyStored(db, incidentId, { writers, anchors: known.value, marks });
  const whole = combineChains(incidentId, chains, anchor !== undefined);
  const listed = incident?.entries ?? 0;
  const holds = whole.state === 'valid' || whole.state === 'valid_no_anchor';
  if (!holds || whole.entries >= listed) return ok(whole);
  // The incident's own row counts them too; it is no proof, but a difference is one.
  const reason = `The trail has ${whole.entries} entries, but ${listed} were written.`;
  return ok({ ...whole, state: 'truncated', at: whole.entries + 1, reason });
}

/** Verifies each chain of an incident as stored; by default those that are there, in themselves. */
export function verifyStored(
  db: ReadableDb,
  incidentId: IncidentId,
  against: {
    readonly writers?: readonly string[];
    readonly anchors?: ReadonlyMap<string, KnownHead>;
    readonly marks?: ReadonlyMap<string, HighWater>;
  } = {},
): ChainVerification[] {
  const writers = against.writers ?? writersOf(db, incidentId).map(({ id }) => id);
  return writers.map((writer) => {
    const mark = against.marks?.get(writer);
    return verifyChain(
      { incidentId, writer, entries: chainLinks(db, incidentId, writer) },
      { anchor: against.anchors?.get(writer), highWater: mark ? [mark] : [] },
    );
  });
}
