import { execFile } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FileReport } from '../../main/core/evidence/model.ts';
import { shortEvents, shortLines } from '../support/cloudtrail.ts';
import { temporaryFolder } from '../support/database.ts';
import { buildScripts } from '../support/kill-build.ts';

/* Hostile files through the whole import in a process of its own, as the app does it: what they cost, and whom. */

let scripts: Awaited<ReturnType<typeof buildScripts<'import-worker' | 'worker' | 'import'>>>;
beforeAll(async () => {
  scripts = await buildScripts({
    worker: 'db/worker.ts',
    'import-worker': 'main/adapters/evidence/import-worker.ts',
    import: 'test/support/bench-import.ts',
  });
});
afterAll(() => {
  scripts.remove();
});

/** A member of gzip that unfolds to 20 MB of white space, a thousand times its size. */
const BLANK = gzipSync(Buffer.alloc(20_000_000, ' '), { level: 9 });
const SOUND = 20;
/** Bytes of one field. */
const FIELD = 100_000_000;

/** What an attacker or a bad disk makes of an export, and what is to be said of it. */
function hostileFiles(): Readonly<
  Record<string, { readonly bytes: Buffer | string; readonly records: number; readonly says: RegExp }>
> {
  const [first = '', second = ''] = shortEvents(1_000, 1_002);
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  const [before, after] = [first.slice(0, -1), second];
  const packed = gzipSync(shortLines(2_000, 4_000));
  return {
    'bomb-long.json.gz': {
      bytes: Buffer.concat([gzipSync(`{"Records":[${first},`), ...Array.from({ length: 100 }, () => BLANK)]),
      records: 1,
      says: /unfolds to more than 200 times its size/,
    },
    'cut.jsonl.gz': { bytes: packed.subarray(0, packed.length / 2), records: -1, says: /cut off/ },
    'deep.json': {
      bytes: `{"Records":[${before},"deep":${deep}},${after}]}`,
      records: 1,
      says: /nested deeper than 100 levels/,
    },
    'field.json': {
      bytes: Buffer.concat([
        Buffer.from(`{"Records":[${before},"userAgent":"`),
        Buffer.alloc(FIELD, 'x'),
        Buffer.from(`"},${after}]}`),
      ]),
      records: 1,
      says: /longer than 2097152 bytes/,
    },
    'long.jsonl': {
      bytes: longEvents(80, 1_500_000),
      records: 80,
      says: /^$/,
    },
    'nul.jsonl': {
      bytes: `${first}\n${'\0'.repeat(5_000)}\n${second}\n`,
      records: 2,
      says: /a NUL byte where a record should begin/,
    },
    'proto.json': {
      bytes: `{"Records":[${before},"__proto__":{"polluted":1},"constructor":{"prototype":1}},${after}]}`,
      records: 2,
      says: /^$/,
    },
    'twice.json': { bytes: `{"Records":[${before},"eventName":"Last"}]}`, records: 1, says: /^$/ },
    'utf16.json': { bytes: Buffer.from(`{"Records":[${first}]}`, 'utf16le'), records: 1, says: /UTF-16/ },
  };
}

/** Events whose messages are long, and no two of them alike. */
function longEvents(count: number, characters: number): string {
  const lines = shortEvents(10_000, 10_000 + count).map((event, index) => {
    const message = `${index} ${'m'.repeat(characters)}`;
    return `${event.slice(0, -1)},"errorCode":"AccessDenied","errorMessage":"${message}"}`;
  });
  return lines.join('\n');
}

interface Measured {
  readonly records: number;
  readonly peakBytes: number;
  readonly files: readonly FileReport[];
}

/** Imports a folder in a process of its own, as the app does it. */
async function imported(folder: string): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    scripts.script('import'),
    temporaryFolder(),
    path.resolve('resources'),
    path.dirname(scripts.script('import')),
    '2026-03-04T09:30:00.000Z',
    folder,
  ]);
  return JSON.parse(stdout) as Measured; // printed by bench-import.ts
}

test('hostile files cost what is hostile in them: their neighbours come in, and memory stays that of small files', async () => {
  const folder = temporaryFolder();
  const hostile = hostileFiles();
  for (const [name, { bytes }] of Object.entries(hostile)) writeFileSync(path.join(folder, name), bytes);
  const neighbours = temporaryFolder();
  for (const name of ['0', 'e', 'o', 'z']) {
    writeFileSync(
      path.join(neighbours, `${name}.jsonl`),
      shortLines(name.charCodeAt(0) * 1_000, name.charCodeAt(0) * 1_000 + SOUND),
    );
    copyFileSync(path.join(neighbours, `${name}.jsonl`), path.join(folder, `${name}.jsonl`));
  }
  const small = await imported(neighbours);
  const all = await imported(folder);
  const byName = new Map(all.files.map((file) => [file.file, file]));
  for (const [name, { records, says }] of Object.entries(hostile)) {
    const report = byName.get(name);
    const said = [...(report?.notes ?? []), ...(report?.rejects ?? []).map(({ reason }) => reason)].join(' ');
    expect([name, records === -1 ? -1 : report?.records, said]).toEqual([
      name,
      records,
      expect.stringMatching(says),
    ]);
    expect(report?.rejects.every(({ place }) => /^record \d+, byte \d+$/.test(place))).toBe(true);
  }
  expect(byName.get('cut.jsonl.gz')?.records).toBeGreaterThan(900);
  expect(small.records).toBe(4 * SOUND);
  for (const name of ['0', 'e', 'o', 'z']) expect(byName.get(`${name}.jsonl`)?.records).toBe(SOUND);
  // The field alone has 100 MB, the long messages 120, the bomb 2 GB: held whole, any would show.
  expect(all.peakBytes - small.peakBytes).toBeLessThan(FIELD);
});
