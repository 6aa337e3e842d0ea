import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importFiles } from '../../../main/adapters/evidence/import-client.ts';
import type { LogRecord } from '../../../main/core/evidence/model.ts';
import { writeTrail } from '../../support/cloudtrail.ts';
import { buildScripts } from '../../support/kill-build.ts';
import { FIXTURES, inFolder, readAll } from './reading.ts';

const TRAIL = { seed: 11, from: Date.UTC(2026, 2, 4, 9), minutes: 60 };
let scripts: Awaited<ReturnType<typeof buildScripts<'worker'>>>;
let workerUrl: URL;

beforeAll(async () => {
  scripts = await buildScripts({ worker: 'main/adapters/evidence/import-worker.ts' });
  workerUrl = pathToFileURL(scripts.script('worker'));
});
afterAll(() => {
  scripts.remove();
});

const nothing = (): Promise<void> => Promise.resolve();
const never = new AbortController().signal;

describe('an import in a worker thread', () => {
  test('gives what reading in place gives, file by file and in order', async () => {
    const told: string[] = [];
    const records: LogRecord[] = [];
    const imported = await importFiles([FIXTURES], {
      workerUrl,
      signal: never,
      onBegin: (file) => {
        told.push(`begin ${path.basename(file)}`);
        return Promise.resolve();
      },
      onBatch: (batch) => {
        told.push(`batch ${batch.length}`);
        records.push(...batch);
        return Promise.resolve();
      },
      onEnd: (report) => {
        told.push(`end ${path.basename(report.file)}`);
        return Promise.resolve();
      },
    });
    const files = readdirSync(FIXTURES).toSorted();
    expect(files).toContain('hour-cut-off.json');
    const expected = await Promise.all(files.map((file) => readAll(path.join(FIXTURES, file))));
    expect(imported).toEqual({
      ok: true,
      value: { reports: expected.map((read) => read.report), failed: [], notes: [] },
    });
    expect(records).toEqual(expected.flatMap((read) => read.records));
    expect(told).toEqual(
      files.flatMap((file, index) => {
        const count = expected[index]?.records.length ?? 0;
        return [`begin ${file}`, ...(count === 0 ? [] : [`batch ${count}`]), `end ${file}`];
      }),
    );
  });

  test('waits with the slowest handler, so that little is held in memory', async () => {
    await inFolder(async (folder) => {
      await writeTrail(folder, { ...TRAIL, events: 20_000, files: 1, gzip: false });
      let handled = 0;
      let most = 0;
      let busy = 0;
      const imported = await importFiles([folder], {
        workerUrl,
        signal: never,
        onBatch: async (batch) => {
          busy += 1;
          expect(busy).toBe(1);
          await new Promise((resolve) => setTimeout(resolve, 20));
          busy -= 1;
          handled += batch.length;
        },
        onProgress: (progress) => {
          most = Math.max(most, progress.records - handled);
        },
      });
      expect([imported.ok, handled]).toEqual([true, 20_000]);
      expect(most).toBeLessThan(6_000);
    });
  });

  test('tells how far it has come over all files', async () => {
    await inFolder(async (folder) => {
      const files = await writeTrail(folder, { ...TRAIL, events: 60_000, files: 3, gzip: true });
      const shares: number[] = [];
      await importFiles(files, {
        workerUrl,
        signal: never,
        onBatch: nothing,
        onProgress: ({ bytesRead, bytesTotal, files: count }) => {
          expect(count).toBe(3);
          shares.push(bytesRead / bytesTotal);
        },
      });
      expect(shares.length).toBeGreaterThan(2);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.at(-1)).toBeLessThanOrEqual(1);
    });
  });

  test('ends within a second of a cancel, and calls nothing afterwards', async () => {
    await inFolder(async (folder) => {
      await writeTrail(folder, { ...TRAIL, events: 100_000, files: 1, gzip: true });
      const cancel = new AbortController();
      let began = 0;
      let settled = false;
      const imported = await importFiles([folder], {
        workerUrl,
        signal: cancel.signal,
        onBatch: () => {
          expect(settled).toBe(false);
          if (!cancel.signal.aborted) {
            began = performance.now();
            cancel.abort();
          }
          return Promise.resolve();
        },
      });
      settled = true;
      expect(imported).toEqual({
        ok: false,
        error: { code: 'cancelled', message: 'The import was cancelled.' },
      });
      expect(performance.now() - began).toBeLessThan(1_000);
    });
  });

  test('goes on after a file that cannot be read', async () => {
    await inFolder(async (folder) => {
      const missing = path.join(folder, 'missing.json');
      const imported = await importFiles([missing, path.join(FIXTURES, 'hour.json')], {
        workerUrl,
        signal: never,
        onBatch: nothing,
      });
      expect(imported).toMatchObject({
        ok: true,
        value: { reports: [{ records: 33 }], notes: [`${missing}: it is not there or cannot be opened.`] },
      });
    });
  });

  test('throws what a handler throws', async () => {
    const broken = importFiles([FIXTURES], {
      workerUrl,
      signal: never,
      onBatch: () => Promise.reject(new Error('the disk is full')),
    });
    await expect(broken).rejects.toThrow('the disk is full');
  });

  test('fails with a sentence when the worker dies', async () => {
    await inFolder(async (folder) => {
      const script = path.join(folder, 'dies.mjs');
      await writeFile(script, "throw new Error('no memory left');");
      const imported = await importFiles([FIXTURES], {
        workerUrl: pathToFileURL(script),
        signal: never,
        onBatch: nothing,
      });
      expect(imported).toEqual({
        ok: false,
        error: { code: 'unexpected', message: 'Reading the files stopped: no memory left.' },
      });
    });
  });
});
