import { z } from 'zod';
import type { Instant as WrittenInstant } from './instants.ts';

/** Of an instant as `instants.ts` writes it. */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, 'an instant such as 2025-06-12T17:51:00.000Z')
  .brand<'Instant'>();
export type Instant = WrittenInstant;

export * from './instants.ts';
