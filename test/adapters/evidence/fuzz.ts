import fc from 'fast-check';
import { expect } from 'vitest';
import type { Mapping } from '../../../main/core/evidence/mapping/model.ts';
import { LogRecord } from '../../../main/core/evidence/model.ts';
import { StateFinding } from '../../../main/core/evidence/state-finding.ts';
import { fileOf, mappedAs, type Sample, type Source } from '../../support/evidence-samples.ts';
import type { Case, Sound } from '../../support/fuzz-evidence.ts';
import { randomFrom } from '../../support/mutate.ts';
import { type Read, readBytesAsFile } from './reading.ts';

const ASKED = process.env['DEMARC_FUZZ_CASES'];
/** Cases of each kind for each adapter. */
export const CASES = Number(ASKED ?? 10_000);
/** So that whatever does not end is found. */
export const LONGEST_MS = 60_000 + CASES * 30;

const LIMITS = { objectBytes: 64 * 1024, documentBytes: 1e6, unpackedFloor: 256 * 1024 };
/** Characters told of a byte read, and of any file: a finding names what it is of, and why it matters, in words of ours. */
const TOLD_PER_BYTE = 40;
const TOLD_AT_LEAST = 40_000;
const LONGEST_SENTENCE = 1_500;
const MOST_NOTES = 40;
const PROTOTYPES = [Object.prototype, Array.prototype, String.prototype, Function.prototype];

function keysOfPrototypes(): string {
  return PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).length).join();
}
const UNTOUCHED = keysOfPrototypes();

/** Recognises its files in order to say that they hold nothing to read. */
export const ONLY_TELLS = 'azure_alert_rules';

interface Many {
  /** Share of the cases that were taken for what their sample is. */
  readonly readAsSuch: number;
  /** Records and findings of all cases. */
  readonly taken: number;
}

/** Reads as many cases as are asked for, each soundly. Says how it went when a number of them was asked for. */
export async function readMany(
  source: Source,
  make: (source: Source, random: () => number) => Case,
  mappings: readonly Mapping[],
): Promise<Many> {
  expect(source.samples).not.toEqual([]);
  let cases = 0;
  let asSuch = 0;
  let taken = 0;
  let rejected = 0;
  let slowest = 0;
  await fc.assert(
    fc.asyncProperty(fc.noShrink(fc.integer()), async (seed) => {
      const one = make(source, randomFrom(seed));
      const before = performance.now();
      const report = await readSoundly(source, one, mappings);
      slowest = Math.max(slowest, performance.now() - before);
      cases += 1;
      if (isReadAs(report, one.sample)) asSuch += 1;
      taken += report.records + report.findings;
      rejected += report.rejected;
    }),
    { numRuns: CASES },
  );
  if (ASKED !== undefined) {
    const share = Math.round((asSuch / cases) * 100);
    process.stdout.write(
      `${source.id}, ${make.name}: ${cases} cases, ${share} % read as such, ${taken} taken, ${rejected} rejected, slowest ${Math.round(slowest)} ms\n`,
    );
  }
  return { readAsSuch: asSuch / cases, taken };
}

/** Reads a case and throws when anything of it is not as it must be, whatever the bytes are. */
async function readSoundly(
  { isJoined }: Source,
  { sample, bytes, size, kept, isSwallowed }: Case,
  mappings: readonly Mapping[] = [],
): Promise<Read['report']> {
  const { records, findings, report } = await readBytesAsFile(bytes, LIMITS, mappings);
  const told = [...records.map(soundRecord), ...findings.map(soundFinding)];
  must(report.records === records.length && report.findings === findings.length, 'miscounted');
  must(report.rejects.length === Math.min(100, report.rejected), 'rejects are not listed');
  must(records.length + findings.length + report.rejected <= size, 'more records than bytes');
  for (const { place, reason } of report.rejects) {
    const [, at] = /^record [1-9]\d*, byte (\d+)$/.exec(place) ?? [];
    must(at !== undefined && Number(at) <= size * 2, `a place is not one: ${place}`);
    must(reason !== '' && reason.length <= LONGEST_SENTENCE, `a reason is none, or too long: ${reason}`);
    must(!reason.includes('Demarc itself failed'), reason);
  }
  must(report.notes.length <= MOST_NOTES, 'too many notes');
  for (const note of report.notes) {
    must(/\.$/.test(note) && note.length <= LONGEST_SENTENCE, `a note is no sentence: ${note}`);
  }
  if (report.recognisedAs === null) {
    must(told.length === 0 && report.notes.length > 0, 'a file that nothing knows is not said to be so');
  }
  if (report.window !== null) must(report.window.from <= report.window.to, 'a window ends before it begins');
  const characters = told.reduce((sum, text) => sum + text.length, 0);
  must(characters <= TOLD_AT_LEAST + TOLD_PER_BYTE * size, `${characters} characters told of ${size} bytes`);
  must(keysOfPrototypes() === UNTOUCHED && !('polluted' in {}), 'a prototype was changed');
  if (kept.length > 0 && !isJoined && isReadAs(report, sample)) {
    const all = new Set(told);
    const isSaid = report.rejected > 0 || report.notes.some((note) => note.includes('cut off'));
    for (const [index, record] of kept.entries()) {
      const mayBeSwallowed = isSwallowed && isSaid && index === kept.length - 1;
      for (const text of await toldOf(sample, record, mappings)) {
        must(all.has(text) || mayBeSwallowed, `a sound record is lost: ${text}`);
      }
    }
  }
  return report;
}

/** Whether a file was taken for what the sample is. */
function isReadAs({ recognisedAs, mapping }: Read['report'], sample: Sample): boolean {
  return (mapping === undefined ? recognisedAs : mappedAs(mapping)) === sample.recognisedAs;
}

const known = new WeakMap<Sound, readonly string[]>();

/** What a sound record of a sample gives when nothing else is in the file. */
async function toldOf(
  sample: Sample,
  record: Sound,
  mappings: readonly Mapping[],
): Promise<readonly string[]> {
  const before = known.get(record);
  if (before !== undefined) return before;
  const { records, findings } = await readBytesAsFile(fileOf(sample, [record.bytes]), LIMITS, mappings);
  const told = [...records.map(soundRecord), ...findings.map(soundFinding)];
  known.set(record, told);
  return told;
}

function soundRecord(record: LogRecord): string {
  const { error } = LogRecord.safeParse(record);
  if (error !== undefined) throw error;
  return JSON.stringify(record);
}

function soundFinding(finding: StateFinding): string {
  const { error } = StateFinding.safeParse(finding);
  if (error !== undefined) throw error;
  return JSON.stringify(finding);
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
