import type { Migration } from './migration.ts';

const span = `
CREATE TABLE state_span (
  file INTEGER NOT NULL REFERENCES evidence_file (number) ON DELETE CASCADE,
  incident INTEGER NOT NULL,
  resource TEXT NOT NULL,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  oldest TEXT NOT NULL,
  -- Null when the file holds one state only.
  newest TEXT,
  -- A record as JSON.
  alone TEXT,
  PRIMARY KEY (file, resource)
) STRICT`;

/** Keeps the states at both ends of each file that holds some, so that a change between two files is found. */
export const stateSpans: Migration = {
  version: 110,
  statements: [span, `CREATE INDEX state_span_resource ON state_span (incident, resource)`],
};
