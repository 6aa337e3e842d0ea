/*
 * Importing and asking at real size: generated CloudTrail files, taken in as the app takes them in (threads that read, a thread
 * that owns the database, indexes and search), against what is installed of jq, DuckDB, sqlite3 and ripgrep on the same files,
 * in turns; and into rows only, which is what DuckDB does. Run with `npm run bench -- evidence`, which takes `--events N`,
 * `--rounds N`, `--asking` (imports once, and only asks), `--growth` (also four times as many events), `--electron` (the same import
 * also in the runtime that users have) and `--json`. Peers that are not there are said to be missing:
 * `apt-get install jq ripgrep sqlite3`, and `npm install --no-save @duckdb/node-api` here or in a folder that NODE_PATH names.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { presentElectron } from '../../resources/runtime/electron.mjs';
import { buildPrograms, ROOT } from './programs.mjs';

const PER_FILE = 25_000;
const MINUTES = 120;
const SEED = 20_260_304;
const ONSET_MS = Date.UTC(2026, 2, 4, 9, 30);
const ONSET = new Date(ONSET_MS).toISOString();
const RESOURCES = path.join(ROOT, 'resources');
const EIGHT_FIELDS =
  '.Records[] | [.eventTime, .eventSource, .eventName, .awsRegion, .userIdentity.arn, .sourceIPAddress, .errorCode, .eventID] | @tsv';
/** Common and rare ones, in every field that is searched; each is in the generated files. */
const WORDS = [
  'AttachRolePolicy',
  'SetDesiredCapacity',
  'person-3',
  'service-17',
  'AccessDenied',
  'ThrottlingException',
  '10.0.17.203',
  '10.0.3.41',
  'route53',
  'Decrypt',
  'us-east-1',
  'NoSuchEntityException',
];

/** What people narrow a search down to; no single word that `rg` could be given the like of. */
const QUERIES = [
  'name:AttachRolePolicy principal:person-3',
  'AccessDenied service-17',
  'error:Throttling address:10.0.17.',
  'resource:bucket-17 person-5',
  'arn:aws:iam::111122223333:user/person-5 Decrypt',
  'detail:0.0.0.0/0 on',
  'NothingOfThatName',
];

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    asking: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    electron: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const events = Number(values.events);
const rounds = Number(values.rounds);
if (!Number.isInteger(events) || events < 1_000 || !Number.isInteger(rounds) || rounds < 1) {
  console.error('--events takes a whole number from 1000 on, --rounds one from 1 on.');
  process.exit(2);
}

const PROGRAMS = {
  'bench-import': 'test/support/bench-import.ts',
  'bench-rows': 'test/support/bench-rows.ts',
  'bench-rows-store': 'test/support/bench-rows-store.ts',
  'bench-questions': 'test/support/bench-questions.ts',
  worker: 'db/worker.ts',
  'import-worker': 'main/adapters/evidence/import-worker.ts',
  trail: 'test/support/cloudtrail.ts',
};

function node(script, args, { program = process.execPath, environment = {} } = {}) {
  const run = spawnSync(program, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
    maxBuffer: 1e8,
  });
  if (run.status !== 0) throw new Error(`${path.basename(script)} failed.`);
  return JSON.parse(run.stdout.toString());
}

/** Seconds that a command takes; null where it is not installed. */
function secondsOf(command, args, input) {
  const before = performance.now();
  const run = spawnSync(command, args, {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'inherit'],
    input,
  });
  if (run.error?.code === 'ENOENT') return null;
  if (run.status !== 0) throw new Error(`${command} failed.`);
  return (performance.now() - before) / 1000;
}

const DUCKDB = `
const { performance } = require('node:perf_hooks');
const { DuckDBInstance } = require('@duckdb/node-api');
const [database, ...files] = process.argv.slice(2);
(async () => {
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  await connection.run('SET threads = 2');
  const list = files.map((file) => "'" + file.replaceAll("'", "''") + "'").join(',');
  const before = performance.now();
  await connection.run("CREATE TABLE events AS SELECT r.eventTime, r.eventSource, r.eventName, r.awsRegion, r.userIdentity.arn AS arn, r.sourceIPAddress, r.errorCode, r.eventID FROM (SELECT unnest(Records) AS r FROM read_json([" + list + "], maximum_object_size = 1000000000, columns = {Records: 'STRUCT(eventTime VARCHAR, eventSource VARCHAR, eventName VARCHAR, awsRegion VARCHAR, userIdentity STRUCT(arn VARCHAR), sourceIPAddress VARCHAR, errorCode VARCHAR, eventID VARCHAR)[]'}))");
  const seconds = (performance.now() - before) / 1000;
  connection.closeSync();
  process.stdout.write(JSON.stringify({ seconds, peakBytes: process.resourceUsage().maxRSS * 1024 }));
})();
`;

