import type { ReactNode } from 'react';
import type { Escalation } from '../../../main/core/escalation/escalation.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SideTag } from '../../components/side-tag.tsx';
import { Time } from '../../components/time.tsx';
import { View } from '../../components/view.tsx';
import { useIncident } from '../../lib/incident-store.ts';
import { navigate } from '../../lib/navigation.ts';
import { useNow } from '../../lib/now.ts';
import styles from './escalation-view.module.css';
import { Level } from './level.tsx';
import { levelStandings, pressing } from './levels.ts';
import { PageHistory } from './page-history.tsx';
import { isAtRest } from '../../lib/at-rest.ts';

/** Whom to reach for the accepted side, by when, and what came of each attempt. */
export function EscalationView(): ReactNode {
  const view = useIncident((store) => store.view);
  if (view === null) return <View title="Escalation">Opening the incident…</View>;
  const { escalation } = view.state;
  return escalation === null ? <NotYet view={view} /> : <Running view={view} escalation={escalation} />;
}

function NotYet({ view }: { readonly view: IncidentView }): ReactNode {
  const { judgement, state } = view;
  return (
    <View title="Escalation">
      <EmptyState
        title="Nobody has to be reached yet"
        action={
          <Button
            variant="primary"
            onPress={() => {
              navigate({ view: 'incident', id: state.id, tab: 'triage' });
            }}
          >
            Go to triage
          </Button>
        }
      >
        {judgement.declared
          ? 'A verdict is clear and waits in triage to be accepted. Accepting it starts the steps for that side.'
          : 'Accepting a verdict in triage starts the steps for that side, with whom to call and by when.'}
      </EmptyState>
    </View>
  );
}

function Running({
  view,
  escalation,
}: {
  readonly view: IncidentView;
  readonly escalation: Escalation;
}): ReactNode {
  const now = useNow(view.drill);
  const standings = levelStandings(escalation, now);
  const first = pressing(standings)[0]?.level.id ?? null;
  const closed = isAtRest(view.state);
  return (
    <View
      title="Escalation"
      lead={
        <>
          For the accepted verdict <SideTag side={escalation.verdict} />, since{' '}
          <Time at={escalation.startedAt} />.
          {closed &&
            ` The ${view.state.score === null ? 'incident is closed' : 'drill is over'}: deadlines rest.`}
        </>
      }
    >
      {standings.length === 0 && (
        <EmptyState title="This playbook has no escalation for that verdict">
          Write down in a note whom you reached.
        </EmptyState>
      )}
      <ol className={styles['levels']}>
        {standings.map((standing, at) => (
          <Level
            key={standing.level.id}
            number={at + 1}
            standing={standing}
            isNext={standing.level.id === first && !closed}
            isClosed={closed}
          />
        ))}
      </ol>
      <PageHistory view={view} escalation={escalation} />
    </View>
  );
}
