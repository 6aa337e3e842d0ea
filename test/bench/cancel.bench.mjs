/*
 * How long an import takes to end when it is cancelled: `npm run bench -- cancel [--json]`. A million CloudTrail-like events in one
 * file, and files that keep a reader busy without giving records; cancel is pressed at several moments of each. At most a second is
 * allowed, and the database must hold what it held before.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { buildPrograms, ROOT } from './programs.mjs';

const PROGRAMS = {
  'bench-cancel': 'test/support/bench-cancel.ts',
  worker: 'db/worker.ts',
  'import-worker': 'main/adapters/evidence/import-worker.ts',
  trail: 'test/support/cloudtrail.ts',
};
const ONSET_MS = Date.UTC(2026, 2, 4, 9, 30);
const MOST_MS = 1_000;
const MEGABYTE = 1024 * 1024;

const { values } = parseArgs({
  options: { events: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false } },
});

/** Each with moments to press at, in milliseconds from the beginning. */
function writeFiles(folder) {
  const first = '{"Records":[{"eventVersion":"1.09","userAgent":"';
  const field = path.join(folder, 'field.json');
  const out = openSync(field, 'w');
  writeSync(out, first);
  for (let part = 0; part < 400; part += 1) writeSync(out, Buffer.alloc(MEGABYTE, 'x'));
  writeSync(out, '"}]}');
  closeSync(out);
  const bomb = path.join(folder, 'bomb.json.gz');
  const blank = gzipSync(Buffer.alloc(60 * MEGABYTE, ' '), { level: 9 });
  // Each member stays below the ratio at which reading stops: what is between cannot be packed.
  const stuff = Buffer.from(Array.from({ length: 400_000 }, (_, index) => (index * 2_654_435_761) >>> 24));
  const filler = gzipSync(
    Buffer.concat([Buffer.from('"'), Buffer.from(stuff.toString('base64')), Buffer.from('",')]),
  );
  const parts = [
    gzipSync('{"Records":[{"eventVersion":"1.09"},'),
    ...Array.from({ length: 60 }, () => [blank, filler]).flat(),
  ];
  writeFileSync(bomb, Buffer.concat(parts));
  const document = path.join(folder, 'document.json');
  const rules = `"r":{"items":[${'"x",'.repeat(100)}"x"]},`;
  writeFileSync(
    document,
    `scoutsuite_results =\n{"account_id":"1","last_run":{"time":"2026-03-04 09:00:00+0000"},"services":{"s3":{"findings":{${rules.repeat(90_000)}"z":{}}}}}`,
  );
  const deep = path.join(folder, 'deep.json');
  const nested = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  writeFileSync(
    deep,
    `{"Records":[${Array.from({ length: 200 }, () => `{"eventVersion":"1.09","deep":${nested}}`).join(',')}]}`,
  );
  return [
    ['a field of 400 MB', field, [60, 150, 300, 500]],
    ['white space that unfolds to 3.6 GB', bomb, [60, 300, 1_000, 2_000]],
    ['one document of 40 MB', document, [60, 150, 300, 600]],
    ['100,000 levels, 200 times', deep, [60, 150, 300, 500]],
  ];
}

function presses(programs, folder, file, delays) {
  const data = path.join(folder, 'data');
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data);
  const run = spawnSync(
    process.execPath,
    [
      path.join(programs, 'bench-cancel.mjs'),
      ...[data, path.join(ROOT, 'resources'), programs, new Date(ONSET_MS).toISOString()],
      ...[delays.join(','), file],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  if (run.status !== 0) throw new Error(`The import of ${file} failed.`);
  return JSON.parse(run.stdout.toString());
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'demarc-bench-'));
const programs = mkdtempSync(path.join(ROOT, 'node_modules/.demarc-bench-'));
try {
  await buildPrograms(programs, PROGRAMS);
  const { writeTrail } = await import(pathToFileURL(path.join(programs, 'trail.mjs')).href);
  const events = Number(values.events);
  const [trail] = await writeTrail(path.join(folder, 'trail'), {
    ...{ seed: 20_260_304, events, from: ONSET_MS - 7_200_000, minutes: 120, files: 1, gzip: false },
  });
  const cases = [
    [`${events} events in one file`, trail, [0, 30, 100, 250, 500, 1_000, 2_000, 3_000, 4_000, 6_000]],
    ...writeFiles(folder),
  ];
  const rows = cases.map(([what, file, delays]) => ({
    what,
    presses: presses(programs, folder, file, delays),
  }));
  if (values.json) console.log(JSON.stringify({ bench: 'cancel', rows }));
  else {
    console.log(`cancel: load ${os.loadavg()[0].toFixed(1)} on ${os.availableParallelism()} processors.`);
    for (const { what, presses: all } of rows) {
      const took = all.flatMap((one) => (one.took === null ? [] : [one.took]));
      const late = all.length - took.length;
      const most = Math.max(...took);
      const changed = all.filter((one) => one.took !== null && !one.asBefore).length;
      console.log(
        `  ${what}: ${took.length} presses, at most ${Math.round(most)} ms (at most ${MOST_MS} ms) ${most <= MOST_MS ? 'reached' : 'NOT reached'}` +
          `${late > 0 ? `; ${late} came after its end` : ''}${changed > 0 ? `; ${changed} times the database was NOT as before` : '; the database as before'}`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(programs, { recursive: true, force: true });
}
