import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseInstant } from '../../main/core/time.ts';
import { declareIncident } from '../../main/services/incidents.ts';
import { openServices, SILENT, startDatabase } from '../../main/services/open-services.ts';

/*
 * One import in a process of its own, as the app does it: threads that read, a thread that owns the database, and this one, whose
 * event loop stands for the window's main process. Prints what it took, as JSON.
 */
const [dataFolder = '', resourcesFolder = '', workers = '', onset = '', ...paths] = process.argv.slice(2);
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
const declared = value(
  await declareIncident(context, book, {
    title: 'Measured',
    onset: at,
    provider: 'aws',
    services: ['s3'],
    regions: ['eu-west-1'],
    severity: 2,
    workload: '',
    lead: '',
  }),
);
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const began = performance.now();
const outcome = value(await imports.run(declared.row.id, paths));
const seconds = (performance.now() - began) / 1000;
delay.disable();
await db.close();
process.stdout.write(
  JSON.stringify({
    incidentId: declared.row.id,
    seconds,
    records: outcome.files.reduce((sum, file) => sum + file.records, 0),
    files: outcome.files,
    peakBytes: peakBytes(),
    loopP99Ms: delay.percentile(99) / 1e6,
  }),
);

/** Where it can be asked, the peak of this program alone: `maxRSS` begins with that of the one that started it. */
function peakBytes(): number {
  try {
    const own = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    if (own?.[1] !== undefined) return Number(own[1]) * 1024;
  } catch {
    // Only Linux has it.
  }
  return process.resourceUsage().maxRSS * 1024;
}
