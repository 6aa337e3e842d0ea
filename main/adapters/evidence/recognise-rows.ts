import { guessMapping } from '../../core/evidence/mapping/guess.ts';
import type { Mapping } from '../../core/evidence/mapping/model.ts';
import { mappingFor } from '../../core/evidence/mapping/shape.ts';
import { guessWords, nameOfFile } from '../../core/evidence/mapping/words.ts';
import type { Recognition, RecordReader } from './adapter.ts';
import { mappedReader } from './mapped.ts';
import { containerOf, sampleRows } from './sample-rows.ts';

/** What is to be done with a file that no adapter knows. */
export type RowsRecognised =
  | {
      readonly kind: 'mapped';
      readonly recognition: Recognition & { readonly kind: 'records' };
      readonly reader: RecordReader;
      readonly mapping: Mapping;
    }
  /** It has rows with a time; the note says what was guessed. */
  | { readonly kind: 'unmapped'; readonly note: string }
  | { readonly kind: 'none' };

interface Known {
  /** Newest first. */
  readonly mappings: readonly Mapping[];
  readonly path: string;
  /** When the file was last changed, in milliseconds since 1970. */
  readonly changed: number;
}

/** Looks for rows with a time in the first bytes of a file, and for a mapping that fits them. */
export function recogniseRows(head: Buffer, whole: boolean, known: Known): RowsRecognised {
  const sample = sampleRows(head, whole);
  if (sample === null) return { kind: 'none' };
  const mapping = mappingFor(known.mappings, sample.shape);
  if (mapping === null) {
    const guess = guessMapping(sample, nameOfFile(known.path), known.changed);
    return guess === null ? { kind: 'none' } : { kind: 'unmapped', note: guessWords(guess) };
  }
  return {
    kind: 'mapped',
    recognition: { kind: 'records', recognisedAs: 'mapped_rows', container: containerOf(mapping.shape) },
    reader: mappedReader(mapping, known.changed),
    mapping,
  };
}
