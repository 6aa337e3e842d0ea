import type { LogRecord } from './model.ts';

/**
 * What one file knows of one resource, of sources that write down how it was: its states at both ends, so that they can be held
 * against those of another file.
 */
export interface StateSpan {
  /** The resource within its source. */
  readonly resource: string;
  /** When the oldest and the newest state began, in milliseconds since 1970. */
  readonly fromMs: number;
  readonly toMs: number;
  /** The source's own JSON. */
  readonly oldest: string;
  /** Null when the file holds one state only. */
  readonly newest: string | null;
  /** What can be said of the oldest state as long as the one before it is not known; null for nothing. */
  readonly alone: LogRecord | null;
}

/** Two states of one resource of which each is in another file, with no other known between them. */
export interface StatePair {
  readonly before: string;
  readonly after: string;
}

/** What a file under way says better than finished ones of its incident: their records of these ids give way to the given ones. */
export interface Replacement {
  readonly ids: readonly string[];
  readonly records: readonly LogRecord[];
}

/** The states of a file at their seams to the files that are there. */
export interface StateSeams {
  /** Of how many resources the file tells how they were. */
  readonly resources: number;
  /** How many of this file's oldest states say something alone. */
  readonly counted: number;
  /** Records of oldest states for which no state before is known, or another file has told its change. */
  readonly alone: readonly LogRecord[];
  /** A state of another file, and the oldest of this one. */
  readonly before: readonly StatePair[];
  /** The newest of this one, and a state that another file began with. */
  readonly after: readonly StatePair[];
}
