import type { Migration } from './migration.ts';

/** How rows that no adapter knows are read, as people have said. */
export const rowMappings: Migration = {
  version: 50,
  statements: [
    `CREATE TABLE row_mapping (
  number INTEGER PRIMARY KEY,
  -- What tells such files from others, in one line: a newer mapping of the same takes the place of the older.
  shape TEXT NOT NULL UNIQUE,
  mapping TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT`,
  ],
};
