import type { FileReport, LogRecord } from '../../main/core/evidence/model.ts';
import { FileReport as FileReportSchema } from '../../main/core/evidence/model.ts';
import type { PatternTable } from '../../main/core/evidence/pattern-table.ts';
import type { StateFinding } from '../../main/core/evidence/state-finding.ts';
import type { Replacement, StateSeams, StateSpan } from '../../main/core/evidence/state-span.ts';
import type { RecordBatch } from '../../main/core/evidence/record-batch.ts';
import type { EvidenceId, IncidentId, Sha256 } from '../../main/core/ids.ts';
import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import type { EvidenceFile, StartedImport } from '../api.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { writeTransaction } from '../database.ts';
import { findIncident } from './incidents.ts';
import {
  classifyStaged,
  insertStagedFindings,
  letFindingsStand,
  removeStagedFindings,
} from './state-findings.ts';
import { insertStagedSpans, seamsOf } from './state-spans.ts';
import type { Numbers, Staging } from './record-batches.ts';
import { countStaged, emptyOneBatch, removeOneBatch, storeBatch } from './record-batches.ts';
import { forgetIds } from './record-ids.ts';
import { removeRecords } from './remove-records.ts';
import { storeRecords } from './store-records.ts';

interface FileRow {
  readonly id: EvidenceId;
  readonly incidentId: IncidentId;
  readonly name: string;
  readonly sha256: Sha256;
  readonly size: number;
  readonly report: string;
}

const SELECT = `SELECT evidence_file.id, incident.id AS incidentId, name, sha256, size, report
  FROM evidence_file JOIN incident ON incident.number = evidence_file.incident`;

/** Stands for the process of an import that was given up and is being removed. */
const NOBODY = 0;

/**
 * Begins the import of a file into an incident, unless the same bytes are there. One import per incident at a time: were there
 * two, a record in both would be lost with whichever is given up. What a dead process left behind makes room. Bytes that are there
 * are read again in place of the file that `replaces` names.
 */
export function startImport(
  db: WritableDb,
  file: {
    readonly fileId: EvidenceId;
    readonly incidentId: IncidentId;
    readonly name: string;
    readonly sha256: Sha256 | null;
    readonly size: number;
    readonly replaces?: EvidenceId | undefined;
  },
): Result<StartedImport> {
  const givenUp = GIVEN_UP.get(db);
  const started = writeTransaction(db, (): Result<StartedImport> => {
    const incident = findIncident(db, file.incidentId);
    if (incident === undefined) return fail('not_found', `There is no incident ${file.incidentId}.`);
    if (file.sha256 === null && hasFileOfSize(db, incident.number, file.size)) {
      return ok({ kind: 'hash_needed' });
    }
    const same = fileWith(db, incident.number, file.sha256 ?? '');
    if (same !== undefined && same.id !== file.replaces)
      return ok({ kind: 'already_there', file: evidenceFile(same) });
    discardUnfinished(db, ({ id, process }) => givenUp?.has(id) === true || isGone(process));
    if (unfinished(db).some((one) => one.incident === incident.number)) {
      return fail(
        'conflict',
        'Another file is being imported into this incident. Wait until it is finished.',
      );
    }
    db.prepare(
      `INSERT INTO evidence_file (id, incident, name, sha256, size, state, process, after_record, replaces)
       VALUES ($fileId, $incident, $name, $sha256, $size, 'importing', $process, 0,
         (SELECT number FROM evidence_file WHERE id = $replaced))`,
    ).run({
      ...{ fileId: file.fileId, name: file.name, size: file.size, sha256: file.sha256 ?? '' },
      ...{ incident: incident.number, process: process.pid, replaced: same?.id ?? null },
    });
    return ok({ kind: 'started' });
  });
  // Not before it is written that they are gone.
  if (started.ok && started.value.kind === 'started') givenUp?.clear();
  return started;
}

