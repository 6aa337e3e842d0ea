import type { Mapping } from '../main/core/evidence/mapping/model.ts';
import type { Instant } from '../main/core/time.ts';

/** A mapping as it is remembered. */
export interface StoredMapping {
  /** Given by the database; a newer one is higher. */
  readonly number: number;
  readonly savedAt: Instant;
  readonly mapping: Mapping;
}

/** What the database does for rows that are mapped by hand. */
export interface MappingOperations {
  /** Newest first. */
  readonly listMappings: {
    readonly args: Readonly<Record<string, never>>;
    readonly value: readonly StoredMapping[];
  };
  /** Takes the place of one for files of the same shape. */
  readonly saveMapping: {
    readonly args: { readonly mapping: Mapping; readonly at: Instant };
    readonly value: StoredMapping;
  };
  /** `not_found`. */
  readonly deleteMapping: { readonly args: { readonly number: number }; readonly value: null };
}
