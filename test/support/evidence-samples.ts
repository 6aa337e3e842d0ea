import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Container, Head } from '../../main/adapters/evidence/adapter.ts';
import { ADAPTERS } from '../../main/adapters/evidence/adapters.ts';
import { type Json, parseJson } from '../../main/adapters/evidence/json.ts';
import { outlineOf } from '../../main/adapters/evidence/outline.ts';
import { containerOf, sampleRows } from '../../main/adapters/evidence/sample-rows.ts';
import { lineScanner } from '../../main/adapters/evidence/scan-lines.ts';
import { objectScanner } from '../../main/adapters/evidence/scan-objects.ts';
import { rowScanner } from '../../main/adapters/evidence/scan-rows.ts';
import { wholeScanner } from '../../main/adapters/evidence/scan-whole.ts';
import { guessMapping } from '../../main/core/evidence/mapping/guess.ts';
import type { Mapping } from '../../main/core/evidence/mapping/model.ts';
import { recordings } from './recordings.ts';

/** A sound file in its parts, small enough to be read ten thousand times. */
export interface Sample {
  readonly file: string;
  readonly recognisedAs: string;
  readonly container: Container;
  readonly before: Buffer;
  readonly records: readonly { readonly bytes: Buffer; readonly value: Json }[];
  readonly between: Buffer;
  readonly after: Buffer;
}

/** Sound files of one reader. */
export interface Source {
  /** Of the adapter; `mapped` for rows that a person has mapped by hand. */
  readonly id: string;
  /** Its records are held against each other: a changed one may change what the others say. */
  readonly isJoined: boolean;
  readonly samples: readonly Sample[];
}

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures');
/** Larger files only repeat what is in them. */
const LARGEST_FILE = 700_000;
const LARGEST_RECORD = 6_000;
const LARGEST_DOCUMENT = 17_000;
const MOST_RECORDS = 3;
const MOST_SAMPLES = 40;
const LIMITS = { objectBytes: 512 * 1024, depth: 100 };

/** Where records stand in the bytes of a file. */
interface Found {
  readonly start: number;
  readonly end: number;
  readonly value: Json;
}

/** Every adapter with sound files: our fixtures, and the recordings where they are. */
export function evidenceSources(): readonly Source[] {
  const recorded = recordings();
  const folders = [
    ...(recorded === null ? [] : [path.join(recorded, 'evidence')]),
    path.join(FIXTURES, 'evidence'),
    path.join(FIXTURES, 'findings'),
  ];
  const samples = new Map<string, Sample[]>(ADAPTERS.map(({ id }) => [id, []]));
  for (const file of folders.flatMap(filesBelow)) {
    const stored = readFileSync(file);
    if (stored.length > LARGEST_FILE) continue;
    const bytes = stored[0] === 0x1f && stored[1] === 0x8b ? gunzipSync(stored) : stored;
    const { id, sample } = sampleOf(path.basename(file), bytes);
    const known = samples.get(id);
    if (sample !== null && known !== undefined && known.length < MOST_SAMPLES) known.push(sample);
  }
  return ADAPTERS.map(({ id, open }) => ({
    ...{ id, isJoined: open !== undefined },
    samples: samples.get(id) ?? [],
  }));
}

/** Rows of every shape that a person can map, and how they are mapped. */
export function mappedSource(): { readonly source: Source; readonly mappings: readonly Mapping[] } {
  const lines = Array.from({ length: 4 }, (_, index) => ({
    ts: `2026-03-04T09:2${index}:48Z`,
    msg: `cart ${index} opened`,
    svc: { name: 'cart', zone: `z${index}` },
  }));
  const table =
    'When;Action;User\n2026-03-04 09:26:48;deploy;ana\n2026-03-04 09:30:00;rollback;"bo; jr"\n2026-03-04 09:31:00;deploy;eva\n';
  const trace = [
    '2026-03-04 09:26:48,120 ERROR [http-1] com.example.Cart - payment refused',
    '2026-03-04 09:26:49,000 INFO [http-1] com.example.Cart - retried',
    '2026-03-04 09:26:50,000 INFO [http-2] com.example.Cart - paid',
  ];
  const texts = [
    lines.map((line) => JSON.stringify(line)).join('\n'),
    JSON.stringify({ page: 1, logs: lines, next: null }),
    table,
    `${trace.join('\n')}\n`,
  ];
  const mappings: Mapping[] = [];
  const samples = texts.map((text) => {
    const bytes = Buffer.from(text);
    const rows = sampleRows(bytes, true);
    const guess = rows === null ? null : guessMapping(rows, 'shop', 0);
    if (rows === null || guess === null) throw new Error(`Nothing was guessed of ${text}`);
    mappings.push(guess.mapping);
    const container = containerOf(rows.shape);
    return cut('shop', bytes, { recognisedAs: mappedAs(guess.mapping), container });
  });
  return { source: { id: 'mapped', isJoined: false, samples }, mappings };
}

