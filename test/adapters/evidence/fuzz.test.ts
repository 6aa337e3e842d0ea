import { readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type {
  EvidenceAdapter,
  Head,
  Recognition,
  RecordReader,
} from '../../../main/adapters/evidence/adapter.ts';
import { ADAPTERS } from '../../../main/adapters/evidence/adapters.ts';
import { type Json, parseJson } from '../../../main/adapters/evidence/json.ts';
import { mappedReader } from '../../../main/adapters/evidence/mapped.ts';
import { outlineOf } from '../../../main/adapters/evidence/outline.ts';
import { readEvidenceFile } from '../../../main/adapters/evidence/read-file.ts';
import { sampleRows } from '../../../main/adapters/evidence/sample-rows.ts';
import { lineScanner } from '../../../main/adapters/evidence/scan-lines.ts';
import { objectScanner } from '../../../main/adapters/evidence/scan-objects.ts';
import { rowScanner } from '../../../main/adapters/evidence/scan-rows.ts';
import { wholeScanner } from '../../../main/adapters/evidence/scan-whole.ts';
import { guessMapping } from '../../../main/core/evidence/mapping/guess.ts';
import type { Mapping } from '../../../main/core/evidence/mapping/model.ts';
import { LogRecord } from '../../../main/core/evidence/model.ts';
import { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import { mutatedBytes, mutatedValue, randomFrom } from '../../support/mutate.ts';
import { recordings } from '../../support/recordings.ts';
import { FIXTURES, inFolder } from './reading.ts';

/**
 * Every adapter on records and on first bytes that were changed at random: 10,000 each, or as many as DEMARC_FUZZ_CASES says (100,000 take
 * about ten times as long). The seeds are our own fixtures, and the recordings where they are. Files changed byte by byte go through the whole reader, one for
 * every four hundred of those.
 */
const CASES = Number(process.env['DEMARC_FUZZ_CASES'] ?? 10_000);
const LONGEST_MS = CASES * 60;
const LIMITS = { objectBytes: 512 * 1024, depth: 100 };
/** Seeds of one adapter: more of the same kind say nothing new. */
const MOST_SEEDS = 60;

interface Seeds {
  readonly adapter: EvidenceAdapter;
  readonly values: Json[];
}

const seeds = new Map<string, Seeds>();
const files: { readonly name: string; readonly bytes: Buffer }[] = [];

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

beforeAll(async () => {
  const recorded = recordings();
  const all = [
    ...(await filesBelow(FIXTURES)),
    ...(await filesBelow(path.join(FIXTURES, '../findings'))),
    ...(recorded === null ? [] : await filesBelow(path.join(recorded, 'evidence'))),
  ];
  for (const file of all.sort()) {
    const stored = await readFile(file);
    if (stored.length > 300_000) continue;
    const bytes = stored[0] === 0x1f && stored[1] === 0x8b ? gunzipSync(stored) : stored;
    if (file.startsWith(path.resolve(FIXTURES, '..'))) files.push({ name: file, bytes: stored });
    collect(bytes);
  }
});

function headOf(bytes: Buffer): Head {
  const text = bytes.toString('utf8', 0, 64 * 1024).replace(/^\uFEFF/, '');
  return { text, paths: /^\s*[{[]/.test(text) ? outlineOf(text) : new Set() };
}

function collect(bytes: Buffer): void {
  const head = headOf(bytes);
  for (const adapter of ADAPTERS) {
    const recognition = adapter.recognise(head);
    if (recognition === null) continue;
    if (recognition.kind === 'records') {
      const known = seeds.get(adapter.id) ?? { adapter, values: [] };
      seeds.set(adapter.id, known);
      scan(bytes, recognition, (value) => {
        if (known.values.length < MOST_SEEDS) known.values.push(value);
      });
    }
    return;
  }
}

function scan(
  bytes: Buffer,
  { container }: Recognition & { readonly kind: 'records' },
  take: (value: Json) => void,
): void {
  const onFault = (): void => undefined;
  const onRow = (row: Json): void => {
    take(row);
  };
  const onObject = (data: Buffer, start: number, end: number): boolean => {
    const value = parseJson(data.toString('utf8', start, end));
    if (value !== undefined) take(value);
    return value !== undefined;
  };
  const scanner =
    container.kind === 'rows'
      ? rowScanner({ onRow, onFault }, LIMITS, container.delimiter)
      : container.kind === 'lines'
        ? lineScanner(container.pattern, { onRow, onFault }, LIMITS)
        : container.kind === 'document'
          ? wholeScanner({ onObject, onFault }, 1e6, container.prefix)
          : objectScanner(container, { onObject, onFault }, LIMITS);
  scanner.push(bytes);
  scanner.finish();
}

function expectSound(records: readonly LogRecord[], findings: readonly StateFinding[]): void {
  for (const record of records) {
    const { error } = LogRecord.safeParse(record);
    if (error !== undefined) throw error;
  }
  for (const finding of findings) {
    const { error } = StateFinding.safeParse(finding);
    if (error !== undefined) throw error;
  }
}

function readOne(open: () => RecordReader, values: readonly Json[]): void {
  const reader = open();
  for (const value of values) {
    const read = reader.read(value, () => 'content');
    if ('notTaken' in read) {
      if (read.reason === '') throw new Error('a record was not taken without a reason');
    } else if ('finding' in read) expectSound([], [read.finding]);
    else if ('findings' in read) expectSound(read.records ?? [], read.findings);
    else expectSound([read], []);
  }
  expectSound(reader.rest?.() ?? [], reader.restFindings?.() ?? []);
  expectSound(
    (reader.restSpans?.() ?? []).flatMap(({ alone }) => alone ?? []),
    [],
  );
}

test.each(ADAPTERS.map(({ id }) => id))(
  '%s reads soundly or says why not, whatever stands in a record',
  (id) => {
    const known = seeds.get(id);
    // An adapter without a fixture of its own, or that only tells what it leaves out, would pass without a case.
    if (known === undefined || known.values.length === 0) {
      expect(ONLY_TELLS).toContain(id);
      return;
    }
    const { values } = known;
    fc.assert(
      fc.property(fc.nat(values.length - 1), fc.integer(), (index, seed) => {
        const random = randomFrom(seed);
        const sound = values[index] ?? null;
        readOne(() => known.adapter.open?.() ?? known.adapter, [mutatedValue(sound, random, values), sound]);
      }),
      { numRuns: CASES },
    );
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  },
  LONGEST_MS,
);

test(
  'rows that a person has mapped are read soundly or say why not, whatever stands in them',
  () => {
    const [mapping] = mappingsOf();
    if (mapping === undefined) throw new Error('nothing was guessed');
    const fields = Object.values(mapping.fields);
    const rows: Json[] = Array.from({ length: 20 }, (_, index) => ({
      [mapping.time.field]: `2026-03-04T09:${String(index + 10)}:00Z`,
      ...Object.fromEntries(fields.map((field) => [field, `text ${index}`])),
    }));
    fc.assert(
      fc.property(fc.nat(rows.length - 1), fc.integer(), (index, seed) => {
        const sound = rows[index] ?? null;
        readOne(() => mappedReader(mapping, 0), [mutatedValue(sound, randomFrom(seed), rows), sound]);
      }),
      { numRuns: CASES },
    );
  },
  LONGEST_MS,
);

/** The first bytes of a file of ours, changed, or bytes that mean nothing. */
function firstBytes(random: () => number): Buffer {
  if (random() < 0.25) {
    return Buffer.from(
      Array.from({ length: Math.floor(random() * 1_000) }, () => Math.floor(random() * 256)),
    );
  }
  const { bytes } = files[Math.floor(random() * files.length)] ?? { bytes: Buffer.alloc(0) };
  return mutatedBytes(bytes.subarray(0, 2_000 + Math.floor(random() * 2_000)), random);
}

test(
  'every adapter knows a file or does not, whatever its first bytes',
  () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const head = headOf(firstBytes(randomFrom(seed)));
        for (const adapter of ADAPTERS) {
          const found = adapter.recognise(head);
          if (found?.kind === 'skipped') expect(found.note).not.toBe('');
          else if (found !== null) expect(found.recognisedAs).not.toBe('');
        }
      }),
      { numRuns: CASES },
    );
  },
  LONGEST_MS,
);

