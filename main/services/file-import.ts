import path from 'node:path';
import type { Hashed, ListedFile } from '../adapters/evidence/import-messages.ts';
import type { Mapping } from '../core/evidence/mapping/model.ts';
import { mappingFor } from '../core/evidence/mapping/shape.ts';
import type { FileReport } from '../core/evidence/model.ts';
import { EvidenceId, type IncidentId } from '../core/ids.ts';
import { type AppError, fail, type Result } from '../core/result.ts';
import type { ServiceContext } from './context.ts';
import { addSeams } from './file-seams.ts';
import type { IncidentBook } from './incident-book.ts';

/** A file being imported: no id when the same bytes are in the incident already, or when it could not be asked. */
interface Current {
  readonly id: EvidenceId | null;
  readonly name: string;
  /** As it was found before its records were asked for; null when that was not needed, or not possible. */
  readonly sha256: string | null;
  /** The same bytes are there and were read in another way: this reading is to take their place. */
  readonly isAgain: boolean;
}

const THERE = 'The same file is in this incident already; nothing was added.';
const AGAIN = 'This file was here already, read in another way; this reading has taken its place.';
const EARLIER = 'Nothing of it could be read this way, so its earlier reading stays.';
const CHANGED: AppError = {
  code: 'unreadable',
  message: 'The file was changed while it was read, and nothing of it was added. Import it again.',
};

/**
 * Takes one file after the other into an incident: staged while it is read, made visible together with its trail entry
 * when its end was reached, removed when it was not.
 */
export class FileImport {
  readonly #context: ServiceContext;
  readonly #book: IncidentBook;
  readonly #incidentId: IncidentId;
  readonly #mappings: readonly Mapping[];
  readonly #reports: FileReport[] = [];
  readonly #unmapped: string[] = [];
  #current: Current | null = null;
  #kept = 0;
  #trouble: AppError | null = null;

  /** `mappings` are those that the files are read with, newest first. */
  constructor(
    context: ServiceContext,
    book: IncidentBook,
    incidentId: IncidentId,
    mappings: readonly Mapping[] = [],
  ) {
    this.#context = context;
    this.#book = book;
    this.#incidentId = incidentId;
    this.#mappings = mappings;
  }

  /** What became of each file so far. */
  get reports(): readonly FileReport[] {
    return this.#reports;
  }

  /** How many files came in so far. */
  get kept(): number {
    return this.#kept;
  }

  /** Paths of the files so far that have rows with a time and no mapping. */
  get unmapped(): readonly string[] {
    return this.#unmapped;
  }

  /** The first fault of the database, which ends the import. */
  get trouble(): AppError | null {
    return this.#trouble;
  }

  /**
   * Begins a file, also one that was begun and is read once more; answers the import that its records go to, null when they are
   * not wanted.
   */
  async begin({ path: file, size }: ListedFile, hash: () => Promise<Hashed>): Promise<EvidenceId | null> {
    await this.abandon();
    if (this.#trouble) return null;
    const name = path.basename(file);
    const id = EvidenceId.parse(`file-${this.#context.newId()}`);
    const start = (known: {
      readonly sha256: string | null;
      readonly size: number;
      readonly replaces?: EvidenceId;
    }) =>
      this.#context.db.call('startImport', {
        fileId: id,
        incidentId: this.#incidentId,
        name,
        ...known,
      });
    let sha256: string | null = null;
    let isAgain = false;
    let started = await start({ sha256, size });
    if (started.ok && started.value.kind === 'hash_needed') {
      const hashed = await hash();
      if (!hashed.ok) {
        // It is gone or may not be read: so reading it fails too, unless it was open by then.
        this.#current = { id: null, name, sha256, isAgain };
        return null;
      }
      ({ sha256 } = hashed.value);
      started = await start(hashed.value);
      if (started.ok && started.value.kind === 'already_there') {
        const { file: there } = started.value;
        isAgain = this.#isReadOtherwise(there.report);
        if (isAgain) started = await start({ ...hashed.value, replaces: there.id });
      }
    }
    if (!this.#holds(started)) return null;
    this.#current = { id: started.value.kind === 'started' ? id : null, name, sha256, isAgain };
    return this.#current.id;
  }

