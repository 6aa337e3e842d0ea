import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import type { IncidentId, Sha256 } from '../../main/core/ids.ts';
import type { Instant } from '../../main/core/time.ts';
import { epochMs } from '../../main/core/time.ts';
import type { WriterId } from '../../main/core/trail/model.ts';
import type { AppendedEntries, AppendEntriesArgs, EntryDraft, JsonValue, StoredEntry } from '../api.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { prepared, writeTransaction } from '../database.ts';
import { NotCanonical } from '../trail/canonical.ts';
import { bodyBytes, entryHash, genesis, nextHlc } from '../trail/chain.ts';
import type { ChainLink } from '../trail/verify.ts';
import { findIncident, putIncident } from './incidents.ts';

interface EntryRow {
  readonly incidentId: IncidentId;
  readonly writer: WriterId;
  readonly seq: number;
  readonly hlc: string;
  readonly at: Instant;
  readonly offsetMinutes: number;
  readonly actor: string;
  readonly type: string;
  readonly body: Buffer;
  readonly prev: Buffer;
  readonly hash: Buffer;
}

const COLUMNS = `incident_id AS incidentId, writer_id AS writer, seq, hlc, at, offset_minutes AS offsetMinutes,
  actor, type, body, prev, hash`;

/** What the next entry of a writer follows: the end of its own chain, and the latest entry of any. */
interface Tip {
  readonly seq: number;
  readonly prev: Buffer;
  readonly latest: { readonly hlc: string; readonly at: Instant } | null;
}

/**
 * Writes entries to the writer's chain and the incident's row with them, all or nothing. `expectedCount` 0 declares the
 * incident. An entry whose clock shows an earlier time than the latest one is preceded by `clock.went_back`.
 */
export function appendEntries(
  db: WritableDb,
  writer: WriterId,
  args: AppendEntriesArgs,
): Result<AppendedEntries> {
  try {
    return writeTransaction(db, () => appendAll(db, writer, args));
  } catch (thrown) {
    if (!(thrown instanceof NotCanonical)) throw thrown;
    return fail('invalid_input', `This cannot be written to the trail: ${thrown.message}.`, thrown.place);
  }
}

function appendAll(db: WritableDb, writer: WriterId, args: AppendEntriesArgs): Result<AppendedEntries> {
  const { incidentId, expectedCount, summary } = args;
  const known = findIncident(db, incidentId);
  if (known === undefined && expectedCount > 0)
    return fail('not_found', `There is no incident ${incidentId}.`);
  const count = known?.entries ?? 0;
  if (count !== expectedCount) {
    return fail(
      'conflict',
      `The trail has ${count} entries by now, not ${expectedCount}: somebody else wrote to it. Load it again.`,
    );
  }
  if (known === undefined && args.drafts.length === 0) {
    return fail('invalid_input', 'An incident is declared by its first entry.');
  }
  const tip = chainTip(db, incidentId, writer);
  const drafts = withClockJumps(tip.latest, args.drafts);
  // The row first: the entries refer to it.
  const incident = putIncident(db, { incidentId, entries: count + drafts.length, summary });
  return ok({ entries: insertEntries(db, tip, { incidentId, writer, drafts }), incident });
}

/** Puts a `clock.went_back` before each draft that is earlier than what comes before it. */
function withClockJumps(latest: { at: Instant } | null, drafts: readonly EntryDraft[]): EntryDraft[] {
  return drafts.flatMap((draft, index) => {
    const before = index === 0 ? latest?.at : drafts[index - 1]?.at;
    if (before === undefined || epochMs(draft.at) >= epochMs(before)) return [draft];
    const data = { from: before, to: draft.at };
    return [{ ...draft, type: 'clock.went_back', actor: 'demarc', data }, draft];
  });
}

const INSERT = `
  INSERT INTO entry (incident_id, writer_id, seq, hlc, at, offset_minutes, actor, type, body, prev, hash)
  VALUES ($incidentId, $writer, $seq, $hlc, $at, $offsetMinutes, $actor, $type, $body, $prev, $hash)`;

function insertEntries(
  db: WritableDb,
  start: Tip,
  of: { readonly incidentId: IncidentId; readonly writer: WriterId; readonly drafts: readonly EntryDraft[] },
): StoredEntry[] {
  let tip = start;
  return of.drafts.map((draft) => {
    const row = nextRow(tip, { ...of, draft });
    prepared<object>(db, INSERT).run(row);
    tip = { seq: row.seq, prev: row.hash, latest: row };
    return storedEntry(row);
  });
}

