import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseInstant } from '../../main/core/time.ts';
import { declareIncident } from '../../main/services/incidents.ts';
import { openServices, SILENT, startDatabase } from '../../main/services/open-services.ts';

/*
 * Imports the same paths again and again in a process of its own, as the app does it, and cancels each time after so many
 * milliseconds. Prints, as JSON, how long each import took to end from then on, or null when it had ended before, and whether the
 * database held what it had held before.
 */
const [dataFolder = '', resourcesFolder = '', workers = '', onset = '', delays = '', ...paths] =
  process.argv.slice(2);
const worker = (name: string): URL => pathToFileURL(`${workers}/${name}.mjs`);

function value<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const settings = {
  dataFolder,
  resourcesFolder,
  exportFolder: `${dataFolder}/exports`,
  workerUrl: worker('worker'),
  importWorkerUrl: worker('import-worker'),
  publish: SILENT,
};
const db = startDatabase(settings);
const { context, book, imports } = value(await openServices(db, settings));
const at = parseInstant(onset);
if (at === null) throw new Error(`${onset} is no instant`);
const { row } = value(
  await declareIncident(context, book, {
    title: 'Cancelled',
    onset: at,
    provider: 'aws',
    services: ['s3'],
    regions: ['eu-west-1'],
    severity: 2,
    workload: '',
    lead: '',
  }),
);

async function held(): Promise<string> {
  const counts = value(await db.call('recordCounts', { incidentId: row.id }));
  const files = value(await db.call('listEvidence', { incidentId: row.id }));
  const { state } = value(await book.load(row.id));
  return JSON.stringify([counts, files.length, state.evidence.length]);
}

const before = await held();
const presses: { readonly after: number; readonly took: number | null; readonly asBefore: boolean }[] = [];
for (const after of delays.split(',').map(Number)) {
  let pressed = 0;
  const timer = setTimeout(() => {
    pressed = performance.now();
    imports.cancel(row.id);
  }, after);
  const outcome = value(await imports.run(row.id, paths));
  const ended = performance.now();
  clearTimeout(timer);
  presses.push({
    after,
    took: outcome.cancelled ? ended - pressed : null,
    asBefore: (await held()) === before,
  });
}
await db.close();
process.stdout.write(JSON.stringify(presses));
