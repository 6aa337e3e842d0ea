import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importFiles } from '../../../main/adapters/evidence/import-client.ts';
import type { FileReport, LogRecord } from '../../../main/core/evidence/model.ts';
import type { BatchMessage, BatchReply, RecordBatch } from '../../../main/core/evidence/record-batch.ts';
import { EvidenceId } from '../../../main/core/ids.ts';
import { fail, ok } from '../../../main/core/result.ts';
import { shortLines, writeTrail } from '../../support/cloudtrail.ts';
import { buildScripts } from '../../support/kill-build.ts';
import { batchSink, recordReader } from '../../support/record-batches.ts';
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

/** Records that a batch holds. */
const BATCH = 32_768;
const never = new AbortController().signal;
const stored = (message: BatchMessage): Promise<BatchReply> =>
  Promise.resolve(ok({ inserted: recordsIn(message), duplicates: 0 }));

function recordsIn(message: BatchMessage): number {
  return 'batch' in message ? message.batch.records : 0;
}
const nothing = (): Promise<void> => Promise.resolve();

/** What a test does not look at. */
function options(onBatch: (message: BatchMessage) => Promise<BatchReply> = stored) {
  let files = 0;
  return {
    ...batchSink(onBatch),
    workerUrl,
    readers: 2,
    signal: never,
    onTurn: (): Promise<EvidenceId | null> => {
      files += 1;
      return Promise.resolve(EvidenceId.parse(`file-${files}`));
    },
    onEnd: (): Promise<boolean> => Promise.resolve(true),
    onFailed: nothing,
  };
}

