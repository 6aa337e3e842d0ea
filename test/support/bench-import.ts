import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { openedApp, value } from './bench-app.ts';

/*
 * One import in a process of its own, as the app does it: threads that read, a thread that owns the database, and this one, whose
 * event loop stands for the window's main process. Prints what it took, as JSON.
 */
const [dataFolder = '', resourcesFolder = '', workers = '', onset = '', ...paths] = process.argv.slice(2);
const { db, imports, incidentId } = await openedApp({ dataFolder, resourcesFolder, workers, onset });
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const began = performance.now();
const outcome = value(await imports.run(incidentId, paths));
const seconds = (performance.now() - began) / 1000;
delay.disable();
await db.close();
process.stdout.write(
  JSON.stringify({
    incidentId,
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
