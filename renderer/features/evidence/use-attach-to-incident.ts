import { announce } from '../../lib/announce.ts';
import { ask } from '../../lib/api.ts';
import { useIncident } from '../../lib/incident-store.ts';

/** Makes a record of our logs, a finding, or what a feed says now, a piece of the incident's evidence. */
export function useAttachToIncident(incidentId: string): {
  readonly record: (recordId: string, name: string) => Promise<void>;
  readonly finding: (findingId: string, name: string) => Promise<void>;
  readonly statement: (feedId: string, name: string) => Promise<void>;
} {
  const setFault = useIncident((store) => store.setFault);
  const refresh = useIncident((store) => store.refresh);
  const tell = async (done: unknown, name: string): Promise<void> => {
    if (done === null) return;
    announce(`Attached: ${name}`);
    await refresh();
  };
  return {
    record: async (recordId, name) =>
      tell(await ask('attachRecord', { incidentId, recordId }, setFault), name),
    finding: async (findingId, name) =>
      tell(await ask('attachFinding', { incidentId, findingId }, setFault), name),
    statement: async (feedId, name) =>
      tell(await ask('attachFeedStatement', { incidentId, feedId, at: null }, setFault), name),
  };
}