function hasFileOfSize(db: ReadableDb, incident: number, size: number): boolean {
  return (
    db
      .prepare(`SELECT 1 FROM evidence_file WHERE incident = ? AND size = ? AND state = 'complete'`)
      .get(incident, size) !== undefined
  );
}

function fileWith(db: ReadableDb, incident: number, sha256: string): FileRow | undefined {
  return db
    .prepare<[number, string], FileRow>(`${SELECT} WHERE incident = ? AND sha256 = ? AND state = 'complete'`)
    .get(incident, sha256);
}

/** Adds a batch to an import under way, in one transaction. */
export function insertBatch(
  db: WritableDb,
  {
    fileId,
    batch,
    numbers,
  }: { readonly fileId: EvidenceId; readonly batch: RecordBatch; readonly numbers: Numbers },
): Result<{ inserted: number; duplicates: number }> {
  return writeTransaction(db, () => {
    const staging = findStaging(db, fileId);
    return staging === undefined ? notUnderWay(fileId) : ok(storeBatch(db, staging, batch, numbers));
  });
}

/** Adds records to an import under way, one transaction for all of them. */
export function insertRecords(
  db: WritableDb,
  { fileId, records }: { readonly fileId: EvidenceId; readonly records: readonly LogRecord[] },
): Result<{ inserted: number; duplicates: number }> {
  return writeTransaction(db, () => {
    const staging = findStaging(db, fileId);
    return staging === undefined ? notUnderWay(fileId) : ok(storeRecords(db, staging, records));
  });
}

/** Adds findings of states to an import under way, one transaction for all of them. */
export function insertFindings(
  db: WritableDb,
  { fileId, findings }: { readonly fileId: EvidenceId; readonly findings: readonly StateFinding[] },
): Result<null> {
  return writeTransaction(db, () => {
    const staging = findStaging(db, fileId);
    if (staging === undefined) return notUnderWay(fileId);
    insertStagedFindings(db, staging, findings);
    return ok(null);
  });
}

/** Adds what a file knows of its resources to an import under way, one transaction for all of them. */
export function insertSpans(
  db: WritableDb,
  { fileId, spans }: { readonly fileId: EvidenceId; readonly spans: readonly StateSpan[] },
): Result<null> {
  return writeTransaction(db, () => {
    const staging = findStaging(db, fileId);
    if (staging === undefined) return notUnderWay(fileId);
    insertStagedSpans(db, staging, spans);
    return ok(null);
  });
}

/** Holds the states at the ends of an import under way against those of the finished files. */
export function stateSeams(db: ReadableDb, { fileId }: { readonly fileId: EvidenceId }): Result<StateSeams> {
  const staging = findStaging(db, fileId);
  return staging === undefined ? notUnderWay(fileId) : ok(seamsOf(db, staging));
}

/** Gives the findings of an import under way their patterns. */
export function classifyFindings(
  db: WritableDb,
  { fileId, patterns }: { readonly fileId: EvidenceId; readonly patterns: PatternTable },
): Result<null> {
  return writeTransaction(db, () => {
    const staging = findStaging(db, fileId);
    if (staging === undefined) return notUnderWay(fileId);
    classifyStaged(db, staging, patterns);
    return ok(null);
  });
}

/** The import under way with that id, if there is one. */
function findStaging(db: ReadableDb, fileId: EvidenceId): Staging | undefined {
  return db
    .prepare<[string, number], Staging>(
      `SELECT number, incident, replaces FROM evidence_file WHERE id = ? AND state = 'importing' AND process <> ?`,
    )
    .get(fileId, NOBODY);
}

/**
 * Makes an import's records visible, under the hash of what was read. Called within the transaction that writes what they mean.
 * A file whose bytes are there already adds nothing: that one is the answer.
 */
