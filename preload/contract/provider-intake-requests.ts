import { z } from 'zod';
import { FeedKind } from '../../main/core/feeds/model.ts';
import { IncidentId } from '../../main/core/ids.ts';
import type { FeedSearch, StatementView } from './provider-intake-views.ts';

/** Characters of a pasted statement: as many as the bytes of the largest feed that is read. */
const MOST_TEXT = 16 * 1024 * 1024;

const StatementSource = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(MOST_TEXT) }),
  z.strictObject({ type: z.literal('file'), path: z.string().min(1).max(4096) }),
]);

const statement = z.strictObject({
  incidentId: IncidentId,
  source: StatementSource,
  /** What a person says that it is; null leaves it to the content. */
  kind: FeedKind.nullable(),
});

/** How a feed is found by its host name, and a provider's statement is taken in from a file or the clipboard. */
export const PROVIDER_INTAKE_REQUESTS = {
  findFeed: z.strictObject({
    /** A host name or an address, as a person types it. */
    address: z.string().trim().min(1).max(2000),
    /** Set: only this address is asked, and read as this kind. */
    kind: FeedKind.nullable(),
  }),
  /** What a statement says, without keeping it. */
  readStatement: statement,
  /** Keeps it: bytes, trail entry and match. */
  takeStatement: statement,
} as const;

export interface ProviderIntakeAnswers {
  findFeed: FeedSearch;
  readStatement: StatementView;
  takeStatement: StatementView & { readonly evidenceId: string };
}
