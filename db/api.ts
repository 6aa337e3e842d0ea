import type { Contact } from '../main/core/escalation/contact.ts';
import type { FileReport, LogRecord } from '../main/core/evidence/model.ts';
import type { Replacement } from '../main/core/evidence/state-span.ts';
import type { FeedKind, FeedState } from '../main/core/feeds/model.ts';
import type { ContactId, EvidenceId, FeedId, IncidentId, Sha256 } from '../main/core/ids.ts';
import type { Provider, VerdictLabel } from '../main/core/sides.ts';
import type { Instant } from '../main/core/time.ts';
import type {
  Anchor,
  Checkpoint,
  TrailExport,
  TrailVerification,
  WriterId,
} from '../main/core/trail/model.ts';
import type { FeedHistoryOperations } from './feed-history-api.ts';
import type { FeedPollOperations } from './feed-poll-api.ts';
import type { FindingOperations } from './findings-api.ts';
import type { MappingOperations } from './mappings-api.ts';
import type { PlaybookOperations } from './playbook-api.ts';
import type { RecordOperations } from './records-api.ts';

export type { FindingQuery } from './findings-api.ts';

/** What may stand in an entry: strings, safe integers and finite fractions, booleans, null, lists and objects of these. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

/** The list's view of an incident, worked out by the caller from the entries and stored with them. */
export interface IncidentSummary {
  readonly title: string;
  readonly mode: 'live' | 'drill';
  readonly onset: Instant;
  readonly provider: Provider;
  readonly severity: number;
  readonly status: 'open' | 'closed';
  /** As the engine has it; null before the first judgement. */
  readonly verdict: VerdictLabel | null;
  /** As a person accepted it; null until then. */
  readonly accepted: VerdictLabel | null;
  readonly updatedAt: Instant;
}

export interface IncidentRow extends IncidentSummary {
  readonly id: IncidentId;
  /** Given by the database, 1 upwards; shown as DM-7. */
  readonly number: number;
  /** Entries in its trail. */
  readonly entries: number;
}

/** An entry to be written. The data are stored as canonical JSON: strings NFC, keys sorted, `undefined` left out. */
export interface EntryDraft {
  readonly type: string;
  /** An object or value for which `JSON.stringify` loses nothing. */
  readonly data: unknown;
  readonly at: Instant;
  /** Minutes east of UTC of the writer's clock. */
  readonly offsetMinutes: number;
  readonly actor: string;
}

export interface StoredEntry {
  readonly incidentId: IncidentId;
  readonly writer: WriterId;
  /** 1 upwards, per incident and writer. */
  readonly seq: number;
  /** Hybrid logical clock: sorts as text, never goes back within an incident. */
  readonly hlc: string;
  readonly at: Instant;
  readonly offsetMinutes: number;
  readonly actor: string;
  readonly type: string;
  readonly data: JsonValue;
  readonly prev: Sha256;
  readonly hash: Sha256;
}

export interface AppendEntriesArgs {
  readonly incidentId: IncidentId;
  /** Entries that the caller has seen; 0 declares a new incident. */
  readonly expectedCount: number;
  readonly drafts: readonly EntryDraft[];
  /** The incident's row after these entries. */
  readonly summary: IncidentSummary;
}

export interface AppendedEntries {
  /** As stored, in order; a `clock.went_back` entry comes before the one that was early. */
  readonly entries: readonly StoredEntry[];
  readonly incident: IncidentRow;
}

export interface Blob {
  readonly sha256: Sha256;
  readonly mediaType: string;
  /** Bytes, uncompressed. */
  readonly size: number;
  readonly bytes: Uint8Array;
}

export interface EvidenceFile {
  readonly id: EvidenceId;
  readonly incidentId: IncidentId;
  readonly name: string;
  readonly sha256: Sha256;
  /** Bytes as on disk. */
  readonly size: number;
  readonly report: FileReport;
}

export type StartedImport =
  | { readonly kind: 'started' }
  | { readonly kind: 'already_there'; readonly file: EvidenceFile }
  /** Nothing was begun: a file of that size is there, and only its SHA-256 tells whether it is the same. */
  | { readonly kind: 'hash_needed' };

export interface RecordPage {
  /** Newest first. */
  readonly records: readonly LogRecord[];
  /** Where each of them stands, to go on from. */
  readonly keys: readonly RecordKey[];
  /** True when there are further ones beyond the limit. */
  readonly more: boolean;
}

/** The place of a record in the order of time. */
export interface RecordKey {
  readonly at: Instant;
  /** Its number in the database. */
  readonly number: number;
}

