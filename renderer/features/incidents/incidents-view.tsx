import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { View } from '../../components/view.tsx';
import { request } from '../../lib/api.ts';
import { counted } from '../../lib/format.ts';
import { navigate } from '../../lib/navigation.ts';
import { remoteList } from '../../lib/remote-list.ts';
import { IncidentTable } from './incident-table.tsx';

const useIncidents = remoteList(() => request('listIncidents', {}), ['incidents', 'incident']);

/** Every incident on this machine: open ones first, those with something due before all. */
export function IncidentsView(): ReactNode {
  const { items, fault, load } = useIncidents();
  const open = items?.filter((one) => one.status === 'open').length ?? 0;
  return (
    <View
      title="Incidents"
      lead={
        items === null || items.length === 0
          ? undefined
          : `${counted(open, 'open incident')}, ${items.length} in all`
      }
      actions={
        <>
          <Button
            onPress={() => {
              navigate({ view: 'drills' });
            }}
            keys="g d"
          >
            Rehearse
          </Button>
          <Button
            variant="primary"
            onPress={() => {
              navigate({ view: 'declare' });
            }}
            keys="g n"
          >
            Declare an incident
          </Button>
        </>
      }
    >
      {fault !== null && (
        <Callout kind="fault" action={<Button onPress={() => void load()}>Try again</Button>}>
          {fault}
        </Callout>
      )}
      {items !== null && items.length > 0 && <IncidentTable incidents={items} />}
      {items?.length === 0 && (
        <EmptyState title="No incident has been declared on this machine.">
          Declare one when something is broken, or rehearse with a drill on a quiet day. Everything but
          reading status feeds works without a network.
        </EmptyState>
      )}
    </View>
  );
}
