import path from 'node:path';

/** Where things are for one start of the app. */
export interface Places {
  /** Everything Demarc keeps. */
  readonly data: string;
  readonly exports: string;
  /** The app's own documents: playbooks, scenarios, the catalog. */
  readonly resources: string;
  /** The built window. */
  readonly window: string;
  readonly preload: string;
  readonly dbWorker: URL;
  readonly importWorker: URL;
  readonly feedProcess: URL;
}

export interface PlaceHints {
  readonly argv: readonly string[];
  /** Of the running main script, in `.out/main`. */
  readonly scriptUrl: string;
  readonly packaged: boolean;
  readonly packagedResources: string;
  readonly userData: string;
  readonly documents: string;
}

/**
 * Works out the places. `--data=DIR` puts everything, exports too, under DIR; otherwise exports go where the
 * user keeps documents.
 */
export function placesFor(hints: PlaceHints): Places {
  const chosen = hints.argv.find((argument) => argument.startsWith('--data='))?.slice('--data='.length);
  const out = path.dirname(path.dirname(new URL(hints.scriptUrl).pathname));
  return {
    data: chosen ? path.resolve(chosen) : hints.userData,
    exports: chosen ? path.resolve(chosen, 'exports') : path.join(hints.documents, 'Demarc'),
    resources: hints.packaged ? hints.packagedResources : path.resolve(out, '../resources'),
    window: path.join(out, 'renderer'),
    preload: path.join(out, 'preload', 'index.cjs'),
    dbWorker: new URL('./worker.js', hints.scriptUrl),
    importWorker: new URL('./import-worker.js', hints.scriptUrl),
    feedProcess: new URL('./feed-process.js', hints.scriptUrl),
  };
}
