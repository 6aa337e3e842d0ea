import type { ReactNode } from 'react';
import { create } from 'zustand';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { isAtRest } from '../../lib/at-rest.ts';
import { useCommands } from '../../lib/commands.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { TRIAGE_KEYS } from './answer-keys.ts';
import styles from './verdict-bar.module.css';

/** Proposals that a responder put aside, as `incident playbook`: as long as the window is open they do not come back. */
const usePutAside = create<{ readonly aside: ReadonlySet<string> }>()(() => ({ aside: new Set() }));

/** One calm line when the answers point to another playbook: one key goes on with it, another leaves things as they are. */
export function ProposalBar({ view }: { readonly view: IncidentView }): ReactNode {
  const { state, proposal, judgement } = view;
  const busy = useIncident((store) => store.busy);
  const switchPlaybook = useIncident((store) => store.switchPlaybook);
  const name = `${state.id} ${proposal?.sha256 ?? ''}`;
  const isAside = usePutAside((store) => store.aside.has(name));
  // Once a verdict is clear or accepted, nobody needs other questions.
  const isOpen = !judgement.declared && state.accepted === null && !isAtRest(state);
  const shown = proposal !== null && !isAside && isOpen;
  const follow = (): void => {
    if (shown && !busy)
      void switchPlaybook(proposal.sha256, `The answers point to it. ${proposal.because.join('; ')}.`);
  };
  useCommands([
    {
      id: 'triage.proposal',
      title: `Switch to the playbook ${proposal?.title ?? ''}`,
      keys: [TRIAGE_KEYS.proposal],
      group: 'Incident',
      enabled: shown,
      run: follow,
    },
  ]);
  if (!shown) return null;
  return (
    <div className={styles['bar']} role="status">
      <span className={styles['text']}>
        {proposal.because.join('; ')}. “{proposal.title}” asks more about it; no answer is lost.
      </span>
      <Button keys={TRIAGE_KEYS.proposal} isDisabled={busy} onPress={follow}>
        Switch to it
      </Button>
      <Button
        variant="quiet"
        onPress={() => {
          usePutAside.setState(({ aside }) => ({ aside: new Set([...aside, name]) }));
        }}
      >
        Leave it
      </Button>
    </div>
  );
}