function nextRow(
  tip: Tip,
  { incidentId, writer, draft }: { incidentId: IncidentId; writer: WriterId; draft: EntryDraft },
): EntryRow {
  const { at, offsetMinutes, data } = draft;
  const actor = draft.actor.normalize('NFC');
  const type = draft.type.normalize('NFC');
  const seq = tip.seq + 1;
  const hlc = nextHlc(tip.latest?.hlc ?? null, at);
  const body = bodyBytes({
    v: 1,
    incident: incidentId,
    writer,
    seq,
    hlc,
    at,
    offset: offsetMinutes,
    actor,
    type,
    data,
  });
  const hash = entryHash(tip.prev, body);
  return { incidentId, writer, seq, hlc, at, offsetMinutes, actor, type, body, prev: tip.prev, hash };
}

/** The last entry of each chain. CROSS JOIN fixes the order: from the few writers to the end of each chain, by its key. */
const ENDS = `
  SELECT entry.writer_id AS writer, entry.seq, entry.hlc, entry.at, entry.hash
  FROM writer CROSS JOIN entry
    ON entry.incident_id = $incidentId AND entry.writer_id = writer.id AND entry.seq =
      (SELECT max(seq) FROM entry WHERE incident_id = $incidentId AND writer_id = writer.id)`;

type End = Pick<EntryRow, 'writer' | 'seq' | 'hlc' | 'at' | 'hash'>;

function chainTip(db: ReadableDb, incidentId: IncidentId, writer: WriterId): Tip {
  const ends = prepared<{ incidentId: string }, End>(db, ENDS).all({ incidentId });
  const own = ends.find((end) => end.writer === writer);
  return {
    seq: own?.seq ?? 0,
    prev: own?.hash ?? genesis(incidentId, writer),
    latest: ends.reduce<End | null>(
      (latest, end) => (latest === null || end.hlc > latest.hlc ? end : latest),
      null,
    ),
  };
}

/** The entries of an incident in trail order: by hybrid clock, then by writer. `after` skips the first ones. */
export function readEntries(
  db: ReadableDb,
  { incidentId, after = 0 }: { incidentId: IncidentId; after?: number },
): Result<readonly StoredEntry[]> {
  if (findIncident(db, incidentId) === undefined)
    return fail('not_found', `There is no incident ${incidentId}.`);
  const rows = db
    .prepare<[string, number], EntryRow>(
      `SELECT ${COLUMNS} FROM entry WHERE incident_id = ? ORDER BY hlc, writer_id, seq LIMIT -1 OFFSET ?`,
    )
    .all(incidentId, after);
  return ok(rows.map(storedEntry));
}

/** One writer's chain as stored, in the order of its numbers, row by row. */
export function* chainLinks(db: ReadableDb, incidentId: string, writer: string): Generator<ChainLink> {
  const rows = db
    .prepare<[string, string], EntryRow>(
      `SELECT ${COLUMNS} FROM entry WHERE incident_id = ? AND writer_id = ? ORDER BY seq`,
    )
    .iterate(incidentId, writer);
  for (const row of rows)
    yield { seq: row.seq, bytes: row.body, prev: row.prev, hash: row.hash, columns: row };
}

/** The hash of one entry in hexadecimal, or null when there is none with that number. */
export function hashAt(db: ReadableDb, incidentId: string, writer: string, seq: number): Sha256 | null {
  const row = prepared<[string, string, number], { hash: Buffer }>(
    db,
    'SELECT hash FROM entry WHERE incident_id = ? AND writer_id = ? AND seq = ?',
  ).get(incidentId, writer, seq);
  return row?.hash.toString('hex') ?? null;
}

function storedEntry({ body, prev, hash, ...columns }: EntryRow): StoredEntry {
  return { ...columns, data: dataOf(body), prev: prev.toString('hex'), hash: hash.toString('hex') };
}

/** Null for a body that damage has made unreadable: one bad byte must not hide a whole incident; the verifier names it. */
function dataOf(body: Buffer): JsonValue {
  try {
    const parsed = JSON.parse(body.toString('utf8')) as { readonly data?: JsonValue }; // written by nextRow
    return parsed.data ?? null;
  } catch {
    return null;
  }
}
