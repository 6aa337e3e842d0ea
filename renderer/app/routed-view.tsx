import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { View } from '../components/view.tsx';
import { ContactsView } from '../features/contacts/contacts-view.tsx';
import { DrillsView } from '../features/drills/drills-view.tsx';
import { EscalationView } from '../features/escalation/escalation-view.tsx';
import { EvidenceView } from '../features/evidence/evidence-view.tsx';
import { LogsView } from '../features/evidence/logs-view.tsx';
import { ExplainView } from '../features/explain/explain-view.tsx';
import { FeedsView } from '../features/feeds/feeds-view.tsx';
import { DeclareView } from '../features/incidents/declare-view.tsx';
import { IncidentsView } from '../features/incidents/incidents-view.tsx';
import { ProviderView } from '../features/provider/provider-view.tsx';
import { IncidentMapView } from '../features/playbooks/incident-map-view.tsx';
import { PlaybookView } from '../features/playbooks/playbook-view.tsx';
import { PlaybooksView } from '../features/playbooks/playbooks-view.tsx';
import { SettingsView } from '../features/settings/settings-view.tsx';
import { TimelineView } from '../features/timeline/timeline-view.tsx';
import { TriageView } from '../features/triage/triage-view.tsx';
import { useIncident } from '../lib/incident-store.ts';
import { navigate, type IncidentTab, type Route } from '../lib/navigation.ts';
import { useAppInfo } from './app-info.ts';

/** The view that the address names. */
export function RoutedView({ route }: { readonly route: Route }): ReactNode {
  const info = useAppInfo((store) => store.info);
  switch (route.view) {
    case 'incidents':
      return <IncidentsView />;
    case 'declare':
      return <DeclareView />;
    case 'contacts':
      return <ContactsView />;
    case 'feeds':
      return <FeedsView />;
    case 'drills':
      return <DrillsView />;
    case 'playbooks':
      return <PlaybooksView />;
    case 'playbook':
      return <PlaybookView key={route.id} id={route.id} />;
    case 'settings':
      return <SettingsView info={info} />;
    case 'incident':
      return <IncidentTabView id={route.id} tab={route.tab} />;
  }
}

function IncidentTabView({ id, tab }: { readonly id: string; readonly tab: IncidentTab }): ReactNode {
  const store = useIncident();
  if (store.id === id && store.unreadable !== null) return <Unreadable why={store.unreadable} />;
  if (store.id !== id || store.view === null) return <View title="Opening the incident">{null}</View>;
  switch (tab) {
    case 'triage':
      return <TriageView />;
    case 'provider':
      return <ProviderView />;
    case 'timeline':
      return <TimelineView />;
    case 'explain':
      return <ExplainView />;
    case 'evidence':
      return <EvidenceView />;
    case 'logs':
      return <LogsView />;
    case 'playbook':
      return <IncidentMapView />;
    case 'escalation':
      return <EscalationView />;
  }
}

function Unreadable({ why }: { readonly why: string }): ReactNode {
  return (
    <View title="This incident could not be opened">
      <EmptyState
        title={why}
        action={
          <>
            <Button variant="primary" onPress={() => void useIncident.getState().refresh()}>
              Try again
            </Button>
            <Button
              onPress={() => {
                navigate({ view: 'incidents' });
              }}
            >
              Go to the incidents
            </Button>
          </>
        }
      />
    </View>
  );
}
