import { performance } from 'node:perf_hooks';
import { openedApp, value } from './bench-app.ts';

/*
 * Imports the same paths again and again in a process of its own, as the app does it, and cancels each time after so many
 * milliseconds. Prints, as JSON, how long each import took to end from then on, or null when it had ended before, and whether the
 * database held what it had held before.
 */
const [dataFolder = '', resourcesFolder = '', workers = '', onset = '', delays = '', ...paths] =
  process.argv.slice(2);
const { db, book, imports, incidentId } = await openedApp({ dataFolder, resourcesFolder, workers, onset });

async function held(): Promise<string> {
  const counts = value(await db.call('recordCounts', { incidentId }));
  const files = value(await db.call('listEvidence', { incidentId }));
  const { state } = value(await book.load(incidentId));
  return JSON.stringify([counts, files.length, state.evidence.length]);
}

const before = await held();
const presses: { readonly after: number; readonly took: number | null; readonly asBefore: boolean }[] = [];
for (const after of delays.split(',').map(Number)) {
  let pressed = 0;
  const timer = setTimeout(() => {
    pressed = performance.now();
    imports.cancel(incidentId);
  }, after);
  const outcome = value(await imports.run(incidentId, paths));
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