export function completeImport(
  db: WritableDb,
  {
    fileId,
    report,
    replacement,
  }: {
    readonly fileId: EvidenceId;
    readonly report: FileReport;
    readonly replacement?: Replacement | undefined;
  },
): Result<EvidenceFile> {
  const staging = findStaging(db, fileId);
  if (staging === undefined) return notUnderWay(fileId);
  const same = fileWith(db, staging.incident, report.sha256);
  const replaced = staging.replaces ?? null;
  if (replaced !== null) {
    const step = makeRoom(db, replaced, report.sha256);
    if (!step.ok) return step;
  } else if (same !== undefined) return joinFile(db, staging, same);
  // A file may have been replaced or have grown since it was listed and hashed.
  db.prepare('UPDATE evidence_file SET sha256 = ?, size = ? WHERE number = ?').run(
    report.sha256,
    report.size,
    staging.number,
  );
  if (replacement !== undefined) replaceRecords(db, staging, replacement);
  db.prepare(
    `UPDATE evidence_file SET state = 'complete', process = NULL, report = $report, records = $records,
       changes = $changes, errors = $errors, from_ms = $fromMs, to_ms = $toMs
     WHERE number = $number`,
  ).run({ ...countStaged(db, staging), number: staging.number, report: JSON.stringify(report) });
  letFindingsStand(db, staging);
  if (replaced !== null) retire(db, replaced, staging.number);
  const row = db.prepare<[string], FileRow>(`${SELECT} WHERE evidence_file.id = ?`).get(fileId);
  if (row === undefined) throw new Error(`evidence file ${fileId} is gone within its own transaction`);
  return ok(evidenceFile(row));
}

/** Takes records out of finished files, whose counts follow, and adds others to the import under way. */
function replaceRecords(db: WritableDb, staging: Staging, replacement: Replacement): void {
  // Most files replace nothing, and the ids in memory are needed for the next one.
  if (replacement.ids.length === 0 && replacement.records.length === 0) return;
  try {
    takePlace(db, staging, replacement);
  } finally {
    // The transaction may still be undone, and what is in memory would not be.
    forgetIds(db);
  }
}

function takePlace(db: WritableDb, staging: Staging, { ids, records }: Replacement): void {
  for (const [file, removed] of removeRecords(db, staging, ids)) {
    const row = db
      .prepare<[number], { report: string }>('SELECT report FROM evidence_file WHERE number = ?')
      .get(file);
    const report = FileReportSchema.parse(JSON.parse(row?.report ?? 'null'));
    db.prepare(
      `UPDATE evidence_file SET report = $report, records = $records, changes = $changes, errors = $errors,
         from_ms = $fromMs, to_ms = $toMs WHERE number = $file`,
    ).run({
      ...countStaged(db, { ...staging, number: file }),
      file,
      report: JSON.stringify({ ...report, records: report.records - removed }),
    });
  }
  storeRecords(db, staging, records);
}

/** Lets another reading of the same bytes stand under their hash. */
function makeRoom(db: WritableDb, replaced: number, sha256: string): Result<null> {
  const { changes } = db
    .prepare<object>(
      `UPDATE evidence_file SET sha256 = '' WHERE number = $replaced AND sha256 = $sha256 AND state = 'complete'`,
    )
    .run({ replaced, sha256 });
  return changes === 1 ? ok(null) : fail('conflict', 'What was to be read again is not this file any more.');
}

/** Hides a file whose place another reading has taken; its batches are emptied bit by bit, like those of what is given up. */
function retire(db: WritableDb, replaced: number, heir: number): void {
  forgetIds(db);
  db.prepare<object>(
    `UPDATE evidence_file SET state = 'importing', process = $nobody, replaces = $heir WHERE number = $replaced`,
  ).run({ nobody: NOBODY, heir, replaced });
}

/** Its batches hold no record, but texts that those who sent them go on counting on. */
function joinFile(db: WritableDb, staging: Staging, same: FileRow): Result<EvidenceFile> {
  if (countStaged(db, staging).records > 0) {
    return fail(
      'conflict',
      'The same file is in this incident already, and its rows were read in another way.',
    );
  }
  removeStagedFindings(db, staging);
  db.prepare(
    'UPDATE log_batch SET file = (SELECT number FROM evidence_file WHERE id = ?) WHERE file = ?',
  ).run(same.id, staging.number);
  db.prepare('DELETE FROM evidence_file WHERE number = ?').run(staging.number);
  return ok(evidenceFile(same));
}

