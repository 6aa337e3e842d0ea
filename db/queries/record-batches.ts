import type { Call, RecordBatch } from '../../main/core/evidence/record-batch.ts';
import { guidOf, KIND, LIST_FIELD } from '../../main/core/evidence/record-batch.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { prepared } from '../database.ts';
import { groupGatherer } from './record-groups.ts';
import { forgetIds, idsOfIncident } from './record-ids.ts';

/** An import under way: the numbers that its records carry. */
export interface Staging {
  readonly number: number;
  readonly incident: number;
  /** The number of the file whose place it takes, if any. */
  readonly replaces?: number | null;
}

/** From a batch's own numbers of texts and calls to those of the store. One for each sender of batches. */
export interface Numbers {
  vocabulary: number;
  texts: number[];
  calls: number[];
  /** Which of the store's calls carry a flag. */
  flagged: Set<number>;
}

export function newNumbers(): Numbers {
  return { vocabulary: 0, texts: [], calls: [], flagged: new Set() };
}

/**
 * Adds a batch to an import under way, within a transaction of the caller's. A record whose id the incident has already is a
 * duplicate and left out.
 */
export function storeBatch(
  db: WritableDb,
  staging: Staging,
  batch: RecordBatch,
  numbers: Numbers,
): { inserted: number; duplicates: number } {
  const number = nextNumber(db, 'SELECT max(batch) FROM log_batch');
  const rows = storeRows(db, staging, batch, numbers);
  idsOfIncident(db, staging.incident, staging.replaces ?? null).reached(number);
  insertWords(db, batch, rows);
  if (rows.inserted > 0) insertPostings(db, number, batch, numbers);
  const sums = sumsOf(batch, numbers);
  insertMinutes(db, number, sums.minutes);
  prepared(
    db,
    `INSERT INTO log_batch (batch, incident, file, first_record, positions, first_text, texts, first_call, calls,
       records, changes, errors, first_ms, last_ms, prints, groups)
     VALUES ($number, $incident, $file, $firstRecord, $positions, $firstText, $texts, $firstCall, $calls,
       $inserted, $changes, $errors, $firstMs, $lastMs, $prints, $groups)`,
  ).run({
    number,
    incident: staging.incident,
    file: staging.number,
    firstRecord: rows.firstRecord,
    positions: batch.records,
    firstText: rows.firstText,
    texts: batch.newTexts.values.length,
    firstCall: rows.firstCall,
    calls: batch.newCalls.length,
    inserted: rows.inserted,
    changes: sums.changes,
    errors: sums.errors,
    firstMs: sums.firstMs,
    lastMs: sums.lastMs,
    prints: Buffer.from(batch.prints.buffer),
    groups: sums.groups,
  });
  return { inserted: rows.inserted, duplicates: batch.records - rows.inserted };
}

interface StoredRows {
  readonly inserted: number;
  /** The numbers of the batch's first record, text and call. */
  readonly firstRecord: number;
  readonly firstText: number;
  readonly firstCall: number;
}

/**
 * The rows of a batch, and of the texts and calls that it is the first to use: what there is, without anything by which it is
 * found. The fingerprints of duplicates become zeros.
 */
export function storeRows(
  db: WritableDb,
  staging: Staging,
  batch: RecordBatch,
  numbers: Numbers,
): StoredRows {
  if (numbers.vocabulary !== batch.vocabulary) {
    Object.assign(numbers, { ...newNumbers(), vocabulary: batch.vocabulary });
  }
  const firstText = nextNumber(db, 'SELECT max(text) FROM log_text');
  const firstCall = nextNumber(db, 'SELECT max(call) FROM log_call');
  const firstRecord = nextNumber(
    db,
    'SELECT first_record + positions - 1 FROM log_batch ORDER BY batch DESC LIMIT 1',
  );
  insertTexts(db, staging, batch, { numbers, firstText });
  insertCalls(db, batch.newCalls, { numbers, firstCall });
  const inserted = insertRows(db, staging, batch, { numbers, firstRecord });
  return { inserted, firstRecord, firstText, firstCall };
}

