import path from 'node:path';
import type { MappingProposal, RowMapping } from '../../preload/contract/views.ts';
import { sampleFile } from '../adapters/evidence/sample-file.ts';
import { guessMapping } from '../core/evidence/mapping/guess.ts';
import type { Mapping } from '../core/evidence/mapping/model.ts';
import { nameOfFile } from '../core/evidence/mapping/words.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { ServiceContext } from './context.ts';

/** The first rows of a file that no adapter knows, with a guess to be corrected. */
export async function proposeMapping(file: string): Promise<Result<MappingProposal>> {
  const sampled = await sampleFile(file);
  if (!sampled.ok) return sampled;
  const { sample, changed } = sampled.value;
  const guess = guessMapping(sample, nameOfFile(file), changed);
  if (guess === null) return fail('invalid_input', 'No field of its rows can be read as a time.', file);
  return ok({ path: file, file: path.basename(file), sample, guess, changed });
}

/** Every mapping that is remembered, newest first. */
export function listMappings({ db }: ServiceContext): Promise<Result<readonly RowMapping[]>> {
  return db.call('listMappings', {});
}

/** Remembers how such rows are read. */
export async function saveMapping(
  { db, clock, publish }: ServiceContext,
  mapping: Mapping,
): Promise<Result<RowMapping>> {
  const saved = await db.call('saveMapping', { mapping, at: clock.now() });
  if (saved.ok) publish.changed({ topic: 'mappings' });
  return saved;
}

/** Forgets a mapping. Records that were read with it stay as they are. */
export async function deleteMapping({ db, publish }: ServiceContext, number: number): Promise<Result<null>> {
  const deleted = await db.call('deleteMapping', { number });
  if (deleted.ok) publish.changed({ topic: 'mappings' });
  return deleted;
}
