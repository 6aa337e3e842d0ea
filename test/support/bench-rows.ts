import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { importFiles } from '../../main/adapters/evidence/import-client.ts';
import { EvidenceId } from '../../main/core/ids.ts';

/*
 * Files read by the app's reader and stored as rows only, by a thread that owns a database of its own (`bench-rows-store.ts`):
 * what is left of an import without everything by which records are found. Prints how long it took, as JSON.
 */
const [dataFolder = '', workers = '', ...paths] = process.argv.slice(2);
const worker = (name: string): URL => pathToFileURL(`${workers}/${name}.mjs`);

const store = new Worker(worker('bench-rows-store'), { workerData: dataFolder });
let records = 0;
const began = performance.now();
const imported = await importFiles(paths, {
  workerUrl: worker('import-worker'),
  // One more than an import has on two processors: to store rows alone leaves room for it, and two were quicker in turns.
  readers: 2,
  signal: new AbortController().signal,
  takeImports: (port) => {
    store.postMessage(port, [port]);
  },
  onTurn: () => Promise.resolve(EvidenceId.parse(randomUUID())),
  onEnd: (report) => {
    records += report.records;
    return Promise.resolve(true);
  },
  onFailed: (file, { message }) => Promise.reject(new Error(`${file}: ${message}`)),
});
const seconds = (performance.now() - began) / 1000;
await store.terminate();
if (!imported.ok) throw new Error(imported.error.message);
process.stdout.write(JSON.stringify({ seconds, records }));