describe('an import in threads that read', () => {
  test('gives what reading in place gives, file by file and in order, each once', async () => {
    const told: string[] = [];
    const reports: FileReport[] = [];
    const byFile = new Map<string, RecordBatch[]>();
    const alone = new Map<string, LogRecord[]>();
    // One reader: what it sends is told by one vocabulary.
    const imported = await importFiles([FIXTURES], {
      ...options((message) => {
        if ('spans' in message) {
          const said = message.spans.flatMap(({ alone: record }) => record ?? []);
          alone.set(message.fileId, [...(alone.get(message.fileId) ?? []), ...said]);
        }
        if ('batch' in message) {
          byFile.set(message.fileId, [...(byFile.get(message.fileId) ?? []), message.batch]);
        }
        return stored(message);
      }),
      readers: 1,
      onTurn: (file) => {
        told.push(`turn ${path.basename(file.path)}`);
        return Promise.resolve(EvidenceId.parse(path.basename(file.path)));
      },
      onEnd: (report) => {
        told.push(`end ${path.basename(report.file)}`);
        reports.push(report);
        return Promise.resolve(true);
      },
    });
    const files = readdirSync(FIXTURES).toSorted();
    expect(files).toContain('hour-cut-off.json');
    const expected = await Promise.all(files.map((file) => readAll(path.join(FIXTURES, file))));
    expect(imported).toEqual(ok(files.length));
    expect(reports).toEqual(expected.map((read) => read.report));
    expect(told).toEqual(files.flatMap((file) => [`turn ${file}`, `end ${file}`]));
    const read = recordReader();
    const inOrderOfTime = (records: readonly LogRecord[]): LogRecord[] =>
      records.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    for (const [index, file] of files.entries()) {
      const records = [...(byFile.get(file) ?? []).flatMap(read), ...(alone.get(file) ?? [])];
      expect(inOrderOfTime(records)).toEqual(inOrderOfTime(expected[index]?.records ?? []));
    }
  });

  test('two readers hand their files over in order, and one whose records are not wanted sends none', async () => {
    await inFolder(async (folder) => {
      const files = await writeTrail(folder, { ...TRAIL, events: 5_000, files: 5, gzip: true });
      const order: string[] = [];
      const imported = await importFiles(files, {
        ...options((message) => {
          order.push(message.fileId);
          return stored(message);
        }),
        onTurn: (file) => {
          const number = files.indexOf(file.path);
          return Promise.resolve(number === 2 ? null : EvidenceId.parse(`file-${number}`));
        },
        onEnd: (report) => {
          order.push(`end ${report.records}`);
          return Promise.resolve(true);
        },
      });
      expect(imported.ok).toBe(true);
      expect(order).toEqual([
        ...['file-0', 'end 1000', 'file-1', 'end 1000', 'end 1000'],
        ...['file-3', 'end 1000', 'file-4', 'end 1000'],
      ]);
    });
  });

  test('one reader reads the next file while the end of the one before is being stored', async () => {
    await inFolder(async (folder) => {
      const [short = ''] = await writeTrail(path.join(folder, 'a'), {
        ...TRAIL,
        events: 100,
        files: 1,
        gzip: false,
      });
      const [long = ''] = await writeTrail(path.join(folder, 'b'), {
        ...TRAIL,
        events: 3_000,
        files: 1,
        gzip: false,
      });
      let readSecond: () => void = () => undefined;
      const second = new Promise<void>((resolve) => {
        readSecond = resolve;
      });
      const imported = await importFiles([short, long], {
        ...options(async (message) => {
          // Nothing of the second file could be told before, if it was read only afterwards: this would wait for ever.
          if (message.fileId === 'file-1') await second;
          return stored(message);
        }),
        readers: 1,
        onProgress: ({ number, records }) => {
          if (number === 1 && records > 100) readSecond();
        },
      });
      expect(imported.ok).toBe(true);
    });
  });

  test('when a stored file does not stay, nothing is told in its words any more', async () => {
    await inFolder(async (folder) => {
      const files = await writeTrail(folder, { ...TRAIL, events: 3_000, files: 3, gzip: false });
      const byFile = new Map<string, RecordBatch[]>();
      const imported = await importFiles(files, {
        ...options((message) => {
          if ('batch' in message)
            byFile.set(message.fileId, [...(byFile.get(message.fileId) ?? []), message.batch]);
          return stored(message);
        }),
        readers: 1,
        onTurn: (file) => Promise.resolve(EvidenceId.parse(path.basename(file.path))),
        onEnd: ({ file }) => Promise.resolve(file !== files[0]),
      });
      expect(imported.ok).toBe(true);
      const [, ...kept] = files;
      const read = recordReader();
      for (const file of kept) {
        const records = (byFile.get(path.basename(file)) ?? []).flatMap(read);
        expect(records).toEqual((await readAll(file)).records);
      }
    });
  });

  test('reads no further than the database keeps up with', async () => {
    await inFolder(async (folder) => {
      await writeTrail(folder, { ...TRAIL, events: 260_000, files: 1, gzip: false });
      let busy = 0;
      let most = 0;
      let handled = 0;
      let ahead = 0;
      const imported = await importFiles([folder], {
        ...options(async (message) => {
          busy += 1;
          most = Math.max(most, busy);
          await new Promise((resolve) => setImmediate(resolve));
          busy -= 1;
          handled += recordsIn(message);
          return stored(message);
        }),
        onProgress: ({ records }) => {
          ahead = Math.max(ahead, records - handled);
        },
      });
      expect([imported.ok, handled]).toEqual([true, 260_000]);
      expect(most).toBeLessThanOrEqual(2);
      // Four batches held before the turn, two unanswered, and the one being gathered.
      expect(ahead).toBeLessThanOrEqual(7 * 32_768);
    });
  });

  test('tells how far it has come over all files', async () => {
    await inFolder(async (folder) => {
      const files = await writeTrail(folder, { ...TRAIL, events: 60_000, files: 3, gzip: true });
      const shares: number[] = [];
      await importFiles(files, {
        ...options(),
        onProgress: ({ bytesRead, bytesTotal, files: count, records }) => {
          expect(count).toBe(3);
          expect(records).toBeLessThanOrEqual(60_000);
          shares.push(bytesRead / bytesTotal);
        },
      });
      expect(shares.length).toBeGreaterThan(2);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
      expect(shares.at(-1)).toBe(1);
    });
  });

  test('a cancel ends it, nothing is called afterwards, and a thread that does not answer is ended', async () => {
    await inFolder(async (folder) => {
      await writeTrail(folder, { ...TRAIL, events: 100_000, files: 2, gzip: true });
      const cancel = new AbortController();
      let settled = false;
      const imported = await importFiles([folder], {
        ...options(() => {
          cancel.abort();
          // This batch is never answered: the reader waits for it in vain.
          return new Promise(() => undefined);
        }),
        signal: cancel.signal,
        onEnd: () => {
          expect(settled).toBe(false);
          return Promise.resolve(true);
        },
      });
      settled = true;
      expect(imported).toEqual(fail('cancelled', 'The import was cancelled.'));
      expect(await importFiles([folder], { ...options(), signal: cancel.signal })).toEqual(imported);
    });
  });

  test('a cancel while the last batches are being stored is no end of the file', async () => {
    await inFolder(async (folder) => {
      // One batch is full and sent while the file is read; the rest is sent when it has been read to its end.
      await writeTrail(folder, { ...TRAIL, events: 40_000, files: 1, gzip: false });
      const cancel = new AbortController();
      const told: string[] = [];
      const imported = await importFiles([folder], {
        ...options((message) => {
          told.push(`batch of ${recordsIn(message)}`);
          if (told.length === 2) cancel.abort();
          return new Promise(() => undefined);
        }),
        signal: cancel.signal,
        onEnd: ({ records }) => {
          told.push(`end with ${records}`);
          return Promise.resolve(true);
        },
      });
      expect(imported).toEqual(fail('cancelled', 'The import was cancelled.'));
      expect(told).toEqual(['batch of 32768', 'batch of 7232']);
    });
  });

  test('goes on after a file that cannot be read', async () => {
    await inFolder(async (folder) => {
      const missing = path.join(folder, 'missing.json');
      const reports: FileReport[] = [];
      const leftOut: string[] = [];
      const imported = await importFiles([missing, path.join(FIXTURES, 'hour.json')], {
        ...options(),
        onEnd: (report) => {
          reports.push(report);
          return Promise.resolve(true);
        },
        onLeftOut: (notes) => {
          leftOut.push(...notes);
        },
      });
      expect(imported).toEqual(ok(1));
      expect(leftOut).toEqual([`${missing}: it is not there or cannot be opened.`]);
      expect(reports.map(({ records }) => records)).toEqual([33]);
    });
  });

  test('ends with the failure of a database that cannot store', async () => {
    const failed: string[] = [];
    const imported = await importFiles([path.join(FIXTURES, 'hour.json')], {
      ...options(() => Promise.resolve(fail('not_saved', 'The disk is full.'))),
      onFailed: (file, { message }) => {
        failed.push(`${path.basename(file)}: ${message}`);
        return Promise.resolve();
      },
    });
    expect(imported).toEqual(fail('not_saved', 'The disk is full.'));
    expect(failed).toEqual(['hour.json: The disk is full.']);
  });

  test('reads no further when the database cannot store', async () => {
    await inFolder(async (folder) => {
      const file = path.join(folder, 'long.jsonl');
      await writeFile(file, shortLines(0, 12 * BATCH));
      let reached = 0;
      let failed = '';
      const imported = await importFiles([file], {
        ...options(() => Promise.resolve(fail('not_saved', 'The disk is full.'))),
        onFailed: (name, { message }) => {
          failed = `${path.basename(name)}: ${message}`;
          return nothing();
        },
        onProgress: ({ bytesRead, bytesTotal }) => {
          reached = bytesRead / bytesTotal;
        },
      });
      expect(imported).toEqual(fail('not_saved', 'The disk is full.'));
      expect(failed).toBe('long.jsonl: The disk is full.');
      // Four batches held before the turn, two on their way, and the one being gathered.
      expect(reached).toBeLessThan(0.7);
    });
  });

  test('throws what a handler throws', async () => {
    const broken = importFiles([FIXTURES], {
      ...options(),
      onTurn: () => Promise.reject(new Error('a bug')),
    });
    await expect(broken).rejects.toThrow('a bug');
  });

  test('fails with a sentence when no reader can be had', async () => {
    await inFolder(async (folder) => {
      const script = path.join(folder, 'dies.mjs');
      await writeFile(script, "throw new Error('no such module');");
      const imported = await importFiles([FIXTURES], {
        ...options(),
        workerUrl: pathToFileURL(script),
      });
      expect(imported).toEqual(
        fail(
          'unexpected',
          'Demarc itself failed (Error: no such module); the fault is not in the file. Reading was stopped.',
        ),
      );
    });
  });
});