function nextNumber(db: ReadableDb, sql: string): number {
  const last = prepared<[], Record<string, number | null>>(db, sql).get();
  return (Object.values(last ?? {})[0] ?? 0) + 1;
}

function insertTexts(
  db: WritableDb,
  { incident }: Staging,
  { newTexts }: RecordBatch,
  { numbers, firstText }: { readonly numbers: Numbers; readonly firstText: number },
): void {
  const text = prepared<unknown[]>(
    db,
    'INSERT INTO log_text (text, incident, field, value) VALUES (?, ?, ?, ?)',
  );
  for (const [index, value] of newTexts.values.entries()) {
    const field = newTexts.fields[index] ?? 0;
    const number = firstText + index;
    numbers.texts.push(number);
    text.run(number, incident, field, value);
  }
}

/** The texts of a batch, each of its parts to be found. */
function insertWords(db: WritableDb, { newTexts }: RecordBatch, { firstText }: StoredRows): void {
  const search = prepared<unknown[]>(db, 'INSERT INTO log_text_search (rowid, value) VALUES (?, ?)');
  for (const [index, value] of newTexts.values.entries())
    if (newTexts.fields[index] !== LIST_FIELD && value !== '') search.run(firstText + index, value);
}

function insertCalls(
  db: WritableDb,
  calls: readonly Call[],
  { numbers, firstCall }: { readonly numbers: Numbers; readonly firstCall: number },
): void {
  const insert = prepared<object>(
    db,
    `INSERT INTO log_call (call, source, name, region, account, principal, actor, user_agent, read_only, error_code, flags)
     VALUES ($call, $source, $name, $region, $account, $principal, $actor, $userAgent, $readOnly, $errorCode, $flags)`,
  );
  for (const [index, call] of calls.entries()) {
    numbers.calls.push(firstCall + index);
    if (call.flags.length > 0) numbers.flagged.add(firstCall + index);
    insert.run({
      ...call,
      call: firstCall + index,
      readOnly: call.readOnly === null ? null : Number(call.readOnly),
      flags: JSON.stringify(call.flags),
    });
  }
}

