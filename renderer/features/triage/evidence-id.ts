import { ask } from '../../lib/api.ts';
import type { EvidenceChoice } from './evidence-choices.ts';

/** The id in the incident of something that can be attached; main keeps its bytes first. Null when it could not. */
export async function evidenceIdOf(
  incidentId: string,
  { source }: EvidenceChoice,
  report: (message: string) => void,
): Promise<string | null> {
  switch (source.kind) {
    case 'evidence':
      return source.evidenceId;
    case 'feed': {
      const { feedId } = source;
      return (await ask('attachFeedStatement', { incidentId, feedId, at: null }, report))?.evidenceId ?? null;
    }
    case 'finding': {
      const { findingId } = source;
      return (await ask('attachFinding', { incidentId, findingId }, report))?.evidenceId ?? null;
    }
    case 'record': {
      const { recordId } = source;
      return (await ask('attachRecord', { incidentId, recordId }, report))?.evidenceId ?? null;
    }
  }
}
