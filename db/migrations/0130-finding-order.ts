import type { Migration } from './migration.ts';

/** Findings in the order in which they are listed, so that a page far down costs what the first one costs. */
export const findingOrder: Migration = {
  version: 130,
  statements: [
    // A row comparison is only looked up in an index over plain columns. Dated before undated, then from worst to least.
    `ALTER TABLE state_finding ADD COLUMN place INTEGER NOT NULL GENERATED ALWAYS AS (
  (since_ms IS NULL) * 10 + CASE severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 WHEN 'low' THEN 3
    WHEN 'unknown' THEN 4 ELSE 5 END
) VIRTUAL`,
    `CREATE INDEX state_finding_order ON state_finding (incident, status, place, pattern, resource) WHERE stands = 1`,
  ],
};