  /** Its records are stored, as far as they were wanted. Answers whether they stay. */
  async end(report: FileReport, duplicates: number): Promise<boolean> {
    const current = this.#current;
    this.#current = null;
    if (!current || this.#trouble) return false;
    if ((current.id === null || current.isAgain) && report.sha256 !== current.sha256) {
      this.#current = current;
      await this.fail(report.file, CHANGED);
      return false;
    }
    if (report.mappable === true) this.#unmapped.push(report.file);
    if (current.id === null) {
      this.#reportAgain({ ...report, file: current.name });
      return false;
    }
    return this.#finish(current.id, { ...report, file: current.name, duplicates }, current.isAgain);
  }

  async fail(file: string, { message }: AppError): Promise<void> {
    await this.abandon();
    this.#reports.push({
      file: path.basename(file),
      sha256: '',
      size: 0,
      recognisedAs: null,
      records: 0,
      duplicates: 0,
      rejected: 0,
      findings: 0,
      failing: 0,
      rejects: [],
      window: null,
      scanned: null,
      accounts: [],
      regions: [],
      notes: [message],
    });
  }

  /** Removes what was staged of a file that did not come to its end. */
  async abandon(): Promise<void> {
    const current = this.#current;
    this.#current = null;
    if (current?.id) await this.#context.db.call('abandonImport', { fileId: current.id });
  }

  /** Whether its rows are read by another mapping now. */
  #isReadOtherwise({ recognisedAs, mapping }: FileReport): boolean {
    if (recognisedAs !== 'mapped_rows') return false;
    // Older versions did not keep by which one.
    if (mapping === undefined) return true;
    const now = mappingFor(this.#mappings, mapping.shape);
    return now !== null && JSON.stringify(now) !== JSON.stringify(mapping);
  }

  /** Answers whether the file is kept. */
  async #finish(fileId: EvidenceId, read: FileReport, isAgain: boolean): Promise<boolean> {
    const seamed = await addSeams(this.#context.db, fileId, read);
    if (!this.#holds(seamed)) {
      await this.#context.db.call('abandonImport', { fileId });
      return false;
    }
    const { replacement, report: whole } = seamed.value;
    const report = isAgain ? { ...whole, notes: [...whole.notes, AGAIN] } : whole;
    const brought = report.records + report.findings + (report.states ?? 0);
    if (report.recognisedAs === null || brought === 0) {
      await this.#context.db.call('abandonImport', { fileId });
      this.#reports.push(isAgain ? { ...read, notes: [...read.notes, EARLIER] } : whole);
      return false;
    }
    if (report.findings > 0) {
      const { patterns } = this.#context.library.evidence;
      if (!this.#holds(await this.#context.db.call('classifyFindings', { fileId, patterns }))) {
        await this.#context.db.call('abandonImport', { fileId });
        return false;
      }
    }
    let isThere = false;
    const added = await this.#book.dispatch(
      this.#incidentId,
      {
        type: 'add_evidence',
        evidence: {
          evidenceId: fileId,
          kind: 'file',
          side: 'customer',
          name: report.file.slice(0, 400),
          sha256: report.sha256,
          size: report.size,
          summary: isAgain
            ? `${summaryOf(report)}, read again in place of the earlier reading`
            : summaryOf(report),
        },
      },
      async (append) => {
        const finished = await this.#context.db.call('finishImport', { fileId, report, append, replacement });
        if (!finished.ok) return finished;
        const { file, appended } = finished.value;
        isThere = file.id !== fileId;
        if (isThere) return fail('refused', THERE);
        if (!appended) throw new Error('The database finished an import without its entry.');
        return { ok: true, value: appended };
      },
    );
    if (isThere) this.#reportAgain(report);
    else if (this.#holds(added)) {
      this.#kept += 1;
      this.#reports.push(report);
      return true;
    } else await this.#context.db.call('abandonImport', { fileId });
    return false;
  }

  #reportAgain(report: FileReport): void {
    this.#reports.push({ ...report, duplicates: report.records, notes: [...report.notes, THERE] });
  }

  #holds<T>(result: Result<T>): result is { readonly ok: true; readonly value: T } {
    if (!result.ok) this.#trouble ??= result.error;
    return result.ok;
  }
}

/** One sentence about what a file brought. */
function summaryOf(report: FileReport): string {
  const counts = [
    ...(report.records > 0 || report.findings === 0 ? [`${report.records} records`] : []),
    ...(report.states === undefined ? [] : [`states of ${report.states} resources`]),
    ...(report.findings > 0 ? [`${report.findings} findings, ${report.failing} failing`] : []),
    ...(report.duplicates > 0 ? [`${report.duplicates} already there`] : []),
    ...(report.rejected > 0 ? [`${report.rejected} could not be read`] : []),
  ].join(', ');
  const window = report.window ? `, ${report.window.from} to ${report.window.to}` : '';
  const scanned = report.scanned ? `, looked at ${report.scanned.to}` : '';
  const regions = report.regions.length > 0 ? `, ${report.regions.slice(0, 10).join(', ')}` : '';
  return `${counts}${window}${scanned}${regions}`;
}
