import type { Guess } from '../../main/core/evidence/mapping/guess.ts';
import type { Mapping, RowSample } from '../../main/core/evidence/mapping/model.ts';
import type { Instant } from '../../main/core/time.ts';

/** The first rows of a file, and what was guessed. */
export interface MappingProposal {
  readonly path: string;
  /** Its name without the folder. */
  readonly file: string;
  readonly sample: RowSample;
  readonly guess: Guess;
  /** When it was last changed, in milliseconds since 1970. */
  readonly changed: number;
}

/** A mapping as it is remembered. */
export interface RowMapping {
  readonly number: number;
  readonly savedAt: Instant;
  readonly mapping: Mapping;
}
