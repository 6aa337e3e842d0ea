import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readEvidenceFile } from '../../../main/adapters/evidence/read-file.ts';
import { generatedEvents, recordsFile } from '../../support/cloudtrail.ts';
import { inFolder, readAll, readBytesAsFile } from './reading.ts';

const events = [...generatedEvents({ seed: 7, events: 60, from: Date.UTC(2026, 2, 4, 9), minutes: 30 })];
const [first = '', , third = ''] = events;

describe('a hostile file', () => {
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;

  test('with 100,000 levels of nesting costs one record', async () => {
    const { report, records } = await readBytesAsFile(
      recordsFile([
        first,
        first.replace('"requestParameters":', `"deep":${deep},"requestParameters":`),
        third,
      ]),
    );
    expect(records.length).toBe(2);
    expect(report.rejects.map((reject) => reject.reason)).toEqual(['nested deeper than 100 levels']);
  });

  test('with a field of 100 MB costs one record, and little memory', async () => {
    const field = Buffer.alloc(100_000_000, 'x');
    const bytes = Buffer.concat([
      Buffer.from(`{"Records":[${first},{"eventVersion":"1.09","userAgent":"`),
      field,
      Buffer.from(`"},${third}]}`),
    ]);
    await inFolder(async (folder) => {
      const file = path.join(folder, 'field.json');
      await writeFile(file, bytes);
      const before = process.memoryUsage().arrayBuffers;
      const { report, records } = await readAll(file);
      expect(records.length).toBe(2);
      expect(report.rejects.map((reject) => reject.reason)).toEqual(['longer than 2097152 bytes']);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000);
    });
  });

  test('that unfolds a thousand times is stopped, with the records before it kept', async () => {
    const bomb = gzipSync(
      Buffer.concat([Buffer.from(`{"Records":[${first},`), Buffer.alloc(150_000_000, ' ')]),
    );
    const { report, records } = await readBytesAsFile(bomb);
    expect(records.length).toBe(1);
    expect(report.notes[0]).toMatch(
      /^The file unfolds to more than 200 times its size, or to more than 16 GB, as no log does; reading stopped after \d+ bytes of content\.$/,
    );
  });

  test('that unfolds beyond the total is stopped', async () => {
    const packed = gzipSync(recordsFile(events));
    const { report, records } = await readBytesAsFile(packed, { total: 20_000 });
    expect(records.length).toBeLessThan(events.length);
    expect(report.notes[0]).toMatch(/reading stopped after/);
  });

  test('with more than a hundred bad records lists the first hundred and counts all', async () => {
    const { report } = await readBytesAsFile(
      recordsFile([first, ...Array.from({ length: 500 }, () => '{"bad":1}'), third]),
    );
    expect([report.records, report.rejected, report.rejects.length]).toEqual([2, 500, 100]);
  });

  test('with a key given twice takes the last, as JSON does', async () => {
    const { records } = await readBytesAsFile(recordsFile([first.replace('{', '{"eventName":"First",')]));
    expect(records[0]?.name).not.toBe('First');
  });

  test('that takes long is left within a moment of a cancel', async () => {
    await inFolder(async (folder) => {
      const file = path.join(folder, 'large.json');
      await writeFile(file, recordsFile(generatedEvents({ seed: 5, events: 30_000, from: 0, minutes: 60 })));
      const cancel = new AbortController();
      let paused = false;
      let after = 0;
      const result = await readEvidenceFile(file, {
        signal: cancel.signal,
        onRecord: () => {
          if (paused) after += 1;
        },
        onPause: () => {
          paused = true;
          cancel.abort();
          return Promise.resolve();
        },
      });
      expect([result, after]).toEqual([
        { ok: false, error: { code: 'cancelled', message: 'Reading was cancelled.', place: file } },
        0,
      ]);
    });
  });
});

describe('any bytes', () => {
  const text = Buffer.from(recordsFile(events));
  const damage = fc.array(
    fc.record({
      at: fc.nat(text.length - 1),
      bytes: fc.uint8Array({ minLength: 0, maxLength: 6 }),
      remove: fc.nat(40),
    }),
    { minLength: 1, maxLength: 4 },
  );

  function damaged(
    source: Buffer,
    spots: readonly { at: number; bytes: Uint8Array; remove: number }[],
  ): Buffer {
    let result = source;
    for (const spot of spots) {
      const at = Math.min(spot.at, result.length);
      result = Buffer.concat([result.subarray(0, at), spot.bytes, result.subarray(at + spot.remove)]);
    }
    return result;
  }

  /** Index of the first byte that differs. */
  function firstDifference(a: Buffer, b: Buffer): number {
    const length = Math.min(a.length, b.length);
    for (let i = 0; i < length; i += 1) if (a[i] !== b[i]) return i;
    return length;
  }

  test('never throw, and what stands before the damage is kept', async () => {
    const sound = (await readBytesAsFile(text)).records;
    const ends = events.map(
      (_event, index) => Buffer.byteLength(recordsFile(events.slice(0, index + 1))) - 2,
    );
    await fc.assert(
      fc.asyncProperty(damage, async (spots) => {
        const bytes = damaged(text, spots);
        const { report, records } = await readBytesAsFile(bytes);
        const clean = ends.filter((end) => end <= firstDifference(text, bytes)).length;
        if (clean > 0) expect(records.slice(0, clean)).toEqual(sound.slice(0, clean));
        expect(report.records).toBe(records.length);
      }),
      { numRuns: 300 },
    );
  });

  test('compressed and then damaged never throw', async () => {
    const packed = gzipSync(text);
    await fc.assert(
      fc.asyncProperty(damage, async (spots) => {
        const { report, records } = await readBytesAsFile(
          damaged(
            packed,
            spots.map((spot) => ({ ...spot, at: spot.at % packed.length })),
          ),
        );
        expect(report.records).toBe(records.length);
      }),
      { numRuns: 100 },
    );
  });

  test('that mean nothing are refused with a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        const { report } = await readBytesAsFile(Buffer.from(bytes));
        expect([report.recognisedAs, report.notes.length > 0]).toEqual([null, true]);
      }),
      { numRuns: 100 },
    );
  });
});
