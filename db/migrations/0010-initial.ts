import type { Migration } from './migration.ts';

const writer = `
CREATE TABLE writer (
  id TEXT PRIMARY KEY,
  public_key BLOB NOT NULL CHECK (length(public_key) = 32)
) STRICT, WITHOUT ROWID`;

const incident = `
-- A projection of its entries, kept for lists; the entries are the truth.
CREATE TABLE incident (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('live', 'drill')),
  onset TEXT NOT NULL,
  provider TEXT NOT NULL,
  severity INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'closed')),
  verdict TEXT,
  accepted TEXT,
  updated_at TEXT NOT NULL,
  entries INTEGER NOT NULL
) STRICT`;

const entry = `
-- Without rowid and without any further unique index: INSERT OR REPLACE could otherwise remove an old entry
-- through a conflict on those while giving the next sequence number, and no delete trigger would run.
CREATE TABLE entry (
  incident_id TEXT NOT NULL REFERENCES incident (id),
  writer_id TEXT NOT NULL REFERENCES writer (id),
  seq INTEGER NOT NULL,
  hlc TEXT NOT NULL,
  at TEXT NOT NULL,
  offset_minutes INTEGER NOT NULL,
  actor TEXT NOT NULL,
  type TEXT NOT NULL,
  -- The canonical JSON of the whole entry; what the hash is over.
  body BLOB NOT NULL,
  prev BLOB NOT NULL CHECK (length(prev) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (incident_id, writer_id, seq)
) STRICT, WITHOUT ROWID`;

const entryTriggers = [
  `CREATE TRIGGER entry_next_only BEFORE INSERT ON entry
   WHEN NEW.seq IS NOT 1 + coalesce(
     (SELECT max(seq) FROM entry WHERE incident_id = NEW.incident_id AND writer_id = NEW.writer_id), 0)
   BEGIN SELECT RAISE(ABORT, 'an entry must carry the next sequence number'); END`,
  `CREATE TRIGGER entry_follows BEFORE INSERT ON entry
   WHEN NEW.seq > 1 AND NEW.prev IS NOT
     (SELECT hash FROM entry
      WHERE incident_id = NEW.incident_id AND writer_id = NEW.writer_id AND seq = NEW.seq - 1)
   BEGIN SELECT RAISE(ABORT, 'an entry must follow the one before it'); END`,
  `CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
   BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END`,
  `CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
   BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END`,
];

const blob = `
CREATE TABLE blob (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  media_type TEXT NOT NULL,
  -- Before compression.
  size INTEGER NOT NULL,
  encoding TEXT NOT NULL CHECK (encoding IN ('identity', 'gzip')),
  bytes BLOB NOT NULL
) STRICT`;

const evidenceFile = [
  `CREATE TABLE evidence_file (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  incident INTEGER NOT NULL REFERENCES incident (number),
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('importing', 'complete')),
  -- The process that imports it: what a dead one left is removed at the next start.
  process INTEGER,
  -- Records of this file have a higher rowid than this.
  after_record INTEGER NOT NULL,
  report TEXT,
  records INTEGER NOT NULL DEFAULT 0,
  changes INTEGER NOT NULL DEFAULT 0,
  errors INTEGER NOT NULL DEFAULT 0,
  from_ms INTEGER,
  to_ms INTEGER
) STRICT`,
  `CREATE UNIQUE INDEX evidence_file_once ON evidence_file (incident, sha256) WHERE state = 'complete'`,
  `CREATE UNIQUE INDEX evidence_file_one_import ON evidence_file (incident) WHERE state = 'importing'`,
];

const logRecord = [
  // No foreign keys here: they would cost two look-ups per record of an import of a million.
  `CREATE TABLE log_record (
  record INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL,
  file INTEGER NOT NULL,
  id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  region TEXT NOT NULL,
  account TEXT NOT NULL,
  principal TEXT NOT NULL,
  actor TEXT NOT NULL,
  source_ip TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  read_only INTEGER,
  error_code TEXT,
  error_message TEXT,
  -- Lists in JSON.
  resources TEXT NOT NULL,
  flags TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT`,
  `CREATE UNIQUE INDEX log_record_once ON log_record (incident, id)`,
  `CREATE INDEX log_record_time ON log_record (incident, at_ms)`,
  `CREATE INDEX log_record_changes ON log_record (incident, at_ms)
   WHERE read_only IS NOT 1 AND error_code IS NULL`,
  `CREATE INDEX log_record_errors ON log_record (incident, at_ms) WHERE error_code IS NOT NULL`,
];

const contact = `
CREATE TABLE contact (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  organisation TEXT NOT NULL,
  phone TEXT NOT NULL,
  mail TEXT NOT NULL,
  note TEXT NOT NULL
) STRICT`;

const feed = [
  `CREATE TABLE feed (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  provider TEXT NOT NULL,
  kind TEXT NOT NULL,
  url TEXT NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  builtin INTEGER NOT NULL CHECK (builtin IN (0, 1))
) STRICT`,
  `-- The feed of a drill is in its scenario, so the feed need not be in the table above.
CREATE TABLE feed_fetch (
  fetch INTEGER PRIMARY KEY,
  feed_id TEXT NOT NULL,
  incident_id TEXT,
  at TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  sha256 TEXT REFERENCES blob (sha256),
  etag TEXT,
  last_modified TEXT
) STRICT`,
  `CREATE INDEX feed_fetch_last ON feed_fetch (incident_id, feed_id)`,
];

const setting = `CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`;

const draft = `
CREATE TABLE draft (
  -- Empty for text typed before there is an incident.
  incident_id TEXT NOT NULL,
  key TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (incident_id, key)
) STRICT`;

export const initial: Migration = {
  version: 10,
  statements: [
    writer,
    incident,
    entry,
    ...entryTriggers,
    blob,
    ...evidenceFile,
    ...logRecord,
    contact,
    ...feed,
    setting,
    draft,
  ],
};
