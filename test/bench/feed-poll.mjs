/*
 * How much a poll of forty feeds disturbs the process that shows the window. This process plays that one: the real services over a
 * real database thread and the real feed thread, forty feeds on loopback served by a process of its own, every answer new. The delay of the event loop is
 * measured over polls and over as long spells of idling, in turn.
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FEEDS = 40;
const ROUNDS = 15;
const TARGET_MS = 5;
const ONSET = '2025-06-12T17:51:00.000Z';
const START_MS = Date.parse('2025-06-12T19:08:00.000Z');

/** The app's own programs, built as they are shipped, within the project so that they find better-sqlite3. */
async function buildPrograms(folder) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    root: ROOT,
    ssr: { noExternal: true, external: ['better-sqlite3'], target: 'node' },
    build: {
      ssr: true,
      outDir: folder,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: {
          services: path.join(ROOT, 'main/services/open-services.ts'),
          incidents: path.join(ROOT, 'main/services/incidents.ts'),
          'db-worker': path.join(ROOT, 'db/worker.ts'),
          'feed-worker': path.join(ROOT, 'main/adapters/feeds/feed-worker.ts'),
        },
        external: ['better-sqlite3', /^node:/],
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'shared-[name]-[hash].mjs' },
        preserveEntrySignatures: 'strict',
      },
    },
  });
}

function programsIn(folder) {
  const url = (name) => pathToFileURL(path.join(folder, `${name}.mjs`));
  return { url, load: (name) => import(url(name).href) };
}

/** Forty feeds: the large one, and Statuspages of the fifty incidents that each of them lists. */
function serve(large) {
  let answers = 0;
  const server = createServer((request, response) => {
    answers += 1;
    response.setHeader('content-type', 'application/json');
    response.end(request.url === '/0' ? fresh(large, answers) : statuspage(answers));
  });
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  process.on('disconnect', () => process.exit(0));
}

/** The same list of incidents, to the byte another document. */
function fresh(large, answer) {
  return Buffer.concat([large, Buffer.from(' '.repeat(answer % 500) + '\n')]);
}

function statuspage(answer) {
  const incidents = Array.from({ length: 50 }, (_, index) => ({
    id: `incident${index}`,
    name: `Elevated errors ${index}`,
    status: 'resolved',
    impact: 'minor',
    created_at: new Date(START_MS - (index + 1) * 86_400_000).toISOString(),
    updated_at: new Date(START_MS - index * 86_400_000 - 3_600_000).toISOString(),
    started_at: new Date(START_MS - (index + 1) * 86_400_000).toISOString(),
    resolved_at: new Date(START_MS - index * 86_400_000 - 3_600_000).toISOString(),
    components: [],
    incident_updates: Array.from({ length: 4 }, (__, update) => ({
      id: `update${index}-${update}`,
      status: 'investigating',
      body: `We are looking into it. ${'Some customers see errors in the dashboard. '.repeat(6)}`,
      created_at: new Date(START_MS - (index + 1) * 86_400_000 + update * 600_000).toISOString(),
      affected_components: [],
    })),
  }));
  const page = {
    id: 'page',
    name: 'Page',
    time_zone: 'Etc/UTC',
    updated_at: new Date(START_MS).toISOString(),
  };
  return JSON.stringify({ page, incidents, answer });
}

async function startServer(largeFile) {
  const child = fork(fileURLToPath(import.meta.url), ['serve', largeFile]);
  const { port } = await new Promise((resolve) => child.once('message', resolve));
  return { url: `http://127.0.0.1:${port}`, close: () => child.disconnect() };
}

/**
 * The longest delay of the event loop in milliseconds while `work` runs; and the most that this thread itself computed between two looks a
 * millisecond apart, which other programs on the machine do not lengthen (null where the system does not tell).
 */
async function longest(work) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const own = ownComputing();
  delay.enable();
  const before = performance.now();
  await work();
  const milliseconds = performance.now() - before;
  delay.disable();
  return { maxMs: delay.max / 1e6, ownMs: own.end(), milliseconds };
}

