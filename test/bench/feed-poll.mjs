/*
 * How much a poll of forty feeds disturbs the process that shows the window. This process plays that one: the real services over a
 * real database thread and the real process that reads feeds, forty feeds on loopback served by a process of its own, every answer new. The delay of the event loop is
 * measured over polls and over as long spells of idling, in turn.
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildPrograms, ROOT } from './programs.mjs';

const FEEDS = 40;
const ROUNDS = 31;
const TARGET_MS = 5;
const ONSET = '2025-06-12T17:51:00.000Z';
const START_MS = Date.parse('2025-06-12T19:08:00.000Z');

const PROGRAMS = {
  services: 'main/services/open-services.ts',
  incidents: 'main/services/incidents.ts',
  'db-worker': 'db/worker.ts',
  'feed-process': 'main/adapters/feeds/feed-process.ts',
};

function programsIn(folder) {
  const url = (name) => pathToFileURL(path.join(folder, `${name}.mjs`));
  return { url, load: (name) => import(url(name).href) };
}

/**
 * Forty feeds: the large one, and Statuspages of the fifty incidents that each of them lists. What stands for the world outside must
 * not take this machine's processors: answers are made beforehand, and the process comes last.
 */
function serve(large) {
  os.setPriority(os.constants.priority.PRIORITY_LOW);
  const page = Buffer.from(statuspage());
  let answers = 0;
  const server = createServer((request, response) => {
    answers += 1;
    response.setHeader('content-type', 'application/json');
    response.write(request.url === '/0' ? large : page);
    response.end(' '.repeat(answers % 500) + '\n');
  });
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  process.on('disconnect', () => process.exit(0));
}

function statuspage() {
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
  return JSON.stringify({ page, incidents });
}

async function startServer(largeFile) {
  const child = fork(fileURLToPath(import.meta.url), ['serve', largeFile]);
  const { port } = await new Promise((resolve) => child.once('message', resolve));
  return { url: `http://127.0.0.1:${port}`, close: () => child.disconnect() };
}

/**
 * The longest delay of the event loop in milliseconds while `work` runs; of the longest tick, how long this thread ran and how long it was
 * ready but waited for a processor; and the most that it ran in any tick (null where the system does not tell).
 */
async function longest(work) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const ticks = watchTicks();
  delay.enable();
  const before = performance.now();
  await work();
  const milliseconds = performance.now() - before;
  delay.disable();
  return { maxMs: delay.max / 1e6, ...ticks.end(), milliseconds };
}

/** Looks each millisecond at what the system counts of this thread: nanoseconds on a processor, and ready without one. */
function watchTicks() {
  let file;
  try {
    file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
  } catch {
    return { end: () => ({ ranMs: null, waitedMs: null, ownMs: null }) };
  }
  const text = Buffer.alloc(64);
  const counted = () => {
    const [ran, waited] = text
      .toString('latin1', 0, readSync(file, text, 0, 64, 0))
      .split(' ')
      .map(Number);
    return { at: performance.now(), ran, waited };
  };
  let last = counted();
  let worst = { tick: 0, ran: 0, waited: 0 };
  let most = 0;
  const look = () => {
    const now = counted();
    const ran = now.ran - last.ran;
    const tick = now.at - last.at;
    if (tick > worst.tick) worst = { tick, ran, waited: now.waited - last.waited };
    most = Math.max(most, ran);
    last = now;
  };
  const timer = setInterval(look, 1);
  return {
    end: () => {
      look();
      clearInterval(timer);
      closeSync(file);
      return { ranMs: worst.ran / 1e6, waitedMs: worst.waited / 1e6, ownMs: most / 1e6 };
    },
  };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const rounded = (value) => Number(value.toFixed(2));

/** Polls in a process of its own, or with `inMain` in this one, as it would be without. */
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
    ...(!inMain && { feedProcess: feedProcess(url('feed-process')) }),
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
  const medianOf = (what) => rounded(median(polls.map((one) => one[what] ?? Number.NaN)));
  await feedWork.close();
  await db.close();
  return {
    read: states.filter((state) => state === 'ok').length,
    pollMs: rounded(median(polls.map(({ milliseconds }) => milliseconds))),
    pollMaxMs: rounded(median(polls.map(({ maxMs }) => maxMs))),
    idleMaxMs: rounded(median(idles.map(({ maxMs }) => maxMs))),
    addedMs: rounded(median(polls.map(({ maxMs }, index) => maxMs - idles[index].maxMs))),
    ranMs: medianOf('ranMs'),
    waitedMs: medianOf('waitedMs'),
    ownMs: medianOf('ownMs'),
  };
}

/** Starts the process that reads feeds as the app does, with Node's means instead of Electron's. */
function feedProcess(program) {
  return ({ message, ended }) => {
    const child = fork(fileURLToPath(program), { serialization: 'advanced' });
    child.on('message', message);
    child.once('exit', (code) => ended(`its process ended with ${code}`));
    return { post: (one) => child.send(one), kill: () => child.kill() };
  };
}

/** In a process of its own, which holds nothing of the build: one that plays the app's main process. */
function measured(programsFolder, server, dataFolder, inMain) {
  const asked = [programsFolder, server.url, dataFolder, inMain ? 'main' : 'apart'];
  const child = fork(fileURLToPath(import.meta.url), ['measure', ...asked], {
    stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`The measured process ended with ${code}`)));
  });
}

/** Measures both ways, in the process of its own first. `largeFile` is the large feed. */
export async function measurePolls(largeFile) {
  const folder = mkdtempSync(path.join(ROOT, 'node_modules/.demarc-bench-'));
  const server = await startServer(largeFile);
  try {
    const built = path.join(folder, 'built');
    await buildPrograms(built, PROGRAMS);
    const apart = await measured(built, server, path.join(folder, 'apart'), false);
    const inMain = await measured(built, server, path.join(folder, 'main'), true);
    return {
      feeds: FEEDS,
      rounds: ROUNDS,
      targetMs: TARGET_MS,
      apart,
      inMain,
      reached: apart.addedMs <= TARGET_MS,
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