export interface RecordQuery {
  readonly incidentId: IncidentId;
  /** The page of records older than that one. */
  readonly after?: RecordKey | undefined;
  /** The page of records right before that one, which are newer; not together with `after`. */
  readonly before?: RecordKey | undefined;
  readonly limit: number;
  readonly filter?: RecordFilter | undefined;
}

export interface RecordFilter {
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** `changes`: not read-only and worked; `errors`: an error code. */
  readonly kind?: 'changes' | 'errors' | undefined;
  /** As typed: see `parseSearch` of main/core/evidence/search.ts. Words are contained, ignoring the case of ASCII letters. */
  readonly text?: string | undefined;
}

export interface RecordCounts {
  readonly files: number;
  readonly records: number;
  readonly changes: number;
  readonly errors: number;
  readonly from: Instant | null;
  readonly to: Instant | null;
}

export interface Feed {
  readonly id: FeedId;
  readonly name: string;
  readonly provider: Provider;
  readonly kind: FeedKind;
  readonly url: string;
  readonly enabled: boolean;
  /** Comes with the app: may be changed and switched off, not deleted. */
  readonly builtin: boolean;
}

export interface FeedFetch {
  readonly feedId: FeedId;
  /** Null when it was read for no incident in particular. */
  readonly incidentId: IncidentId | null;
  readonly at: Instant;
  readonly state: FeedState;
  /** One sentence; empty when all is well. */
  readonly reason: string;
  /** Of the stored raw bytes; null when none arrived. */
  readonly sha256: Sha256 | null;
  /** As answered; names in lower case. Empty when nothing arrived, or it was not over HTTP. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The newest fetch of a feed, and the newest that was readable. */
export interface LastFetch {
  readonly feedId: FeedId;
  readonly last: FeedFetch;
  readonly lastGood: FeedFetch | null;
}

export interface Draft {
  /** Null for text typed before there is an incident. */
  readonly incidentId: IncidentId | null;
  readonly key: string;
  readonly text: string;
  readonly at: Instant;
}

export interface BackupFile {
  readonly file: string;
  readonly at: Instant;
  readonly reason: 'daily' | 'before_migration' | 'on_request';
  /** Bytes. */
  readonly size: number;
}

export interface DatabaseHealth {
  readonly file: string;
  readonly sqliteVersion: string;
  readonly schemaVersion: number;
  readonly writer: WriterId;
  /** Bytes of the database and of its write-ahead log. */
  readonly size: number;
  readonly walSize: number;
  /** What SQLite's integrity check found; empty when nothing. */
  readonly faults: readonly string[];
  /** Newest first. */
  readonly backups: readonly BackupFile[];
}

type Nothing = Record<never, never>;

/**
 * Every operation of the database: what it takes and what it gives when it succeeds. Through the client each answers with
 * a `Result`. Any of them may fail with `not_saved` (disk full, read-only, I/O error: nothing was changed) or
 * `unreadable` (the database is damaged); further failures are named beside it.
 */
export interface Operations
  extends
    FeedHistoryOperations,
    FeedPollOperations,
    FindingOperations,
    MappingOperations,
    PlaybookOperations,
    RecordOperations {
  /** `conflict`: the trail is longer or shorter than `expectedCount`. `invalid_input`: data that JSON would change. */
  readonly appendEntries: { readonly args: AppendEntriesArgs; readonly value: AppendedEntries };
  /** In trail order; `after` skips as many as the caller has. `not_found`. */
  readonly readEntries: {
    readonly args: { readonly incidentId: IncidentId; readonly after?: number };
    readonly value: readonly StoredEntry[];
  };
  /** Last changed first. */
  readonly listIncidents: { readonly args: Nothing; readonly value: readonly IncidentRow[] };
  /** By id, or by its number as `DM-7`, `dm-7` or `7`. `not_found`. */
  readonly getIncident: { readonly args: { readonly incidentId: string }; readonly value: IncidentRow };

  /** Content-addressed: the same bytes are stored once. */
  readonly putBlob: {
    readonly args: { readonly mediaType: string; readonly bytes: Uint8Array };
    readonly value: { readonly sha256: Sha256; readonly size: number };
  };
  /** `not_found`; `unreadable` when the stored bytes no longer have that SHA-256. */
  readonly getBlob: { readonly args: { readonly sha256: Sha256 }; readonly value: Blob };

  /** `not_found`: no such incident. `conflict`: another file is being imported into it. */
  readonly startImport: {
    readonly args: {
      readonly fileId: EvidenceId;
      readonly incidentId: IncidentId;
      readonly name: string;
      /** Null when it is not known yet: it then comes with the report. */
      readonly sha256: Sha256 | null;
      readonly size: number;
      /** The same bytes are there as that file, and are to be read in another way: the new reading then takes its place. */
      readonly replaces?: EvidenceId | undefined;
    };
    readonly value: StartedImport;
  };
  /** One transaction per call; invisible until `finishImport`. `not_found`: that import was not started. */
  readonly insertRecords: {
    readonly args: { readonly fileId: EvidenceId; readonly records: readonly LogRecord[] };
    readonly value: { readonly inserted: number; readonly duplicates: number };
  };
  /**
   * Makes the records visible and, when `append` is given, writes its entries in the same transaction. When a file with the
   * report's hash is there already, answers that one, and nothing is added or written.
   */
  readonly finishImport: {
    readonly args: {
      readonly fileId: EvidenceId;
      readonly report: FileReport;
      readonly append?: AppendEntriesArgs;
      /** Records of other files of the incident that give way, and what comes in their place with this one. */
      readonly replacement?: Replacement;
    };
    readonly value: { readonly file: EvidenceFile; readonly appended: AppendedEntries | null };
  };
  /** Gives up an unfinished import; its records are removed bit by bit afterwards. Nothing happens when there is none. */
  readonly abandonImport: { readonly args: { readonly fileId: EvidenceId }; readonly value: null };
  /** Finished files, oldest first. */
  readonly listEvidence: {
    readonly args: { readonly incidentId: IncidentId };
    readonly value: readonly EvidenceFile[];
  };

  /** Newest first, a page at a time. */
  readonly listRecords: { readonly args: RecordQuery; readonly value: RecordPage };
  /** One record by its id. `not_found`. */
  readonly getRecord: {
    readonly args: { readonly incidentId: IncidentId; readonly recordId: string };
    readonly value: LogRecord;
  };
  readonly recordCounts: { readonly args: { readonly incidentId: IncidentId }; readonly value: RecordCounts };

  /** By name. */
  readonly listContacts: { readonly args: Nothing; readonly value: readonly Contact[] };
  readonly saveContact: { readonly args: { readonly contact: Contact }; readonly value: null };
  /** `not_found`. */
  readonly deleteContact: { readonly args: { readonly contactId: ContactId }; readonly value: null };

  /** By provider and name. */
  readonly listFeeds: { readonly args: Nothing; readonly value: readonly Feed[] };
  readonly saveFeed: { readonly args: { readonly feed: Feed }; readonly value: null };
  /** `not_found`; `refused` for one that comes with the app. */
  readonly deleteFeed: { readonly args: { readonly feedId: FeedId }; readonly value: null };
  /** One poll is noted once for each incident that it was read for, however often it is told. */
  readonly recordFetch: { readonly args: { readonly fetch: FeedFetch }; readonly value: null };
  /** Per feed, for that incident, or with null for none in particular. */
  readonly lastFetches: {
    readonly args: { readonly incidentId: IncidentId | null };
    readonly value: readonly LastFetch[];
  };

  /** Null when it was never set. */
  readonly getSetting: { readonly args: { readonly key: string }; readonly value: JsonValue };
  readonly setSetting: {
    readonly args: { readonly key: string; readonly value: JsonValue };
    readonly value: null;
  };

  readonly saveDraft: { readonly args: { readonly draft: Draft }; readonly value: null };
  readonly listDrafts: {
    readonly args: { readonly incidentId: IncidentId | null };
    readonly value: readonly Draft[];
  };
  readonly clearDraft: {
    readonly args: { readonly incidentId: IncidentId | null; readonly key: string };
    readonly value: null;
  };

  /** Signs how far the trail reaches now. `not_found`. */
  readonly checkpoint: {
    readonly args: { readonly incidentId: IncidentId; readonly at: Instant };
    readonly value: Checkpoint;
  };
  /** The trail for an export, with a checkpoint signed now. `not_found`. */
  readonly exportTrail: {
    readonly args: { readonly incidentId: IncidentId; readonly at: Instant };
    readonly value: TrailExport;
  };
  /** `not_found`; `invalid_input` when the anchor is of another incident or its signature does not hold. */
  readonly verifyIncident: {
    readonly args: { readonly incidentId: IncidentId; readonly anchor?: Anchor | undefined };
    readonly value: TrailVerification;
  };

  /** Makes and verifies today's backup unless there is one; null then. */
  readonly backUpDaily: { readonly args: { readonly at: Instant }; readonly value: BackupFile | null };
  readonly databaseHealth: { readonly args: Nothing; readonly value: DatabaseHealth };
}

export type Method = keyof Operations;
export type Args<M extends Method> = Operations[M]['args'];
export type Value<M extends Method> = Operations[M]['value'];
