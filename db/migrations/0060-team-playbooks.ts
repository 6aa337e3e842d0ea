import type { Migration } from './migration.ts';

const playbook = `
CREATE TABLE team_playbook (
  id TEXT PRIMARY KEY,
  -- What is being written, valid or not, as JSON text; null when the last saved version is all there is.
  draft TEXT,
  draft_at TEXT,
  draft_by TEXT,
  -- Withdrawn ones are not offered for new incidents. Their versions stay.
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
  CHECK ((draft IS NULL) = (draft_at IS NULL) AND (draft IS NULL) = (draft_by IS NULL))
) STRICT, WITHOUT ROWID`;

const version = `
CREATE TABLE team_playbook_version (
  playbook_id TEXT NOT NULL REFERENCES team_playbook (id),
  number INTEGER NOT NULL,
  -- The document as saved, kept among the blobs.
  sha256 TEXT NOT NULL REFERENCES blob (sha256),
  version TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  -- A JSON list of sentences: what differs from the version before.
  changes TEXT NOT NULL,
  PRIMARY KEY (playbook_id, number)
) STRICT, WITHOUT ROWID`;

const triggers = [
  `CREATE TRIGGER team_playbook_version_next_only BEFORE INSERT ON team_playbook_version
   WHEN NEW.number IS NOT 1 + coalesce(
     (SELECT max(number) FROM team_playbook_version WHERE playbook_id = NEW.playbook_id), 0)
   BEGIN SELECT RAISE(ABORT, 'a version must carry the next number'); END`,
  `CREATE TRIGGER team_playbook_version_no_update BEFORE UPDATE ON team_playbook_version
   BEGIN SELECT RAISE(ABORT, 'a version is never changed'); END`,
  `CREATE TRIGGER team_playbook_version_no_delete BEFORE DELETE ON team_playbook_version
   BEGIN SELECT RAISE(ABORT, 'a version is never deleted'); END`,
];

/** Playbooks of the team's own, every saved version of them, and what is being written. */
export const teamPlaybooks: Migration = { version: 60, statements: [playbook, version, ...triggers] };
