import type { LinePattern } from '../../core/evidence/mapping/model.ts';
import type { LogRecord } from '../../core/evidence/model.ts';
import type { StateFinding } from '../../core/evidence/state-finding.ts';
import type { StateSpan } from '../../core/evidence/state-span.ts';
import type { TemplatedRecord } from '../../core/evidence/templated-record.ts';
import type { Json } from './json.ts';

/**
 * Where the records are: in a list under a key of the outermost object of JSON, in a bare list, one after the other, in rows of a
 * table, in lines of text, or the whole file is one JSON document, behind `prefix` when there is one.
 */
export type Container =
  | {
      readonly kind: 'wrapped';
      readonly key: string;
      /** Other keys of the same object whose lists hold records too. */
      readonly also?: readonly string[];
      /** What each record is; an object when left out. */
      readonly items?: 'lists';
    }
  | { readonly kind: 'list' }
  | { readonly kind: 'sequence' }
  /** A comma unless said otherwise. */
  | { readonly kind: 'rows'; readonly delimiter?: string }
  | { readonly kind: 'lines'; readonly pattern: LinePattern }
  | { readonly kind: 'document'; readonly prefix?: string };

/** What an adapter makes of the first bytes of a file. */
export type Recognition =
  | {
      readonly kind: 'records';
      /** The name in the file's report, e.g. `cloudtrail_records`. */
      readonly recognisedAs: string;
      readonly container: Container;
    }
  /** Known, and knowingly not read: the note says why. */
  | { readonly kind: 'skipped'; readonly recognisedAs: string; readonly note: string };

/** The first part of a file, after gunzip and without a byte order mark. */
export interface Head {
  readonly text: string;
  /** Key paths, e.g. `Records[].eventVersion`; empty when the text is not JSON. */
  readonly paths: ReadonlySet<string>;
}

/** A record that was not taken: `rejected` is a fault in the file, `skipped` is left out knowingly and only counted. */
export interface NotTaken {
  readonly notTaken: 'rejected' | 'skipped';
  readonly reason: string;
}

/** What else a record can be: findings of states, one or many, also beside records of the log. */
export type FindingsTaken =
  | { readonly finding: StateFinding }
  | { readonly findings: readonly StateFinding[]; readonly records?: readonly LogRecord[] };

/** What a finished file was like, for the notes an adapter adds. */
export interface ReadSummary {
  readonly recognisedAs: string;
  readonly records: number;
  readonly findings: number;
  readonly head: Head;
  /** The last 2 KB of the content: what stands behind the records, such as the token of a next page. */
  readonly tail: string;
}

/** What reads the records of a file. */
export interface RecordReader {
  /**
   * One parsed record into the common shape, or into findings. Called a million times: no schema library, no throw.
   * `contentId` gives an id made from the record's own bytes, for records without a trustworthy one.
   */
  readonly read: (value: Json, contentId: () => string) => LogRecord | FindingsTaken | NotTaken;
  /**
   * The same of a record's text, each byte of it one character, where that can be told without parsing all of it; null where not,
   * for whatever reason.
   */
  readonly quick?: (text: string) => TemplatedRecord | null;
  /** Sentences about the whole file, e.g. that it is likely truncated. */
  readonly notes: (summary: ReadSummary) => readonly string[];
  /** Records held back until the end of the file, in a reader of one file. */
  readonly rest?: () => readonly LogRecord[];
  /** Held back likewise: the states at both ends of each resource, for a source that tells changes by states. */
  readonly restSpans?: () => readonly StateSpan[];
  /** Findings held back likewise. */
  readonly restFindings?: () => readonly StateFinding[];
}

/** One source of evidence. To add one, copy `evidence.template.ts` and list it in `adapters.ts`. */
export interface EvidenceAdapter extends RecordReader {
  readonly id: string;
  /** Decides by content, never by file name; null when the bytes are not of this source. */
  readonly recognise: (head: Head) => Recognition | null;
  /** For a source whose records are held against each other: a reader for one file, used in place of the adapter's own. */
  readonly open?: () => RecordReader;
}

export function rejected(reason: string): NotTaken {
  return { notTaken: 'rejected', reason };
}

export function skipped(reason: string): NotTaken {
  return { notTaken: 'skipped', reason };
}