/** What rows are read as that are mapped so. */
export function mappedAs({ shape }: Mapping): string {
  return `mapped_rows ${JSON.stringify(shape)}`;
}

/** The parts put together again, with other bytes in place of some of its records. */
export function fileOf(sample: Sample, records: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [sample.before];
  for (const [index, bytes] of records.entries()) {
    if (index > 0) parts.push(sample.between);
    parts.push(bytes);
  }
  return Buffer.concat([...parts, sample.after]);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function sampleOf(file: string, bytes: Buffer): { readonly id: string; readonly sample: Sample | null } {
  const text = bytes.toString('utf8', 0, 64 * 1024).replace(/^\uFEFF/, '');
  const head: Head = { text, paths: /^\s*[{[]/.test(text) ? outlineOf(text).paths : new Set() };
  for (const adapter of ADAPTERS) {
    const recognition = adapter.recognise(head);
    if (recognition === null) continue;
    const { recognisedAs } = recognition;
    const container: Container =
      recognition.kind === 'records' ? recognition.container : { kind: 'document' };
    const sample = cut(file, bytes, { recognisedAs, container });
    const size = fileOf(
      sample,
      sample.records.map((one) => one.bytes),
    ).length;
    const most = container.kind === 'document' ? LARGEST_DOCUMENT : MOST_RECORDS * LARGEST_RECORD;
    return { id: adapter.id, sample: sample.records.length > 0 && size <= most ? sample : null };
  }
  return { id: '', sample: null };
}

/** Takes a file apart, and keeps a few of its records. */
function cut(
  file: string,
  bytes: Buffer,
  { recognisedAs, container }: { readonly recognisedAs: string; readonly container: Container },
): Sample {
  const found = recordsIn(bytes, container);
  const first = found[0] ?? { start: 0, end: 0 };
  const second = found[1] ?? first;
  const last = found.at(-1) ?? first;
  const small = found.filter(
    ({ start, end }) => end - start <= LARGEST_RECORD || container.kind === 'document',
  );
  const kept = small.slice(0, MOST_RECORDS);
  return {
    ...{ file, recognisedAs, container },
    before: bytes.subarray(0, first.start),
    records: kept.map(({ start, end, value }) => ({ bytes: bytes.subarray(start, end), value })),
    between: second === first ? defaultBetween(container) : bytes.subarray(first.end, second.start),
    after: bytes.subarray(last.end),
  };
}

function defaultBetween({ kind }: Container): Buffer {
  return Buffer.from(kind === 'wrapped' || kind === 'list' ? ',' : '\n');
}

function recordsIn(bytes: Buffer, container: Container): Found[] {
  const found: Found[] = [];
  const onFault = (): void => undefined;
  const onRow = (value: Json, _data: Buffer, start: number, end: number, offset: number): void => {
    found.push({ start: offset, end: offset + end - start, value });
  };
  const onObject = (data: Buffer, start: number, end: number, offset: number): boolean => {
    const value = parseJson(data.toString('utf8', start, end));
    if (value !== undefined) onRow(value, data, start, end, offset);
    return value !== undefined;
  };
  const scanner =
    container.kind === 'rows'
      ? rowScanner({ onRow, onFault }, LIMITS, container.delimiter)
      : container.kind === 'lines'
        ? lineScanner(container.pattern, { onRow, onFault }, LIMITS)
        : container.kind === 'document'
          ? wholeScanner({ onObject, onFault }, LARGEST_FILE, container.prefix)
          : objectScanner(container, { onObject, onFault }, LIMITS);
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  scanner.push(hasMark ? bytes.subarray(3) : bytes);
  scanner.finish();
  const shift = hasMark ? 3 : 0;
  return found.map((one) => ({ ...one, start: one.start + shift, end: one.end + shift }));
}