function notUnderWay(fileId: EvidenceId): Result<never> {
  return fail('not_found', `No import ${fileId} is under way.`);
}

/** Imports given up, also when a full disk did not let that be written. */
const GIVEN_UP = new WeakMap<ReadableDb, Set<EvidenceId>>();

/** Gives up an import under way: nothing of it will be seen. `removeGivenUp` takes it away. */
export function giveUpImport(db: WritableDb, { fileId }: { readonly fileId: EvidenceId }): Result<null> {
  GIVEN_UP.set(db, (GIVEN_UP.get(db) ?? new Set()).add(fileId));
  return writeTransaction(db, () => {
    db.prepare(`UPDATE evidence_file SET process = ? WHERE id = ? AND state = 'importing'`).run(
      NOBODY,
      fileId,
    );
    return ok(null);
  });
}

/** Removes a part of what was given up; false when nothing is left to remove. Each call is short. */
export function removeGivenUp(db: WritableDb): boolean {
  const left = writeTransaction(db, () => {
    const one = unfinished(db).find(({ process }) => process === NOBODY);
    if (one === undefined) return ok(false);
    if (!takeOneBatch(db, one)) removeFile(db, one);
    return ok(true);
  });
  return left.ok && left.value;
}

/** Removes what imports of earlier processes left behind. For the start of the app. */
export function discardUnfinishedImports(db: WritableDb): void {
  writeTransaction(db, () => {
    // An own number on a row means that an earlier process had the same one: this one has not begun any yet.
    discardUnfinished(db, (one) => one.process === process.pid || isGone(one.process));
    return ok(null);
  });
}

/** The finished files of an incident, oldest first. */
export function listEvidence(
  db: ReadableDb,
  { incidentId }: { readonly incidentId: IncidentId },
): EvidenceFile[] {
  return db
    .prepare<[string], FileRow>(
      `${SELECT} WHERE incident.id = ? AND state = 'complete' ORDER BY evidence_file.number`,
    )
    .all(incidentId)
    .map(evidenceFile);
}

interface Unfinished extends Staging {
  readonly id: EvidenceId;
  readonly process: number;
  /** It was complete, and `replaces` names the reading that took its place instead of the other way round. */
  readonly wasComplete: 0 | 1;
}

function unfinished(db: ReadableDb): Unfinished[] {
  return db
    .prepare<[], Unfinished>(
      `SELECT number, id, incident, process, replaces, report IS NOT NULL AS wasComplete
       FROM evidence_file WHERE state = 'importing'`,
    )
    .all();
}

function discardUnfinished(db: WritableDb, which: (one: Unfinished) => boolean): void {
  for (const staging of unfinished(db)) if (which(staging)) removeImport(db, staging);
}

function removeImport(db: WritableDb, one: Unfinished): void {
  while (takeOneBatch(db, one));
  removeFile(db, one);
}

/** Takes away one batch; false when none is left. */
function takeOneBatch(db: WritableDb, { number, replaces, wasComplete }: Unfinished): boolean {
  return wasComplete === 1 && typeof replaces === 'number'
    ? emptyOneBatch(db, number, replaces)
    : removeOneBatch(db, { number });
}

function removeFile(db: WritableDb, staging: Staging): void {
  // The next file may get its number, and must not get its findings.
  removeStagedFindings(db, staging);
  db.prepare('DELETE FROM evidence_file WHERE number = ?').run(staging.number);
}

/** Whether no process has that number any more. Signal 0 only asks. */
function isGone(pid: number): boolean {
  if (pid === NOBODY) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (thrown) {
    // EPERM: it is there, and another user's.
    return !(thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM');
  }
}

function evidenceFile({ report, ...row }: FileRow): EvidenceFile {
  return { ...row, report: FileReportSchema.parse(JSON.parse(report)) };
}