/** Adapters that recognise a file in order to say that it holds nothing to read: all they do is in the test before. */
const ONLY_TELLS = ['azure_alert_rules'];

test(
  'a file is read to its end or refused with a sentence, whatever its bytes',
  async () => {
    const mappings = mappingsOf();
    await inFolder(async (folder) => {
      const place = path.join(folder, 'evidence');
      await fc.assert(
        fc.asyncProperty(fc.nat(files.length - 1), fc.integer(), async (index, seed) => {
          const bytes = mutatedBytes(files[index]?.bytes ?? Buffer.alloc(0), randomFrom(seed));
          await writeFile(place, bytes);
          const records: LogRecord[] = [];
          const findings: StateFinding[] = [];
          const read = await readEvidenceFile(place, {
            signal: new AbortController().signal,
            mappings,
            limits: { ...LIMITS, documentBytes: 1e6, unpackedFloor: 4e6 },
            onRecord: (record) => void records.push(record),
            onFindings: (batch) => Promise.resolve(void findings.push(...batch)),
          });
          if (!read.ok) throw new Error(read.error.message);
          expectSound(records, findings);
          const report = read.value;
          expect(report.records).toBe(records.length);
          expect(report.rejects.every(({ place: at, reason }) => at !== '' && reason !== '')).toBe(true);
          if (report.recognisedAs === null) expect(report.notes.join('')).not.toBe('');
        }),
        { numRuns: (CASES / 400) * ADAPTERS.length },
      );
    });
  },
  LONGEST_MS,
);

/** So that tables that are mapped by hand are read too. */
function mappingsOf(): readonly Mapping[] {
  const bytes = readFileSync(path.join(FIXTURES, 'deployments.csv'));
  const sample = sampleRows(bytes, true);
  const guess = sample === null ? null : guessMapping(sample, 'deployments', 0);
  if (guess === null) throw new Error('nothing was guessed');
  return [guess.mapping];
}
