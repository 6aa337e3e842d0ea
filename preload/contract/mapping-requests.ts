import { z } from 'zod';
import { Mapping } from '../../main/core/evidence/mapping/model.ts';
import type { MappingProposal, RowMapping } from './mapping-views.ts';

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
