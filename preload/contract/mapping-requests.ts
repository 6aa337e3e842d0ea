import { z } from 'zod';
import type { Guess } from '../../main/core/evidence/mapping/guess.ts';
import { Mapping, type RowSample } from '../../main/core/evidence/mapping/model.ts';
import type { Instant } from '../../main/core/time.ts';

/** Requests about files that no source is known for, whose rows are mapped by hand. */
export const MAPPING_REQUESTS = {
  proposeMapping: z.strictObject({ path: z.string().min(1).max(4096) }),
  listMappings: z.strictObject({}),
  saveMapping: z.strictObject({ mapping: Mapping }),
  deleteMapping: z.strictObject({ number: z.number().int() }),
} as const;

export interface MappingAnswers {
  proposeMapping: MappingProposal;
  listMappings: readonly RowMapping[];
  saveMapping: RowMapping;
  deleteMapping: null;
}

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
