import os from 'node:os';
import { importFiles } from '../adapters/evidence/import-client.ts';
import type { ImportOutcome } from '../../preload/contract/views.ts';
import type { IncidentId } from '../core/ids.ts';
import { type AppError, err, fail, ok, type Result } from '../core/result.ts';
import type { ServiceContext } from './context.ts';
import { FileImport } from './file-import.ts';
import type { IncidentBook } from './incident-book.ts';

/** The database keeps up with two threads that read. On two processors it needs one itself: a second reader there costs memory and saves no time. */
const MOST_READERS = 2;

/** Imports of evidence, one at a time per incident; each can be cancelled. */
export class EvidenceImports {
  readonly #context: ServiceContext;
  readonly #book: IncidentBook;
  readonly #workerUrl: URL;
  readonly #running = new Map<string, AbortController>();

  constructor(context: ServiceContext, book: IncidentBook, workerUrl: URL) {
    this.#context = context;
    this.#book = book;
    this.#workerUrl = workerUrl;
  }

  /**
   * Reads files and folders into an incident, off the main thread. Files that were read to their end stay when a
   * later one is cancelled or fails; the one under way is undone.
   */
  async run(incidentId: string, paths: readonly string[]): Promise<Result<ImportOutcome>> {
    const opened = await this.#book.load(incidentId);
    if (!opened.ok) return opened;
    const { row, state } = opened.value;
    if (state.status === 'closed')
      return fail('refused', 'This incident is closed. Reopen it to add evidence.');
    if (state.score !== null) return fail('refused', 'This drill is over and scored.');
    if (this.#running.has(row.id)) {
      return fail(
        'conflict',
        'Evidence is being imported into this incident already. Wait for it, or cancel it.',
      );
    }
    const stop = new AbortController();
    this.#running.set(row.id, stop);
    try {
      return await this.#import(row.id, paths, stop.signal);
    } finally {
      this.#running.delete(row.id);
      this.#context.publish.changed({ topic: 'incident', id: row.id });
    }
  }

  /** Ends the import under way, if there is one. */
  cancel(incidentId: string): void {
    this.#running.get(incidentId)?.abort();
  }

  async #import(
    incidentId: IncidentId,
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<ImportOutcome>> {
    const { publish } = this.#context;
    let last = { bytesRead: 0, bytesTotal: 0, records: 0, number: 0, files: 0, file: '' };
    const tell = (done: boolean): void => {
      const { bytesRead, bytesTotal, records, number, files, file } = last;
      const name = file.split(/[\\/]/).at(-1) ?? file;
      const counts = { fileIndex: number, fileCount: files, bytesRead, bytesTotal, records, done };
      publish.importProgress({ incidentId, file: name, ...counts });
    };
    const remembered = await this.#context.db.call('listMappings', {});
    if (!remembered.ok) return remembered;
    const mappings = remembered.value.map(({ mapping }) => mapping);
    const current = new FileImport(this.#context, this.#book, incidentId, mappings);
    let leftOut: readonly string[] = [];
    const imported = await importFiles(paths, {
      mappings,
      workerUrl: this.#workerUrl,
      signal,
      takeImports: (port) => {
        this.#context.db.takeImports(port);
      },
      readers: Math.max(1, Math.min(MOST_READERS, os.availableParallelism() - 1)),
      onTurn: (file, hash) => current.begin(file, hash),
      onEnd: (report, duplicates) => current.end(report, duplicates),
      onFailed: (file, error) => current.fail(file, error),
      onLeftOut: (notes) => {
        leftOut = notes;
      },
      onProgress: (progress) => {
        last = progress;
        tell(false);
      },
    }).finally(() => current.abandon());
    tell(true);
    const trouble = !imported.ok && imported.error.code !== 'cancelled' ? imported.error : current.trouble;
    if (trouble) return err(withKept(trouble, current.kept));
    if (imported.ok && current.reports.length === 0) {
      return fail('not_found', ['No file was found there.', ...leftOut].join(' '));
    }
    return ok({
      files: current.reports,
      cancelled: !imported.ok,
      unmapped: current.unmapped,
      leftOut,
    });
  }
}

/** A failure in the middle of several files, which says what came in before it. */
function withKept(error: AppError, kept: number): AppError {
  if (kept === 0) return error;
  const files = kept === 1 ? 'The file before it is' : `The ${kept} files before it are`;
  return { ...error, message: `${error.message} ${files} in, and need not be imported again.` };
}
