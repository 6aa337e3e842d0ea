import fs from 'node:fs';
import type { EvidenceId, IncidentId } from '../main/core/ids.ts';
import type { FileReport } from '../main/core/evidence/model.ts';
import type { Replacement } from '../main/core/evidence/state-span.ts';
import type { Result } from '../main/core/result.ts';
import { err, fail, ok } from '../main/core/result.ts';
import type { AppendedEntries, AppendEntriesArgs, Args, DatabaseHealth, Method, Value } from './api.ts';
import type { AskingMethod } from './asking.ts';
import { runAsking } from './asking-operations.ts';
import { backUpDaily, listBackups } from './backup.ts';
import type { WritableDb } from './database.ts';
import { readTransaction, writeTransaction } from './database.ts';
import { storageFailure } from './errors.ts';
import { schemaVersion } from './migrate.ts';
import * as blobs from './queries/blobs.ts';
import * as contacts from './queries/contacts.ts';
import * as drafts from './queries/drafts.ts';
import * as entries from './queries/entries.ts';
import * as files from './queries/evidence-files.ts';
import * as feeds from './queries/feeds.ts';
import { feedHistory } from './queries/feed-history.ts';
import { listPolls, notePolls } from './queries/feed-polls.ts';
import * as incidents from './queries/incidents.ts';
import * as records from './queries/log-records.ts';
import * as findings from './queries/state-findings.ts';
import * as mappings from './queries/row-mappings.ts';
import * as settings from './queries/settings.ts';
import { PLAYBOOK_OPERATIONS } from './playbook-operations.ts';
import type { Store } from './store.ts';
import { checkpoint, exportTrail } from './trail/export.ts';
import { verifyIncident } from './trail/verify-incident.ts';

type Operation<M extends Method> = (
  store: Store,
  args: Args<M>,
) => Result<Value<M>> | Promise<Result<Value<M>>>;

const OPERATIONS: { readonly [M in Method]: Operation<M> } = {
  appendEntries,
  readEntries: ({ db }, args) => entries.readEntries(db, args),
  listIncidents: ({ db }) => ok(incidents.listIncidents(db)),
  getIncident: ({ db }, args) => incidents.getIncident(db, args),

  putBlob: ({ db }, args) => blobs.putBlob(db, args),
  getBlob: ({ db }, args) => blobs.getBlob(db, args),

  startImport: ({ db }, args) => files.startImport(db, args),
  insertRecords: ({ db }, args) => files.insertRecords(db, args),
  finishImport,
  abandonImport: ({ db }, args) => {
    const given = files.giveUpImport(db, args);
    removeBitByBit(db);
    return given;
  },
  listEvidence: ({ db }, args) => ok(files.listEvidence(db, args)),
  listRecords: asking('listRecords'),
  getRecord: ({ db }, args) => records.getRecord(db, args),
  recordCounts: ({ db }, args) => ok(records.recordCounts(db, args)),
  recordHistogram: asking('recordHistogram'),
  recordHits: asking('recordHits'),
  countRecords: asking('countRecords'),
  namedInLogs: asking('namedInLogs'),
  evidenceAround: asking('evidenceAround'),

  insertFindings: ({ db }, args) => files.insertFindings(db, args),
  stateSeams: ({ db }, args) => files.stateSeams(db, args),
  classifyFindings: ({ db }, args) => files.classifyFindings(db, args),
  listFindings: ({ db }, args) => ok(findings.listFindings(db, args)),
  getFinding: ({ db }, args) => findings.getFinding(db, args),
  findingCounts: ({ db }, args) => ok(findings.findingCounts(db, args)),

  listContacts: ({ db }) => ok(contacts.listContacts(db)),
  saveContact: ({ db }, args) => contacts.saveContact(db, args),
  deleteContact: ({ db }, args) => contacts.deleteContact(db, args),

  listFeeds: ({ db }) => ok(feeds.listFeeds(db)),
  saveFeed: ({ db }, args) => feeds.saveFeed(db, args),
  deleteFeed: ({ db }, args) => feeds.deleteFeed(db, args),
  recordFetch: ({ db }, args) => feeds.recordFetch(db, args),
  lastFetches: ({ db }, args) => ok(feeds.lastFetches(db, args)),
  putPacked: ({ db }, args) => blobs.putPacked(db, args),
  feedHistory: ({ db }, args) => ok(feedHistory(db, args)),
  notePolls: ({ db }, args) => notePolls(db, args),
  listPolls: ({ db }) => ok(listPolls(db)),
  getPacked: ({ db }, args) => blobs.getPacked(db, args),

  listMappings: ({ db }) => ok(mappings.listMappings(db)),
  saveMapping: ({ db }, args) => mappings.saveMapping(db, args),
  deleteMapping: ({ db }, args) => mappings.deleteMapping(db, args),

  getSetting: ({ db }, args) => ok(settings.getSetting(db, args)),
  setSetting: ({ db }, args) => settings.setSetting(db, args),
  saveDraft: ({ db }, args) => drafts.saveDraft(db, args),
  listDrafts: ({ db }, args) => ok(drafts.listDrafts(db, args)),
  clearDraft: ({ db }, args) => drafts.clearDraft(db, args),

  ...PLAYBOOK_OPERATIONS,

  checkpoint: ({ db, writer }, args) => checkpoint(db, writer, args),
  exportTrail: ({ db, writer }, args) => readTransaction(db, () => exportTrail(db, writer, args)),
  verifyIncident: ({ db, marks }, args) =>
    readTransaction(db, () => verifyIncident(db, { ...args, marks: marks.of(args.incidentId) })),

  backUpDaily: ({ db, dataDir }, { at }) => backUpDaily(db, dataDir, at),
  databaseHealth: (store) => ok(databaseHealth(store)),
};

