import { announce } from '../../lib/announce.ts';
import { useIncident } from '../../lib/incident-store.ts';
import type { EvidenceChoice } from './evidence-choices.ts';
import { evidenceIdOf } from './evidence-id.ts';
import { useSession, type Prepared } from './session-store.ts';
import type { Triage } from './use-triage.ts';

/** Attaches a piece of evidence to the answer being prepared, or detaches it. Main keeps its bytes first. */
export function useAttach(triage: Triage): (choice: EvidenceChoice) => Promise<void> {
  const setFault = useIncident((store) => store.setFault);
  return async (choice) => {
    const check = triage.current?.check.id;
    if (check === undefined) return;
    const standing = triage.prepared.evidence;
    const isThis = ({ from, id }: Prepared['evidence'][number]): boolean =>
      from === choice.key || `evidence:${id}` === choice.key;
    if (standing.some(isThis)) {
      triage.prepare({ evidence: standing.filter((one) => !isThis(one)) });
      announce(`Detached: ${choice.name}`);
      return;
    }
    const id = await evidenceIdOf(triage.view.state.id, choice, setFault);
    if (id === null) return;
    // What was prepared meanwhile stays: the answer from main may come after another key.
    const session = useSession.getState();
    const prepared = session.prepared[check] ?? triage.prepared;
    if (prepared.evidence.some((one) => one.id === id)) return;
    const evidence = [...prepared.evidence, { from: choice.key, id, name: choice.name }];
    session.prepare(check, { ...prepared, evidence });
    announce(`Attached: ${choice.name}`);
  };
}
