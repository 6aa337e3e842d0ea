import type { Migration } from './migration.ts';

const poll = `
CREATE TABLE feed_poll (
  url TEXT PRIMARY KEY,
  asked_at TEXT NOT NULL,
  -- How the last poll that came to an end ended, as JSON; null before the first has.
  ended TEXT
) STRICT, WITHOUT ROWID`;

/** Remembers per address when it was asked and how it answered, so that the next start asks no sooner and no more than this one would. */
export const feedPolls: Migration = { version: 100, statements: [poll] };
