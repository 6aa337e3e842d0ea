import type { Migration } from './migration.ts';

/** A file that is read again in another way takes the place of its earlier reading. */
export const readAgain: Migration = {
  version: 120,
  statements: [
    // The number of the earlier reading, whose records stay in sight until this one is complete.
    `ALTER TABLE evidence_file ADD COLUMN replaces INTEGER`,
  ],
};
