import type { LogRecord } from '../../main/core/evidence/model.ts';
import { recordBatcher } from '../../main/core/evidence/record-batcher.ts';
import type { Instant } from '../../main/core/time.ts';
import type { WritableDb } from '../database.ts';
import { newNumbers, storeBatch } from '../queries/record-batches.ts';
import type { Migration } from './migration.ts';

/*
 * Records come in batches of one file, oldest first within a batch, and never change afterwards. What many have in common is
 * kept once (`log_call`, `log_text`), so that a record is a row of small numbers. ADR 0007 says why, and what was measured.
 */
const tables = [
  `CREATE TABLE log_batch (
  batch INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL,
  file INTEGER NOT NULL,
  -- Record numbers are \`first_record\` plus the position in the batch; those of duplicates stay empty.
  first_record INTEGER NOT NULL,
  positions INTEGER NOT NULL,
  -- The texts and calls that this batch was the first to use.
  first_text INTEGER NOT NULL,
  texts INTEGER NOT NULL,
  first_call INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  records INTEGER NOT NULL,
  changes INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  -- Null when every record of it was there already.
  first_ms INTEGER,
  last_ms INTEGER,
  -- Fingerprints of ids by position, two unsigned 32-bit numbers each; zeros for duplicates.
  prints BLOB NOT NULL,
  -- Changes and errors by call and minute, in columns: see db/queries/log-groups.ts.
  groups BLOB NOT NULL
) STRICT`,
  `CREATE INDEX log_batch_of_incident ON log_batch (incident, last_ms)`,
  `CREATE INDEX log_batch_of_file ON log_batch (file)`,
  `CREATE TABLE log_call (
  call INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  region TEXT NOT NULL,
  account TEXT NOT NULL,
  principal TEXT NOT NULL,
  actor TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  read_only INTEGER,
  error_code TEXT,
  -- A list in JSON.
  flags TEXT NOT NULL
) STRICT`,
  `CREATE TABLE log_text (
  text INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL,
  -- The place in TEXT_FIELDS of main/core/evidence/record-batch.ts; the number after them is a list of resources in JSON.
  field INTEGER NOT NULL,
  value TEXT NOT NULL
) STRICT`,
  // Only which texts hold three letters in a row: the texts themselves are looked at afterwards.
  `CREATE VIRTUAL TABLE log_text_search USING fts5(
  value, content = '', contentless_delete = 1, tokenize = 'trigram', detail = none)`,
  // No foreign keys here: they would cost several look-ups per record of an import of a million.
  `CREATE TABLE log_row (
  record INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL,
  file INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  -- 1 for a change, 2 for an error.
  kind INTEGER NOT NULL,
  call INTEGER NOT NULL,
  -- Numbers of texts.
  address INTEGER,
  message INTEGER,
  resources INTEGER,
  detail INTEGER,
  -- 16 bytes for a GUID in lower case, otherwise the text.
  id ANY NOT NULL
) STRICT`,
  `CREATE INDEX log_row_time ON log_row (incident, at_ms)`,
  `CREATE INDEX log_row_changes ON log_row (incident, at_ms) WHERE kind = 1`,
  `CREATE INDEX log_row_errors ON log_row (incident, at_ms) WHERE kind = 2`,
  `CREATE TABLE log_posting (
  batch INTEGER NOT NULL,
  text INTEGER NOT NULL,
  -- Positions in the batch of the records with that text, rising, 16 bits each.
  positions BLOB NOT NULL,
  PRIMARY KEY (batch, text)
) STRICT, WITHOUT ROWID`,
  `CREATE TABLE log_minute (
  batch INTEGER NOT NULL,
  -- Minutes since 1970.
  minute INTEGER NOT NULL,
  records INTEGER NOT NULL,
  changes INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  PRIMARY KEY (batch, minute)
) STRICT, WITHOUT ROWID`,
];

interface OldRow extends Omit<LogRecord, 'at' | 'readOnly' | 'resources' | 'flags'> {
  readonly atMs: number;
  readonly readOnly: 0 | 1 | null;
  readonly resources: string;
  readonly flags: string;
}

const READ_AT_ONCE = 10_000;

/** Brings the records of finished files, kept one row each before, into batches. */
function convert(db: WritableDb): void {
  db.exec(`DELETE FROM evidence_file WHERE state = 'importing'`);
  const read = db.prepare<[number], OldRow & { record: number; incident: number; file: number }>(
    `SELECT record, incident, file, id, at_ms AS atMs, source, name, region, account, principal, actor,
       source_ip AS sourceIp, user_agent AS userAgent, read_only AS readOnly, error_code AS errorCode,
       error_message AS errorMessage, resources, flags, detail
     FROM log_record WHERE record > ? AND file IN (SELECT number FROM evidence_file)
     ORDER BY record LIMIT ${READ_AT_ONCE}`,
  );
  let batcher = recordBatcher();
  let numbers = newNumbers();
  let staging = { number: 0, incident: 0 };
  const store = (): void => {
    if (batcher.size() > 0) storeBatch(db, staging, batcher.take(), numbers);
  };
  for (let last = 0, rows = read.all(0); rows.length > 0; rows = read.all(last)) {
    for (const { record, incident, file, ...row } of rows) {
      last = record;
      // The records of a file mostly stand together.
      if (file !== staging.number) {
        store();
        staging = { number: file, incident };
        batcher = recordBatcher();
        numbers = newNumbers();
      }
      batcher.add(oldRecord(row));
      if (batcher.isFull()) store();
    }
  }
  store();
  db.exec('DROP TABLE log_record');
}

function oldRecord({ atMs, readOnly, resources, flags, ...row }: OldRow): LogRecord {
  return {
    ...row,
    at: new Date(atMs).toISOString() as Instant, // as it was written
    readOnly: readOnly === null ? null : readOnly === 1,
    resources: JSON.parse(resources) as string[],
    flags: JSON.parse(flags) as string[],
  };
}

export const recordBatches: Migration = { version: 20, statements: tables, convert };
