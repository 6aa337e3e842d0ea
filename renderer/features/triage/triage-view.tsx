import { useEffect, useState, type ReactNode } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useIncident } from '../../lib/incident-store.ts';
import { AcceptDialog } from './accept-dialog.tsx';
import { TRIAGE_KEYS } from './answer-keys.ts';
import { CustomerSide } from './customer-side.tsx';
import { EvidencePanel } from './evidence-panel.tsx';
import { HowToPanel } from './how-to-panel.tsx';
import { OthersPanel } from './others-panel.tsx';
import { PathStrip } from './path-strip.tsx';
import { ProposalBar } from './proposal-bar.tsx';
import { ProviderSide } from './provider-side.tsx';
import { Question } from './question.tsx';
import { useSession } from './session-store.ts';
import { LineBar, TheLine } from './the-line.tsx';
import styles from './triage-view.module.css';
import { useTriageCommands } from './triage-commands.ts';
import { useTriage, type Triage } from './use-triage.ts';
import { VerdictBar } from './verdict-bar.tsx';

/** The view that matters most: the two sides and the line above, the one question below, the path at its foot. */
export function TriageView(): ReactNode {
  const view = useIncident((store) => store.view);
  return view === null ? (
    <p role="status">Opening the incident…</p>
  ) : (
    <Loaded key={view.state.id} view={view} />
  );
}

function Loaded({ view }: { readonly view: IncidentView }): ReactNode {
  const enter = useSession((session) => session.enter);
  const loadCustomerSide = useIncident((store) => store.loadCustomerSide);
  const { id } = view.state;
  // Before the first paint, so that nothing prepared for another incident is ever shown.
  useState(() => {
    enter(id);
  });
  useEffect(() => {
    void loadCustomerSide();
  }, [id, loadCustomerSide]);
  const triage = useTriage(view);
  const [accepting, setAccepting] = useState(false);
  const accept = (): void => {
    setAccepting(true);
  };
  useTriageCommands(triage, accept);

  return (
    <div className={styles['triage']}>
      <VisuallyHidden elementType="h1">Triage</VisuallyHidden>
      <LineBar view={view} />
      <div className={styles['sides']}>
        <ProviderSide view={view} />
        <TheLine view={view} />
        <CustomerSide view={view} />
        <OpenPanel triage={triage} />
      </div>
      <VerdictBar view={view} onAccept={accept} />
      <ProposalBar view={view} />
      {triage.current === null ? (
        <NothingLeft triage={triage} onAccept={accept} />
      ) : (
        <Question triage={triage} current={triage.current} />
      )}
      <PathStrip triage={triage} />
      {accepting && (
        <AcceptDialog
          view={view}
          onClose={() => {
            setAccepting(false);
          }}
        />
      )}
    </div>
  );
}

function OpenPanel({ triage }: { readonly triage: Triage }): ReactNode {
  const panel = useSession((session) => session.panel);
  switch (panel) {
    case null:
      return null;
    case 'how':
      return triage.current === null ? null : (
        <HowToPanel check={triage.current.check} provider={triage.view.state.scope.provider} />
      );
    case 'evidence':
      return <EvidencePanel triage={triage} />;
    case 'others':
      return <OthersPanel triage={triage} />;
  }
}

function NothingLeft({
  triage,
  onAccept,
}: {
  readonly triage: Triage;
  readonly onAccept: () => void;
}): ReactNode {
  const { judgement } = triage.view;
  return (
    <section className={styles['nothing']} aria-label="Question">
      <EmptyState
        title="Nothing is left to ask that would tell more"
        action={
          <>
            <Button variant="primary" keys={TRIAGE_KEYS.accept} onPress={onAccept}>
              Accept a verdict
            </Button>
            {triage.back !== null && (
              <Button keys={TRIAGE_KEYS.back} onPress={triage.back}>
                Back to the last check
              </Button>
            )}
          </>
        }
      >
        {judgement.missing.length === 0
          ? 'The verdict is clear.'
          : `No verdict is declared: ${judgement.missing.join(' ')}`}
      </EmptyState>
    </section>
  );
}
