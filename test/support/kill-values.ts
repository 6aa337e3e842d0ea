import { MIGRATIONS } from '../../db/migrations/index.ts';
import type { Migration } from '../../db/migrations/migration.ts';
import type { IncidentSummary } from '../../db/api.ts';
import { IncidentId } from '../../main/core/ids.ts';
import { instantOf } from '../../main/core/time.ts';

/* What the processes that are to be killed and the tests that kill them both know. */

export const INCIDENT_ID = IncidentId.parse('inc-1');

export const incidentSummary: IncidentSummary = {
  title: 'Checkout errors',
  mode: 'live',
  onset: instantOf(Date.UTC(2025, 5, 12, 17, 51)),
  provider: 'gcp',
  severity: 1,
  status: 'open',
  verdict: null,
  accepted: null,
  updatedAt: instantOf(Date.UTC(2025, 5, 12, 18)),
};

/** A next step of the schema, as there may be one: it copies, rebuilds and fills. */
export const upgrade: Migration = {
  version: (MIGRATIONS.at(-1)?.version ?? 0) + 10,
  statements: [
    'CREATE TABLE place (key TEXT PRIMARY KEY, value TEXT NOT NULL, tried INTEGER NOT NULL) STRICT',
    'INSERT INTO place SELECT key, value, 0 FROM setting',
    'DROP TABLE setting',
    'ALTER TABLE place RENAME TO setting',
    'UPDATE setting SET tried = 1',
  ],
};
