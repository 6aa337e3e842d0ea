import type { Migration } from './migration.ts';

/** How things stood when a scanner or an export looked. */
export const stateFinding: Migration = {
  version: 40,
  statements: [
    `CREATE TABLE state_finding (
  finding INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL,
  file INTEGER NOT NULL,
  id TEXT NOT NULL,
  -- 1 for the newest look at the same id among finished files; 0 while its file is imported, and when a newer one stands.
  stands INTEGER NOT NULL DEFAULT 0 CHECK (stands IN (0, 1)),
  source TEXT NOT NULL,
  product TEXT NOT NULL,
  seen_ms INTEGER,
  since_ms INTEGER,
  status TEXT NOT NULL,
  severity TEXT NOT NULL,
  pattern TEXT NOT NULL,
  owner TEXT NOT NULL,
  title TEXT NOT NULL,
  detail TEXT NOT NULL,
  resource TEXT NOT NULL,
  region TEXT NOT NULL,
  account TEXT NOT NULL,
  control TEXT NOT NULL,
  UNIQUE (file, id)
) STRICT`,
    `CREATE INDEX state_finding_id ON state_finding (incident, id)`,
    `CREATE INDEX state_finding_standing ON state_finding (incident, status, pattern) WHERE stands = 1`,
  ],
};
