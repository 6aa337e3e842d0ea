import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { DbClient } from '../../db/client.ts';
import { serveImport } from '../../db/import-port.ts';
import { runOperation } from '../../db/operations.ts';
import { closeStore } from '../../db/store.ts';
import { expandPaths } from '../../main/adapters/evidence/expand-paths.ts';
import type { FileReport } from '../../main/core/evidence/model.ts';
import { ok } from '../../main/core/result.ts';
import { shortLines } from '../support/cloudtrail.ts';
import { temporaryFolder, testStore, value } from '../support/database.ts';
import { buildScripts } from '../support/kill-build.ts';
import { declared, servicesIn } from '../support/services.ts';

/* What goes wrong with files and disks, through the whole import: threads that read, the database, the service and the trail. */

let scripts: Awaited<ReturnType<typeof buildScripts<'reader'>>>;
beforeAll(async () => {
  // Two threads read, on any machine.
  vi.spyOn(os, 'availableParallelism').mockReturnValue(4);
  scripts = await buildScripts({ reader: 'main/adapters/evidence/import-worker.ts' });
});
afterAll(() => {
  scripts.remove();
});

/** More than one batch holds: the first is sent while the file is still being read. */
const TWO_BATCHES = 34_000;

const sha256Of = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

interface Hooks {
  /** Before a file is begun in the database: its number from 0. */
  readonly onBegin?: (number: number) => void;
  /** The end of a reader's port that the database is to listen at. */
  readonly takeImports?: (port: MessagePort, serve: () => void) => void;
}

