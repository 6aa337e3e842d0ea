import { existsSync } from 'node:fs';
import path from 'node:path';

/** Beside the checkout, or where a run on a copy of the checkout is told that it is. */
const SHARED = process.env['DEMARC_RECORDINGS'] ?? path.resolve(import.meta.dirname, '../../../shared');

/** The folder of real recordings beside the checkout, or null in a clone that has none. */
export function recordings(): string | null {
  const folder = path.join(SHARED, 'data');
  return existsSync(folder) ? folder : null;
}

/** The folder of real incidents coded for the verdict, or null in a clone that has none. */
export function benchmark(): string | null {
  const folder = path.join(SHARED, 'benchmark');
  return existsSync(folder) ? folder : null;
}