function insertRows(
  db: WritableDb,
  { incident, number: file, replaces }: Staging,
  batch: RecordBatch,
  { numbers, firstRecord }: { readonly numbers: Numbers; readonly firstRecord: number },
): number {
  const insert = prepared<unknown[]>(
    db,
    `INSERT INTO log_row (record, incident, file, at_ms, kind, call, address, message, resources, detail, id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const ids = idsOfIncident(db, incident, replaces ?? null);
  const others = new Map(batch.otherIds);
  const textOf = (own: number | undefined): number | null =>
    own === undefined || own === 0 ? null : (numbers.texts[own - 1] ?? null);
  let inserted = 0;
  for (let position = 0; position < batch.records; position += 1) {
    const high = batch.prints[position * 2] ?? 0;
    const low = batch.prints[position * 2 + 1] ?? 0;
    const id = others.get(position) ?? Buffer.from(batch.guids.buffer, position * 16, 16);
    if (ids.mayHave(high, low) && isThere(db, id, ids.candidates(high, low))) {
      batch.prints.fill(0, position * 2, position * 2 + 2);
      continue;
    }
    insert.run(
      firstRecord + position,
      incident,
      file,
      batch.at[position] ?? 0,
      batch.kind[position] ?? 0,
      callIn(batch, numbers, position),
      textOf(batch.address[position]),
      textOf(batch.message[position]),
      textOf(batch.resources[position]),
      textOf(batch.detail[position]),
      id,
    );
    ids.add(high, low, firstRecord + position);
    inserted += 1;
  }
  return inserted;
}

function callIn(batch: RecordBatch, { calls }: Numbers, position: number): number {
  return calls[(batch.call[position] ?? 0) - 1] ?? 0;
}

/** What a batch comes to, duplicates left out: by minute, by call and minute, and when its first and last records were. */
function sumsOf(batch: RecordBatch, numbers: Numbers) {
  const others = new Map(batch.otherIds);
  const groups = groupGatherer(
    batch,
    (position) => others.get(position) ?? guidOf(batch.guids, position * 16),
    (call) => numbers.flagged.has(call),
  );
  const minutes = minuteCounter();
  let firstMs: number | null = null;
  let lastMs: number | null = null;
  for (let position = 0; position < batch.records; position += 1) {
    // The second half of a fingerprint is zero for duplicates only.
    if (batch.prints[position * 2 + 1] === 0) continue;
    const at = batch.at[position] ?? 0;
    groups.add(position, callIn(batch, numbers, position));
    minutes.add(at, batch.kind[position] ?? 0);
    firstMs ??= at;
    lastMs = at;
  }
  return { ...minutes.totals(), minutes: minutes.all(), groups: groups.blob(), firstMs, lastMs };
}

/** Whether one of those records has that very id. */
function isThere(db: ReadableDb, id: string | Buffer, candidates: Iterable<number>): boolean {
  const read = prepared<[number], { id: string | Buffer }>(db, 'SELECT id FROM log_row WHERE record = ?');
  for (const record of candidates) {
    const stored = read.get(record)?.id;
    if (stored === undefined) continue;
    if (typeof id === 'string' ? stored === id : Buffer.isBuffer(stored) && stored.equals(id)) return true;
  }
  return false;
}

interface MinuteCounts {
  readonly minute: number;
  records: number;
  changes: number;
  errors: number;
}

/** Counts records by minute; they come oldest first. */
function minuteCounter() {
  const all: MinuteCounts[] = [];
  let current: MinuteCounts = { minute: NaN, records: 0, changes: 0, errors: 0 };
  return {
    add(at: number, kind: number): void {
      const minute = Math.floor(at / 60_000);
      if (minute !== current.minute) {
        current = { minute, records: 0, changes: 0, errors: 0 };
        all.push(current);
      }
      current.records += 1;
      if (kind === KIND.change) current.changes += 1;
      else if (kind === KIND.error) current.errors += 1;
    },
    all: (): readonly MinuteCounts[] => all,
    totals: () => ({
      changes: all.reduce((sum, one) => sum + one.changes, 0),
      errors: all.reduce((sum, one) => sum + one.errors, 0),
    }),
  };
}

function insertMinutes(db: WritableDb, batch: number, minutes: readonly MinuteCounts[]): void {
  const insert = prepared<unknown[]>(
    db,
    'INSERT INTO log_minute (batch, minute, records, changes, errors) VALUES (?, ?, ?, ?, ?)',
  );
  for (const { minute, records, changes, errors } of minutes)
    insert.run(batch, minute, records, changes, errors);
}

function insertPostings(db: WritableDb, number: number, { postings }: RecordBatch, { texts }: Numbers): void {
  const insert = prepared<unknown[]>(db, 'INSERT INTO log_posting (batch, text, positions) VALUES (?, ?, ?)');
  let from = 0;
  for (const [index, own] of postings.texts.entries()) {
    const end = postings.ends[index] ?? from;
    insert.run(
      number,
      texts[own - 1] ?? 0,
      Buffer.from(postings.positions.buffer, from * 2, (end - from) * 2),
    );
    from = end;
  }
}

interface StagedBatch extends StoredBatch {
  readonly firstText: number;
  readonly texts: number;
  readonly firstCall: number;
  readonly calls: number;
}

/**
 * Removes one batch of an import that is given up, the newest first, within a transaction of the caller's; false when there is
 * none left. A batch at a time, so that others need not wait for a large file to be gone.
 */
export function removeOneBatch(db: WritableDb, { number }: { readonly number: number }): boolean {
  const one = prepared<[number], StagedBatch>(
    db,
    `SELECT batch, first_record AS firstRecord, positions, first_text AS firstText, texts, first_call AS firstCall, calls
     FROM log_batch WHERE file = ? ORDER BY batch DESC LIMIT 1`,
  ).get(number);
  if (one === undefined) return false;
  forgetIds(db);
  const { batch, firstRecord, positions, firstText, texts, firstCall, calls } = one;
  const run = (sql: string, ...bind: number[]): void => {
    prepared<number[]>(db, sql).run(...bind);
  };
  run('DELETE FROM log_row WHERE record BETWEEN ? AND ?', firstRecord, firstRecord + positions - 1);
  run('DELETE FROM log_posting WHERE batch = ?', batch);
  run('DELETE FROM log_minute WHERE batch = ?', batch);
  run('DELETE FROM log_text_search WHERE rowid BETWEEN ? AND ?', firstText, firstText + texts - 1);
  run('DELETE FROM log_text WHERE text BETWEEN ? AND ?', firstText, firstText + texts - 1);
  run('DELETE FROM log_call WHERE call BETWEEN ? AND ?', firstCall, firstCall + calls - 1);
  run('DELETE FROM log_batch WHERE batch = ?', batch);
  return true;
}

/**
 * Empties one batch of a file that another reading has replaced, within a transaction of the caller's; false when none is left. It
 * goes to that other file with its texts and calls, which records of files read with it may mean.
 */
export function emptyOneBatch(db: WritableDb, number: number, heir: number): boolean {
  const one = prepared<[number], StoredBatch>(
    db,
    `SELECT batch, first_record AS firstRecord, positions FROM log_batch WHERE file = ? ORDER BY batch DESC LIMIT 1`,
  ).get(number);
  if (one === undefined) return false;
  emptyBatch(db, one, heir);
  return true;
}

/** Where a batch stands. */
export interface StoredBatch {
  readonly batch: number;
  readonly firstRecord: number;
  readonly positions: number;
}

/** Takes the records of a batch away, and leaves its texts and calls to a file, which may be its own. */
export function emptyBatch(
  db: WritableDb,
  { batch, firstRecord, positions }: StoredBatch,
  heir: number,
): void {
  forgetIds(db);
  prepared<number[]>(db, 'DELETE FROM log_row WHERE record BETWEEN ? AND ?').run(
    firstRecord,
    firstRecord + positions - 1,
  );
  prepared<number[]>(db, 'DELETE FROM log_posting WHERE batch = ?').run(batch);
  prepared<number[]>(db, 'DELETE FROM log_minute WHERE batch = ?').run(batch);
  prepared<number[]>(
    db,
    `UPDATE log_batch SET file = ?, records = 0, changes = 0, errors = 0, first_ms = NULL, last_ms = NULL,
       prints = zeroblob(length(prints)), groups = x'' WHERE batch = ?`,
  ).run(heir, batch);
}

/** What an import has brought. */
export function countStaged(
  db: ReadableDb,
  { number }: Staging,
): { records: number; changes: number; errors: number; fromMs: number | null; toMs: number | null } {
  const counted = prepared<
    [number],
    { records: number; changes: number; errors: number; fromMs: number | null; toMs: number | null }
  >(
    db,
    `SELECT coalesce(sum(records), 0) AS records, coalesce(sum(changes), 0) AS changes,
       coalesce(sum(errors), 0) AS errors, min(first_ms) AS fromMs, max(last_ms) AS toMs
     FROM log_batch WHERE file = ?`,
  ).get(number);
  if (counted === undefined) throw new Error('sum() gave no row');
  return counted;
}

/** An id as the source wrote it. */
export function idText(id: string | Uint8Array): string {
  return typeof id === 'string' ? id : guidOf(id);
}
