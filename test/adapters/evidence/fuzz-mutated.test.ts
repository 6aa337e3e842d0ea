import { expect, test } from 'vitest';
import { evidenceSources, mappedSource } from '../../support/evidence-samples.ts';
import { mutated } from '../../support/fuzz-evidence.ts';
import { LONGEST_MS, ONLY_TELLS, readMany } from './fuzz.ts';

/*
 * Sound files of every adapter, the recordings where they are and our fixtures, with one record or some of their bytes changed at random,
 * through the whole reader: 10,000 for each, or as many as DEMARC_FUZZ_CASES says.
 */
const { source: mapped, mappings } = mappedSource();
const SOURCES = [...evidenceSources(), mapped].map((source) => ({ ...source, source }));

test.each(SOURCES)(
  '$id reads changed files soundly, keeps what was sound in them, and says where it was not',
  async ({ id, source }) => {
    const { readAsSuch, taken } = await readMany(source, mutated, id === 'mapped' ? mappings : []);
    // Where the changes hide what the files are, nothing is tried.
    expect(readAsSuch).toBeGreaterThan(0.5);
    if (id !== ONLY_TELLS) expect(taken).toBeGreaterThan(0);
  },
  LONGEST_MS,
);
