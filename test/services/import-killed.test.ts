import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseFile, openStore } from '../../db/store.ts';
import type { IncidentId } from '../../main/core/ids.ts';
import { minute, temporaryFolder, testClient, value } from '../support/database.ts';
import { shortLines, writeTrail } from '../support/cloudtrail.ts';
import { buildScripts } from '../support/kill-build.ts';
import { declaredIncident, servicesIn } from '../support/services.ts';

/* A process is killed in the middle of an import; the next one must find nothing of it, and take the same file whole. */

const EVENTS = 66_000;
/** Three batches: two full ones and what is left. */
const BATCHES = 3;
let scripts: Awaited<ReturnType<typeof buildScripts<'reader' | 'import'>>>;

beforeAll(async () => {
  scripts = await buildScripts({
    reader: 'main/adapters/evidence/import-worker.ts',
    import: 'test/support/kill-import.ts',
  });
}, 60_000);
afterAll(() => {
  scripts.remove();
});

function importUntilKilled(...args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [scripts.script('import'), ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.on('close', (status, signal) => {
      if (signal === 'SIGKILL') resolve();
      else reject(new Error(`the child ended by itself with status ${status}: ${errors}`));
    });
  });
}

/** How many batches the dead process left, as its database file stands. */
function batchesLeft(folder: string): unknown {
  const db = new Database(databaseFile(folder));
  try {
    return db.prepare('SELECT count(*) FROM log_batch').pluck().get();
  } finally {
    db.close();
  }
}

/** What is in the tables, seen or hidden. */
async function rowsIn(folder: string): Promise<Record<string, unknown>> {
  const { db } = value(await openStore(folder, { now: minute(0) }));
  const count = (table: string): unknown => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  const tables = [
    'evidence_file',
    'log_batch',
    'log_row',
    'log_text',
    'log_call',
    'log_posting',
    'log_minute',
  ];
  const counts = Object.fromEntries(tables.map((table) => [table, count(table)]));
  db.close();
  return counts;
}

async function importWhole(folder: string, id: IncidentId, file: string) {
  const client = testClient(folder);
  const services = await servicesIn(folder, {
    client,
    importWorkerUrl: pathToFileURL(scripts.script('reader')),
  });
  const outcome = value(await services.imports.run(id, [file]));
  const counts = value(await client.call('recordCounts', { incidentId: id }));
  const { evidence } = value(await services.book.load(id)).state;
  await client.close();
  return { outcome, counts, evidence };
}

test(
  'killed before, between and after the batches of a file, an import leaves nothing, and the file comes in whole',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder();
    const file = path.join(temporaryFolder(), 'events.jsonl');
    writeFileSync(file, shortLines(0, EVENTS));
    const id = await declaredIncident(folder);
    const deaths = [
      ['before', 1, 0],
      ['after', 1, 1],
      ['before', BATCHES, BATCHES - 1],
      ['after', BATCHES, BATCHES],
    ] as const;
    for (const [when, batch, left] of deaths) {
      await importUntilKilled(folder, id, file, when, String(batch));
      expect(batchesLeft(folder)).toBe(left);
      expect(Object.values(await rowsIn(folder))).toEqual([0, 0, 0, 0, 0, 0, 0]);
    }
    const { outcome, counts, evidence } = await importWhole(folder, id, file);
    expect(outcome).toMatchObject({
      cancelled: false,
      files: [{ records: EVENTS, duplicates: 0, rejected: 0 }],
    });
    expect(counts).toMatchObject({ files: 1, records: EVENTS });
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
    expect(evidence.map((one) => one.sha256)).toEqual([sha256]);
  },
);

test(
  'killed when the file is in, it is in with its entry in the trail, and once',
  { timeout: 60_000 },
  async () => {
    const folder = temporaryFolder();
    const [file = ''] = await writeTrail(path.join(temporaryFolder(), 'logs'), {
      ...{ seed: 4, events: 1_000, from: Date.UTC(2026, 2, 4, 9), minutes: 60, files: 1, gzip: false },
    });
    const id = await declaredIncident(folder);
    await importUntilKilled(folder, id, file, 'file');
    expect(await rowsIn(folder)).toMatchObject({ evidence_file: 1, log_row: 1_000 });
    const { outcome, counts, evidence } = await importWhole(folder, id, file);
    expect(outcome.files).toMatchObject([{ records: 1_000, duplicates: 1_000 }]);
    expect([counts.files, counts.records, evidence.length]).toEqual([1, 1_000, 1]);
  },
);
