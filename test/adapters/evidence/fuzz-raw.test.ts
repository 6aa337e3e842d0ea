import { expect, test } from 'vitest';
import { ADAPTERS } from '../../../main/adapters/evidence/adapters.ts';
import { outlineOf } from '../../../main/adapters/evidence/outline.ts';
import { evidenceSources, mappedSource } from '../../support/evidence-samples.ts';
import { raw } from '../../support/fuzz-evidence.ts';
import { one, randomFrom } from '../../support/mutate.ts';
import { CASES, LONGEST_MS, readMany } from './fuzz.ts';

/*
 * Bytes that mean nothing, alone and where sound files of every adapter have their records, through the whole reader: 10,000 for each
 * adapter, or as many as DEMARC_FUZZ_CASES says.
 */
const { source: mapped, mappings } = mappedSource();
const SOURCES = [...evidenceSources(), mapped].map((source) => ({ ...source, source }));

test.each(SOURCES)(
  '$id reads raw bytes to their end or refuses them with a sentence, and keeps what is sound beside them',
  async ({ id, source }) => {
    const { readAsSuch } = await readMany(source, raw, id === 'mapped' ? mappings : []);
    expect(readAsSuch).toBeGreaterThan(0.2);
  },
  LONGEST_MS,
);

test(
  'every adapter knows a file or does not, whatever its first bytes',
  () => {
    for (let seed = 0; seed < CASES; seed += 1) {
      const random = randomFrom(seed);
      const text = raw(one(random, SOURCES), random).bytes.toString('utf8');
      const head = { text, paths: outlineOf(text).paths };
      for (const adapter of ADAPTERS) {
        const found = adapter.recognise(head);
        if (found?.kind === 'skipped') expect(found.note).not.toBe('');
        else if (found !== null) expect(found.recognisedAs).not.toBe('');
      }
    }
  },
  LONGEST_MS,
);
