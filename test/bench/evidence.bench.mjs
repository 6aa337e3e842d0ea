/*
 * Generated CloudTrail files, read and brought into the common shape, against `jq` projecting eight fields from the same files
 * where it is installed; and the ranking of the changes among all of them. What is measured here is not stored: the ratio says
 * nothing yet about indexes and search. Run with `npm run bench -- evidence`, which takes `--events N`, `--rounds N` and `--json`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FILES = 40;
const MINUTES = 120;
const SEED = 20_260_304;
const ONSET_MS = Date.UTC(2026, 2, 4, 9, 30);
const TARGET_RANKING_MS = 50;
const PEER = 'jq';
const EIGHT_FIELDS =
  '.Records[] | [.eventTime, .eventSource, .eventName, .awsRegion, .userIdentity.arn, .sourceIPAddress, .errorCode, .eventID] | @tsv';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const events = Number(values.events);
const rounds = Number(values.rounds);
if (!Number.isInteger(events) || events < FILES || !Number.isInteger(rounds) || rounds < 1) {
  console.error(`--events takes a whole number from ${FILES} on, --rounds one from 1 on.`);
  process.exit(2);
}

/** The program's own modules, built as they are shipped: not minified, for Node. */
async function modules(folder) {
  const input = {
    read: 'main/adapters/evidence/read-file.ts',
    rank: 'main/core/evidence/rank-changes.ts',
    table: 'main/core/evidence/change-table.ts',
    trail: 'test/support/cloudtrail.ts',
  };
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    root: ROOT,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: folder,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(input).map(([name, file]) => [name, path.join(ROOT, file)])),
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'shared-[name].mjs' },
        preserveEntrySignatures: 'strict',
      },
    },
  });
  const load = (name) => import(pathToFileURL(path.join(folder, `${name}.mjs`)).href);
  const all = await Promise.all(Object.keys(input).map(load));
  return Object.assign({}, ...all);
}

/** Seconds that one reading of all files takes, and how many records it gives to `take`. */
async function readOnce(readEvidenceFile, files, take) {
  const before = performance.now();
  let records = 0;
  for (const file of files) {
    const result = await readEvidenceFile(file, {
      signal: new AbortController().signal,
      onBatch: (batch) => {
        take(batch);
        return Promise.resolve();
      },
    });
    if (!result.ok) throw new Error(result.error.message);
    records += result.value.records;
  }
  return { seconds: (performance.now() - before) / 1000, records };
}

/** Seconds that jq takes, or null where it is not installed. */
function jqOnce(files) {
  const before = performance.now();
  const run = spawnSync(PEER, ['-r', EIGHT_FIELDS, ...files], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (run.error?.code === 'ENOENT') return null;
  if (run.status !== 0) throw new Error('jq failed.');
  return (performance.now() - before) / 1000;
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'demarc-bench-'));
try {
  const { readEvidenceFile, rankChanges, isChange, parseChangeTable, writeTrail } = await modules(
    path.join(folder, 'modules'),
  );
  const parsed = parseChangeTable(
    JSON.parse(readFileSync(path.join(ROOT, 'resources/evidence/changes.json'), 'utf8')),
  );
  if (!parsed.ok) throw new Error(parsed.error.message);
  const table = parsed.value;
  const files = await writeTrail(path.join(folder, 'trail'), {
    seed: SEED,
    events,
    from: ONSET_MS - MINUTES * 60_000,
    minutes: MINUTES,
    files: FILES,
    gzip: false,
  });
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);

  const own = [];
  const jq = [];
  for (let round = 0; round < rounds; round += 1) {
    const { seconds, records } = await readOnce(readEvidenceFile, files, () => undefined);
    if (records !== events) throw new Error(`${records} of ${events} events were read.`);
    own.push(seconds);
    const peer = jqOnce(files);
    if (peer !== null) jq.push(peer);
  }

  const changes = [];
  await readOnce(readEvidenceFile, files, (batch) => {
    for (const record of batch) if (isChange(record, table)) changes.push(record);
  });
  const context = { onset: new Date(ONSET_MS).toISOString(), services: ['s3'], regions: ['eu-west-1'] };
  const rankings = Array.from({ length: 5 }, () => {
    const before = performance.now();
    rankChanges(changes, context, table);
    return performance.now() - before;
  });

  const rounded = (number) => Number(number.toFixed(2));
  const result = {
    bench: 'evidence',
    events,
    bytes,
    rounds,
    readSeconds: rounded(median(own)),
    jqSeconds: jq.length === 0 ? null : rounded(median(jq)),
    readOverJq: jq.length === 0 ? null : rounded(median(own) / median(jq)),
    changes: changes.length,
    rankingMs: rounded(median(rankings)),
    rankingTargetMs: TARGET_RANKING_MS,
  };
  if (values.json) console.log(JSON.stringify(result));
  else {
    const peer =
      result.jqSeconds === null
        ? 'jq is not installed'
        : `jq takes ${result.jqSeconds} s for eight fields: ${result.readOverJq} of it`;
    console.log(
      `evidence: ${events} events (${bytes} bytes) read in ${result.readSeconds} s, not stored; ${peer}.`,
    );
    console.log(
      `evidence: ${changes.length} changes among them ranked in ${result.rankingMs} ms from memory; ` +
        `at most ${TARGET_RANKING_MS} ms is asked of the store.`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