/** The real services over a real database file in this thread, with a look at what happens in between. */
async function importing(hooks: Hooks = {}) {
  const folder = temporaryFolder();
  const store = await testStore(folder);
  let begun = 0;
  const client: DbClient = {
    opened: Promise.resolve(
      ok({ file: store.file, schemaVersion: 0, created: true, writer: store.writer.id }),
    ),
    call: (method, args) => {
      if (method === 'startImport' && 'sha256' in args && args.sha256 === null) {
        hooks.onBegin?.(begun);
        begun += 1;
      }
      return Promise.resolve(runOperation(store, method, args));
    },
    takeImports: (port) => {
      const serve = (): void => {
        serveImport(store.db, port);
      };
      if (hooks.takeImports === undefined) serve();
      else hooks.takeImports(port, serve);
    },
    close: () => Promise.resolve(closeStore(store)),
  };
  const services = await servicesIn(folder, {
    client,
    importWorkerUrl: pathToFileURL(scripts.script('reader')),
  });
  const id = await declared(services);
  const count = (table: string): number =>
    Number(store.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  return {
    folder,
    id,
    db: store.db,
    imports: services.imports,
    run: async (...paths: readonly string[]) => value(await services.imports.run(id, paths)),
    /** Records that can be seen, rows that are there, and what the trail says. */
    kept: async () => ({
      records: value(await client.call('recordCounts', { incidentId: id })).records,
      rows: count('log_row'),
      trail: value(await services.book.load(id)).state.evidence.map(({ sha256 }) => sha256),
    }),
  };
}

const told = (files: readonly FileReport[]) =>
  files.map(({ file, records, duplicates, notes }) => ({ file, records, duplicates, notes }));

test('a file that grows while it is read comes in as far as it was, says so, and the rest comes in later', async () => {
  const file = path.join(temporaryFolder(), 'growing.jsonl');
  writeFileSync(file, shortLines(0, TWO_BATCHES));
  const before = readFileSync(file);
  let grown = false;
  const { run, kept } = await importing({
    takeImports: (port, serve) => {
      // The first batch: the file is open, and its end has not been read.
      port.on('message', () => {
        if (!grown) appendFileSync(file, shortLines(TWO_BATCHES, TWO_BATCHES + 10));
        grown = true;
      });
      serve();
    },
  });
  const first = await run(file);
  expect(first.files).toMatchObject([
    { records: TWO_BATCHES, sha256: sha256Of(before), size: before.length },
  ]);
  expect(first.files[0]?.notes.join(' ')).toMatch(/The file has grown while it was read/);
  const second = await run(file);
  expect(second.files).toMatchObject([{ records: TWO_BATCHES + 10, duplicates: TWO_BATCHES, notes: [] }]);
  expect(await kept()).toEqual({
    records: TWO_BATCHES + 10,
    rows: TWO_BATCHES + 10,
    trail: [sha256Of(before), sha256Of(readFileSync(file))],
  });
});

test('a file that is gone before its turn is named with the reason, and its neighbours come in', async () => {
  const folder = temporaryFolder();
  for (const number of [0, 1, 2, 3]) {
    writeFileSync(path.join(folder, `${number}.jsonl`), shortLines(number * 10, number * 10 + 10));
  }
  const { run, kept } = await importing({
    // When the second begins, at most the third is open.
    onBegin: (number) => {
      if (number === 1) rmSync(path.join(folder, '3.jsonl'));
    },
  });
  const { files } = await run(folder);
  expect(told(files).slice(2)).toEqual([
    { file: '2.jsonl', records: 10, duplicates: 0, notes: [] },
    {
      ...{ file: '3.jsonl', records: 0, duplicates: 0 },
      notes: ['The file cannot be opened: it is not there.'],
    },
  ]);
  expect(await kept()).toMatchObject({ records: 30, rows: 30 });
});

test.each<[string, (file: string) => void, number]>([
  ['removed', rmSync, TWO_BATCHES * 2],
  [
    'cut down',
    (file) => {
      truncateSync(file, 0);
    },
    0,
  ],
])(
  'a file that is %s while it is read keeps what was read, and says what is missing',
  async (how, spoil, whole) => {
    const file = path.join(temporaryFolder(), 'rotated.jsonl');
    writeFileSync(file, shortLines(0, TWO_BATCHES * 2));
    let spoilt = false;
    const { run, kept } = await importing({
      takeImports: (port, serve) => {
        port.on('message', () => {
          if (!spoilt) spoil(file);
          spoilt = true;
        });
        serve();
      },
    });
    const { files } = await run(file);
    const { records, trail } = await kept();
    expect(files[0]?.records).toBe(records);
    expect(trail).toEqual([files[0]?.sha256]);
    if (how === 'removed') expect([records, files[0]?.notes]).toEqual([whole, []]);
    else {
      expect(records).toBeGreaterThan(32_000);
      expect(records).toBeLessThan(TWO_BATCHES * 2);
      expect(files[0]?.notes[0]).toMatch(
        /^The file became shorter while it was read: \d+ of \d+ bytes were there\.$/,
      );
    }
  },
);

/** Gives up the rights of the administrator until the test is over: permissions do not bind that one. */
function asOrdinaryUser(): void {
  if (process.geteuid?.() !== 0) return;
  process.seteuid?.(65_534);
  onTestFinished(() => {
    process.seteuid?.(0);
  });
}

test('a folder or a file that may not be read is named with the reason, and its neighbours come in', async () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const closed = path.join(folder, 'closed');
  mkdirSync(closed);
  for (const number of [0, 1, 2, 3, 4, 5]) {
    writeFileSync(path.join(folder, `${number}.jsonl`), shortLines(number * 10, number * 10 + 10));
  }
  chmodSync(path.join(folder, '4.jsonl'), 0);
  chmodSync(closed, 0);
  const {
    run,
    kept,
    folder: data,
  } = await importing({
    // Both readers are at work by then, and neither has opened the fifth file.
    onBegin: (number) => {
      if (number !== 2) return;
      for (const name of ['.', ...readdirSync(data)]) chownSync(path.join(data, name), 65_534, 65_534);
      asOrdinaryUser();
    },
  });
  const { files } = await run(folder);
  expect(await expandPaths([closed])).toEqual({
    files: [],
    notes: [`${closed}: this folder cannot be read.`],
  });
  expect(told(files).slice(3)).toEqual([
    { file: '3.jsonl', records: 10, duplicates: 0, notes: [] },
    {
      ...{ file: '4.jsonl', records: 0, duplicates: 0 },
      notes: ['The file cannot be opened: reading it is not allowed.'],
    },
    { file: '5.jsonl', records: 10, duplicates: 0, notes: [] },
  ]);
  expect(await kept()).toMatchObject({ records: 50, rows: 50 });
});

test('what is not there is named beside what came in', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'a.jsonl'), shortLines(0, 10));
  const gone = path.join(folder, 'gone');
  const { run } = await importing();
  const outcome = await run(gone, folder);
  expect(outcome.leftOut).toEqual([`${gone}: it is not there or cannot be opened.`]);
  expect(told(outcome.files)).toMatchObject([{ file: 'a.jsonl', records: 10 }]);
});

test('one path given twice, a copy and a copy under another folder are one file', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'a.jsonl');
  writeFileSync(file, shortLines(0, 50));
  mkdirSync(path.join(folder, 'copies'));
  copyFileSync(file, path.join(folder, 'copies/a.jsonl'));
  const { run, kept } = await importing();
  const { files } = await run(file, file, folder);
  expect(files.map(({ records, duplicates }) => [records, duplicates])).toEqual([
    [50, 0],
    [50, 50],
  ]);
  expect(files[1]?.notes).toEqual(['The same file is in this incident already; nothing was added.']);
  expect(await kept()).toEqual({ records: 50, rows: 50, trail: [sha256Of(readFileSync(file))] });
});