/** Where there is one connection for everything: commands, and tests. */
function asking<M extends AskingMethod>(method: M): Operation<M> {
  return ({ db }, args) => runAsking(db, method, args);
}

/** Whether a text names an operation. */
export function isMethod(name: string): name is Method {
  return Object.hasOwn(OPERATIONS, name);
}

/**
 * Runs one operation. A full disk, a damaged page and their like come back as failures, with nothing changed; anything
 * else that is thrown is a bug and rejects.
 */
export async function runOperation<M extends Method>(
  store: Store,
  method: M,
  args: Args<M>,
): Promise<Result<Value<M>>> {
  try {
    return await OPERATIONS[method](store, args);
  } catch (thrown) {
    const failure = storageFailure(thrown);
    if (failure === null) throw thrown;
    return err(failure);
  }
}

function appendEntries(store: Store, args: AppendEntriesArgs): Result<AppendedEntries> {
  const appended = entries.appendEntries(store.db, store.writer.id, args);
  if (appended.ok) raiseMark(store, args.incidentId, appended.value);
  return appended;
}

function finishImport(
  store: Store,
  args: {
    readonly fileId: EvidenceId;
    readonly report: FileReport;
    readonly append?: AppendEntriesArgs | undefined;
    readonly replacement?: Replacement | undefined;
  },
): Result<Value<'finishImport'>> {
  const { db, writer } = store;
  const { append } = args;
  const finished = writeTransaction(db, (): Result<Value<'finishImport'>> => {
    const completed = files.completeImport(db, args);
    if (!completed.ok) return completed;
    const file = completed.value;
    if (append === undefined || file.id !== args.fileId) return ok({ file, appended: null });
    if (append.incidentId !== file.incidentId) {
      return fail('invalid_input', 'The entries are of another incident than the file.');
    }
    const written = entries.appendEntries(db, writer.id, append);
    return written.ok ? ok({ file, appended: written.value }) : written;
  });
  if (finished.ok && finished.value.appended) {
    raiseMark(store, finished.value.file.incidentId, finished.value.appended);
  }
  // It may have taken the place of an earlier reading.
  if (finished.ok) removeBitByBit(db);
  return finished;
}

/**
 * Lets others have their turn between two parts. What is not removed, because the disk or another program does not let it or the app
 * ends, is removed before the next import or at the next start.
 */
function removeBitByBit(db: WritableDb): void {
  setImmediate(() => {
    try {
      if (db.open && files.removeGivenUp(db)) removeBitByBit(db);
    } catch (thrown) {
      if (storageFailure(thrown) === null) throw thrown;
    }
  });
}

/** What follows a commit: the mark outside the database goes up. */
function raiseMark(
  { db, marks }: Store,
  incidentId: IncidentId,
  { entries: written }: AppendedEntries,
): void {
  const last = written.at(-1);
  if (last === undefined) return;
  const { writer, seq, hash } = last;
  marks.raise(incidentId, writer, { count: seq, head: hash }, (count) =>
    entries.hashAt(db, incidentId, writer, count),
  );
}

function databaseHealth({ db, file, dataDir, writer, marks }: Store): DatabaseHealth {
  const answers = db.pragma('integrity_check(20)', { simple: false }) as { integrity_check: string }[]; // its one column
  const lost = marks.incidents().filter((id) => incidents.findIncident(db, id) === undefined);
  return {
    file,
    sqliteVersion: String(db.prepare('SELECT sqlite_version()').pluck().get()),
    schemaVersion: schemaVersion(db),
    writer: writer.id,
    size: fs.statSync(file).size,
    walSize: fs.statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0,
    faults: [
      ...answers.map((row) => row.integrity_check).filter((answer) => answer !== 'ok'),
      ...lost.map((id) => `Incident ${id} was here once and is not in the database.`),
    ],
    backups: listBackups(dataDir),
  };
}