/** Looks each millisecond at the nanoseconds that this thread has been on a processor. */
function ownComputing() {
  let file;
  try {
    file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  } catch {
    return { end: () => null };
  }
  const text = Buffer.alloc(64);
  const spent = () => Number(text.toString('latin1', 0, readSync(file, text, 0, 64, 0)).split(' ')[0]);
  let last = spent();
  let most = 0;
  const look = () => {
    const now = spent();
    most = Math.max(most, now - last);
    last = now;
  };
  const timer = setInterval(look, 1);
  return {
    end: () => {
      look();
      clearInterval(timer);
      closeSync(file);
      return most / 1e6;
    },
  };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const rounded = (value) => Number(value.toFixed(2));

/** Polls in a thread of its own, or with `inMain` in this one, as it would be without. */
async function measure({ url, load }, serverUrl, dataFolder, inMain) {
  const { openServices, startDatabase } = await load('services');
  const { declareIncident } = await load('incidents');
  let nowMs = START_MS;
  const settings = {
    dataFolder,
    resourcesFolder: path.join(ROOT, 'resources'),
    exportFolder: path.join(dataFolder, 'exports'),
    workerUrl: url('db-worker'),
    importWorkerUrl: url('db-worker'),
    ...(!inMain && { feedWorkerUrl: url('feed-worker') }),
    publish: { changed: () => undefined, importProgress: () => undefined },
    clock: { now: () => new Date(nowMs).toISOString(), offsetMinutes: () => 0 },
  };
  const value = (result) => {
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  };
  const db = startDatabase(settings);
  const { context, book, reader, feedWork } = value(await openServices(db, settings));
  for (const feed of value(await db.call('listFeeds', {}))) {
    value(await db.call('saveFeed', { feed: { ...feed, enabled: false } }));
  }
  for (let index = 0; index < FEEDS; index += 1) {
    const kind = index === 0 ? 'gcp_incidents' : 'statuspage';
    const feed = {
      id: `bench-${index}`,
      name: `Feed ${index}`,
      provider: index === 0 ? 'gcp' : 'other',
      kind,
    };
    value(
      await db.call('saveFeed', {
        feed: { ...feed, url: `${serverUrl}/${index}`, enabled: true, builtin: false },
      }),
    );
  }
  const scope = {
    title: 'Bench',
    onset: ONSET,
    provider: 'gcp',
    services: ['Cloud Run', 'Cloud Storage'],
    regions: ['us-central1'],
    severity: 1,
    workload: '',
    lead: '',
  };
  const incident = value(await declareIncident(context, book, scope)).row.id;
  const poll = async () => {
    nowMs += 90_000;
    value(await reader.readAll(incident));
  };
  for (let round = 0; round < 3; round += 1) await poll();
  const [polls, idles] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    polls.push(await longest(poll));
    const spell = polls.at(-1).milliseconds;
    idles.push(await longest(() => new Promise((resolve) => setTimeout(resolve, spell))));
  }
  const states = value(await db.call('lastFetches', { incidentId: incident })).map(({ last }) => last.state);
  await feedWork.close();
  await db.close();
  return {
    read: states.filter((state) => state === 'ok').length,
    pollMs: rounded(median(polls.map(({ milliseconds }) => milliseconds))),
    pollMaxMs: rounded(median(polls.map(({ maxMs }) => maxMs))),
    idleMaxMs: rounded(median(idles.map(({ maxMs }) => maxMs))),
    addedMs: rounded(median(polls.map(({ maxMs }, index) => maxMs - idles[index].maxMs))),
    ownMs: rounded(median(polls.map(({ ownMs }) => ownMs ?? Number.NaN))),
  };
}

/** In a process of its own, which holds nothing of the build: one that plays the app's main process. */
function measured(programsFolder, server, dataFolder, inMain) {
  const asked = [programsFolder, server.url, dataFolder, inMain ? 'main' : 'thread'];
  const child = fork(fileURLToPath(import.meta.url), ['measure', ...asked], {
    stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The measured process ended with ${code}`)));
  });
}

/** Measures both ways, in the feed thread first. `largeFile` is the large feed. */
export async function measurePolls(largeFile) {
  const folder = mkdtempSync(path.join(ROOT, 'node_modules/.demarc-bench-'));
  const server = await startServer(largeFile);
  try {
    const built = path.join(folder, 'built');
    await buildPrograms(built);
    const thread = await measured(built, server, path.join(folder, 'thread'), false);
    const inMain = await measured(built, server, path.join(folder, 'main'), true);
    return {
      feeds: FEEDS,
      rounds: ROUNDS,
      targetMs: TARGET_MS,
      thread,
      inMain,
      reached: thread.addedMs <= TARGET_MS,
    };
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, , role, ...given] = process.argv;
if (role === 'serve') serve(readFileSync(given[0]));
if (role === 'measure') {
  const [programs, serverUrl, dataFolder, where] = given;
  process.send(await measure(programsIn(programs), serverUrl, dataFolder, where === 'main'));
  process.disconnect();
}