test('exports that overlap, read by two threads at once, give each record once and to the first file', async () => {
  const folder = temporaryFolder();
  const starts = [0, 20_000, 10_000, 0, 39_900];
  for (const [number, start] of starts.entries()) {
    const text = shortLines(start, start + 20_000);
    writeFileSync(path.join(folder, `${number}.jsonl.gz`), gzipSync(text, { level: 1 }));
  }
  // The fourth has the same records as the first in bytes of its own.
  writeFileSync(path.join(folder, '3.jsonl.gz'), gzipSync(`${shortLines(0, 20_000)}\n\n`, { level: 1 }));
  const { run, kept, db } = await importing();
  const { files } = await run(folder);
  expect(files.map(({ records, duplicates }) => [records, duplicates])).toEqual([
    [20_000, 0],
    [20_000, 0],
    [20_000, 20_000],
    [20_000, 20_000],
    [20_000, 100],
  ]);
  expect(await kept()).toMatchObject({ records: 59_900, rows: 59_900 });
  expect(db.prepare('SELECT count(DISTINCT at_ms) FROM log_row').pluck().get()).toBe(59_900);
});

test('a cancel through the service leaves the files before and nothing of the one under way, and still names what was not there', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'a.jsonl'), shortLines(0, 100));
  writeFileSync(path.join(folder, 'b.jsonl'), shortLines(100, 100 + 3 * TWO_BATCHES));
  writeFileSync(path.join(folder, 'c.jsonl'), shortLines(200_000, 200_010));
  let batches = 0;
  const whole = await importing({
    takeImports: (port, serve) => {
      port.on('message', () => {
        batches += 1;
        if (batches === 3) whole.imports.cancel(whole.id);
      });
      serve();
    },
  });
  const gone = path.join(folder, 'gone');
  const outcome = await whole.run(gone, folder);
  expect([outcome.cancelled, outcome.leftOut, told(outcome.files)]).toEqual([
    true,
    [`${gone}: it is not there or cannot be opened.`],
    [{ file: 'a.jsonl', records: 100, duplicates: 0, notes: [] }],
  ]);
  // What was given up is hidden at once, and makes room for the next.
  expect((await whole.kept()).records).toBe(100);
  const again = await whole.run(folder);
  expect(again.files.map(({ records, duplicates }) => [records, duplicates])).toEqual([
    [100, 100],
    [3 * TWO_BATCHES, 0],
    [10, 0],
  ]);
  const all = 110 + 3 * TWO_BATCHES;
  expect(await whole.kept()).toMatchObject({ records: all, rows: all });
});

test('a cancel does not wait for a database that does not answer', async () => {
  const file = path.join(temporaryFolder(), 'a.jsonl');
  writeFileSync(file, shortLines(0, 100));
  const serves: (() => void)[] = [];
  const stuck = await importing({
    takeImports: (port, serve) => {
      port.once('message', () => {
        stuck.imports.cancel(stuck.id);
      });
      serves.push(serve);
    },
  });
  // Would it wait, it would wait for ever.
  expect(await stuck.run(file)).toMatchObject({ cancelled: true, files: [] });
  expect(await stuck.kept()).toEqual({ records: 0, rows: 0, trail: [] });
});

test('a disk that is full in the middle of a file leaves the files before, and the same drop comes in once there is room', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'a.jsonl'), shortLines(0, 100));
  writeFileSync(path.join(folder, 'b.jsonl'), shortLines(100, 100 + TWO_BATCHES));
  let batches = 0;
  const full = await importing({
    takeImports: (port, serve) => {
      port.on('message', () => {
        batches += 1;
        // The first batch of the second file is stored; there is no room for the next.
        if (batches === 3)
          full.db.pragma(`max_page_count = ${String(full.db.pragma('page_count', { simple: true }))}`);
      });
      serve();
    },
  });
  expect(await full.imports.run(full.id, [folder])).toMatchObject({
    error: {
      code: 'not_saved',
      message:
        'Not saved: the disk is full. Nothing was changed; free some space and try again. The file before it is in, and need not be imported again.',
    },
  });
  expect((await full.kept()).records).toBe(100);
  full.db.pragma('max_page_count = 1073741823');
  const { files } = await full.run(folder);
  expect(files.map(({ records, duplicates }) => [records, duplicates])).toEqual([
    [100, 100],
    [TWO_BATCHES, 0],
  ]);
  expect(await full.kept()).toMatchObject({ records: 100 + TWO_BATCHES, rows: 100 + TWO_BATCHES });
});
