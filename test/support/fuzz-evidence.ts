import { gzipSync } from 'node:zlib';
import { asObject, type Json } from '../../main/adapters/evidence/json.ts';
import { fileOf, type Sample, type Source } from './evidence-samples.ts';
import { mutatedBytes, mutatedValue, noise, one } from './mutate.ts';

/** A file that nobody wrote on purpose, and what of it must be read all the same. */
export interface Case {
  readonly sample: Sample;
  readonly bytes: Buffer;
  /** Of the content, unpacked. */
  readonly size: number;
  /** Records of the sample that stand in it whole, where the format lets them be found. */
  readonly kept: readonly Sound[];
  /** The last of them stands behind a bracket that is not closed: it may be a part of the record before it, if something is said of that. */
  readonly isSwallowed: boolean;
}

export type Sound = Sample['records'][number];
type Change = Omit<Case, 'sample'>;

const EMPTY = Buffer.alloc(0);
const MARKS: readonly Buffer[] = [
  Buffer.from([0xef, 0xbb, 0xbf]),
  Buffer.from([0xff, 0xfe]),
  Buffer.from([0xfe, 0xff]),
];

function plain(bytes: Buffer, kept: readonly Sound[] = []): Change {
  return { bytes, size: bytes.length, kept, isSwallowed: false };
}

/** A sound sample with one of its records changed, or with its bytes changed anywhere. */
export function mutated({ samples }: Source, random: () => number): Case {
  const sample = one(random, samples);
  return { sample, ...mutatedOf(sample, random) };
}

function mutatedOf(sample: Sample, random: () => number): Change {
  const kind = random();
  if (kind < 0.4) return amongSound(sample, changedRecord(sample, random));
  if (kind < 0.7) return amongSound(sample, mutatedBytes(one(random, sample.records).bytes, random));
  const whole = fileOf(
    sample,
    sample.records.map(({ bytes }) => bytes),
  );
  if (kind < 0.9) return plain(mutatedBytes(whole, random));
  return wrapped(whole, random);
}

/** Bytes that mean nothing: alone, or where a sound file of that source has its records. */
export function raw({ samples }: Source, random: () => number): Case {
  const sample = one(random, samples);
  return { sample, ...rawOf(sample, random) };
}

function rawOf(sample: Sample, random: () => number): Change {
  const { before, between, after } = sample;
  const sound = one(random, sample.records);
  const first = sound.bytes;
  const bytes = noise(random);
  const kind = random();
  if (kind < 0.1) return plain(bytes);
  if (kind < 0.12) return packed(bytes, random);
  if (kind < 0.3) return plain(Buffer.concat([bytes, fileOf(sample, [first])]));
  if (kind < 0.5) return plain(Buffer.concat([before, bytes, random() < 0.5 ? after : EMPTY]));
  if (sample.container.kind === 'document') {
    const at = Math.floor(random() * first.length);
    return plain(Buffer.concat([before, first.subarray(0, at), bytes, first.subarray(at), after]));
  }
  if (kind < 0.8) return amongSound(sample, bytes);
  return plain(Buffer.concat([before, first, between, bytes]), isOfLines(sample) ? [] : [sound]);
}

/** The bytes as one record between two sound ones. */
function amongSound(sample: Sample, bytes: Buffer): Change {
  if (sample.container.kind === 'document') return plain(fileOf(sample, [bytes]));
  const [first, , third] = sample.records;
  if (first === undefined) throw new Error(`There is no record in ${sample.file}.`);
  // What comes behind damage is found by how the first record begins: whoever writes a file begins all of them so.
  const last = third !== undefined && beginningOf(third).equals(beginningOf(first)) ? third : first;
  // A line that has no time goes on with the message of the one before it.
  const kept = isOfLines(sample) ? [last] : [first, last];
  return { ...plain(fileOf(sample, [first.bytes, bytes, last.bytes]), kept), isSwallowed: leavesOpen(bytes) };
}

/** Whether the bytes open more brackets than they close. */
function leavesOpen(bytes: Buffer): boolean {
  const brackets = bytes.toString('latin1').replaceAll(/"(?:[^"\\]|\\.)*"/gs, '');
  return brackets.split(/[{[]/).length > brackets.split(/[}\]]/).length;
}

/** Up to its first key. */
function beginningOf({ bytes }: Sound): Buffer {
  return bytes.subarray(0, bytes.indexOf('"', bytes.indexOf('"') + 1) + 1);
}

function isOfLines({ container }: Sample): boolean {
  return container.kind === 'lines';
}

function changedRecord(sample: Sample, random: () => number): Buffer {
  const { container, records } = sample;
  const { bytes, value } = one(random, records);
  if (container.kind === 'lines') return mutatedBytes(bytes, random);
  const changed = mutatedValue(
    value,
    random,
    records.map((record) => record.value),
  );
  if (container.kind === 'rows') return rowOf(value, changed, container.delimiter ?? ',');
  return Buffer.from(JSON.stringify(changed));
}

/** The changed values as a row of a table; where no object is left of them, as one cell. */
function rowOf(sound: Json, changed: Json, delimiter: string): Buffer {
  const cells = asObject(changed);
  const texts =
    cells === null
      ? [textOf(changed)]
      : Object.keys(asObject(sound) ?? {}).map((name) => textOf(cells[name] ?? ''));
  return Buffer.from(texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter));
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A whole file in another wrapping: packed, in another encoding, twice, or cut off. */
function wrapped(whole: Buffer, random: () => number): Change {
  const kind = random();
  if (kind < 0.2) return packed(whole, random);
  if (kind < 0.5) return plain(Buffer.concat([one(random, MARKS), Buffer.from(whole.toString(), 'utf16le')]));
  if (kind < 0.6) return plain(Buffer.concat([one(random, MARKS), whole]));
  if (kind < 0.7) return plain(Buffer.from(whole.toString(), 'latin1'));
  if (kind < 0.8) return plain(Buffer.concat([whole, whole]));
  return plain(whole.subarray(0, Math.floor(random() * whole.length)));
}

function packed(content: Buffer, random: () => number): Change {
  const sound = gzipSync(content, { level: 1 });
  const bytes = random() < 0.3 ? sound : mutatedBytes(sound, random);
  // Damage may make a long text of a short one, but no longer than deflate can.
  return { bytes, size: bytes.length * 1_032 + content.length, kept: [], isSwallowed: false };
}