/** DuckDB reading eight columns of the same files into a table of its own; null where it cannot be loaded. */
function duckDbOnce(folder, files) {
  try {
    createRequire(path.join(ROOT, 'package.json')).resolve('@duckdb/node-api');
  } catch {
    return null;
  }
  const database = path.join(folder, 'peer.duckdb');
  rmSync(database, { force: true });
  const run = spawnSync(process.execPath, ['-', database, ...files], {
    input: DUCKDB,
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  if (run.status !== 0) throw new Error('DuckDB failed.');
  return JSON.parse(run.stdout.toString());
}

/** sqlite3's own JSON functions reading the same eight fields into a table; a tenth of the files, scaled. */
function sqlite3Once(folder, files) {
  const database = path.join(folder, 'peer.sqlite');
  rmSync(database, { force: true });
  const some = files.slice(0, Math.max(1, Math.floor(files.length / 10)));
  const fields = [
    'eventTime',
    'eventSource',
    'eventName',
    'awsRegion',
    'userIdentity.arn',
    'sourceIPAddress',
    'errorCode',
    'eventID',
  ];
  const columns = fields.map((field) => `value ->> '$.${field}' AS "${field}"`).join(', ');
  const script = some.map((file, index) => {
    const select = `SELECT ${columns} FROM json_each(CAST(readfile('${file}') AS TEXT), '$.Records')`;
    return index === 0 ? `CREATE TABLE events AS ${select};` : `INSERT INTO events ${select};`;
  });
  const seconds = secondsOf('sqlite3', [database], script.join('\n'));
  return seconds === null ? null : (seconds * files.length) / some.length;
}

function importOnce(programs, folder, trail, runtime = {}) {
  const data = path.join(folder, 'data');
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data);
  const args = [data, RESOURCES, programs, ONSET, trail];
  const result = node(path.join(programs, 'bench-import.mjs'), args, runtime);
  return { ...result, data };
}

/** Seconds for the same files into rows only, without anything by which they are found: what DuckDB does. */
function rowsOnce(programs, folder, trail) {
  const data = path.join(folder, 'rows');
  mkdirSync(data);
  const { records, seconds } = node(path.join(programs, 'bench-rows.mjs'), [data, programs, trail]);
  if (records !== events) throw new Error(`${records} of ${events} events were read into rows.`);
  rmSync(data, { recursive: true });
  return seconds;
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}

function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function spread(numbers) {
  return `${Math.min(...numbers).toFixed(1)} to ${Math.max(...numbers).toFixed(1)}`;
}

/** What several programs were answered: medians, and the times of all searches together. */
function inAll(asked) {
  const all = (key) => asked.map((one) => one[key]);
  const searches = all('searches').flat();
  const narrow = all('narrow').flat();
  const counts = all('counts').flat();
  return {
    rankingMs: median(all('rankingMs')),
    everythingMs: median(all('everythingMs')),
    topMs: median(all('topMs')),
    unseenMs: median(all('unseenMs')),
    pageRatio: median(asked.map(({ deepMs, topMs }) => deepMs / topMs)),
    searchP50Ms: quantile(searches, 0.5),
    searchP95Ms: quantile(searches, 0.95),
    narrowP50Ms: quantile(narrow, 0.5),
    narrowP95Ms: quantile(narrow, 0.95),
    countP50Ms: quantile(
      counts.map(({ milliseconds }) => milliseconds),
      0.5,
    ),
    countMostMs: Math.max(...counts.map(({ milliseconds }) => milliseconds)),
  };
}

function trailOf(writeTrail, folder, count) {
  const from = ONSET_MS - MINUTES * 60_000;
  const files = Math.max(1, Math.round(count / PER_FILE));
  return writeTrail(folder, { seed: SEED, events: count, from, minutes: MINUTES, files, gzip: false });
}

/** Electron as Node, which is what users run; null when it is not asked for. */
function electronRuntime() {
  if (!values.electron) return null;
  const present = presentElectron();
  if (present === null) throw new Error('The runtime is not there yet: `npm run setup` brings it.');
  return { program: present.executable, environment: { ELECTRON_RUN_AS_NODE: '1' } };
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'demarc-bench-'));
const programs = mkdtempSync(path.join(ROOT, 'node_modules/.demarc-bench-'));
try {
  await buildPrograms(programs, PROGRAMS);
  const { writeTrail } = await import(pathToFileURL(path.join(programs, 'trail.mjs')).href);
  const trail = path.join(folder, 'trail');
  const files = await trailOf(writeTrail, trail, events);
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);

  const electron = electronRuntime();
  const own = [];
  const rowsOnly = [];
  const inElectron = [];
  const jq = [];
  const duckDb = [];
  const sqlite = [];
  let last = null;
  for (let round = 0; round < (values.asking ? 1 : rounds); round += 1) {
    if (electron !== null) inElectron.push(importOnce(programs, folder, trail, electron));
    last = importOnce(programs, folder, trail);
    if (last.records !== events) throw new Error(`${last.records} of ${events} events were read.`);
    own.push(last);
    if (values.asking) break;
    rowsOnly.push(rowsOnce(programs, folder, trail));
    const duck = duckDbOnce(folder, files);
    if (duck !== null) duckDb.push(duck);
    const seconds = secondsOf('jq', ['-r', EIGHT_FIELDS, ...files]);
    if (seconds !== null) jq.push(seconds);
    const other = sqlite3Once(folder, files);
    if (other !== null) sqlite.push(other);
  }
  const asked = [];
  const rg = [];
  for (let round = 0; round < rounds; round += 1) {
    asked.push(
      node(path.join(programs, 'bench-questions.mjs'), [
        last.data,
        RESOURCES,
        last.incidentId,
        ONSET,
        JSON.stringify({ words: WORDS, queries: QUERIES }),
      ]),
    );
    rg.push(...WORDS.map((word) => secondsOf('rg', ['-c', '--fixed-strings', word, ...files])));
  }
  const questions = inAll(asked);
  const stored = statSync(path.join(last.data, 'demarc.db')).size;

  let growth = null;
  if (values.growth) {
    const large = path.join(folder, 'large');
    await trailOf(writeTrail, large, events * 4);
    const four = importOnce(programs, folder, large);
    growth = four.seconds / 4 / median(own.map(({ seconds }) => seconds));
    rmSync(large, { recursive: true });
  }

  const seconds = median(own.map((one) => one.seconds));
  const over = (peers, mine) => (peers.length === 0 ? null : mine / median(peers));
  const rgMs = rg.some((one) => one === null) ? [] : [median(rg) * 1000];
  const rows = [
    ['import with indexes and search, over jq projecting eight fields', over(jq, seconds), 0.4, '', 'jq'],
    [
      'rows only, over DuckDB reading eight fields into rows',
      over(
        duckDb.map((one) => one.seconds),
        median(rowsOnly),
      ),
      1,
      '',
      '@duckdb/node-api',
    ],
    [
      'its peak memory, over DuckDB’s',
      over(
        duckDb.map((one) => one.peakBytes),
        median(own.map((one) => one.peakBytes)),
      ),
      0.2,
      '',
      '@duckdb/node-api',
    ],
    ['ranking the changes before onset', questions.rankingMs, 50, ' ms', ''],
    ['search p95, over rg -c of the same words', over(rgMs, questions.searchP95Ms), 1 / 200, '', 'rg'],
    ['page of 200 far down, over the first', questions.pageRatio, 1.1, '', ''],
    [
      'event-loop delay p99 of the main process during import',
      median(own.map((one) => one.loopP99Ms)),
      20,
      ' ms',
      '',
    ],
    ['time per event with four times as many', growth, 1.15, '', '--growth'],
  ];
  if (values.json) {
    console.log(
      JSON.stringify({
        bench: 'evidence',
        events,
        bytes,
        stored,
        rounds,
        own,
        inElectron,
        jq,
        rowsOnly,
        duckDb,
        sqlite,
        rg,
        questions,
        growth,
      }),
    );
  } else {
    console.log(
      `evidence: ${events} events, ${bytes} bytes in ${files.length} files; load ${os.loadavg()[0].toFixed(1)} on ${os.availableParallelism()} processors.`,
    );
    console.log(
      `  imported in ${spread(own.map((one) => one.seconds))} s, peak ${Math.round(median(own.map((one) => one.peakBytes)) / 1e6)} MB; ${stored} bytes of database.`,
    );
    if (inElectron.length > 0)
      console.log(
        `  in Electron in ${spread(inElectron.map((one) => one.seconds))} s, peak ${Math.round(median(inElectron.map((one) => one.peakBytes)) / 1e6)} MB`,
      );
    if (rowsOnly.length > 0) console.log(`  rows only in ${spread(rowsOnly)} s`);
    if (jq.length > 0) console.log(`  jq ${spread(jq)} s`);
    if (duckDb.length > 0)
      console.log(
        `  DuckDB ${spread(duckDb.map((one) => one.seconds))} s, peak ${Math.round(median(duckDb.map((one) => one.peakBytes)) / 1e6)} MB`,
      );
    if (sqlite.length > 0) console.log(`  sqlite3 ${spread(sqlite)} s (a tenth of the files, scaled)`);
    console.log(
      `  search ${questions.searchP50Ms.toFixed(2)} ms p50, ${questions.searchP95Ms.toFixed(2)} ms p95; of several words and fields ${questions.narrowP50Ms.toFixed(2)} and ${questions.narrowP95Ms.toFixed(2)}; every hit of a word counted in ${questions.countP50Ms.toFixed(1)} ms p50, ${questions.countMostMs.toFixed(0)} ms at most; everything around onset ${questions.everythingMs.toFixed(0)} ms; first page ${questions.topMs.toFixed(2)} ms, one far down when first read ${questions.unseenMs.toFixed(2)}`,
    );
    for (const [what, reached, most, unit, needs] of rows) {
      if (values.asking && reached === null) continue;
      const text =
        reached === null
          ? `not measured: ${needs} is missing`
          : `${Number(reached.toPrecision(3))}${unit} (at most ${Number(most.toPrecision(3))}${unit}) ${reached <= most ? 'reached' : 'NOT reached'}`;
      console.log(`  ${what}: ${text}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(programs, { recursive: true, force: true });
}
