import { useMemo, useState, type ReactNode } from 'react';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { View } from '../../components/view.tsx';
import { isAtRest } from '../../lib/at-rest.ts';
import { counted } from '../../lib/format.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { navigate } from '../../lib/navigation.ts';
import { CheckDetail } from './map/check-detail.tsx';
import { PlaybookMap } from './map/playbook-map.tsx';
import { progressOf } from './map/progress.ts';

/** The open incident on its playbook: the path taken, what is next, what waits. */
export function IncidentMapView(): ReactNode {
  const view = useIncident((store) => store.view);
  return view === null ? <View title="Map">Opening the incident…</View> : <Loaded view={view} />;
}

function Loaded({ view }: { readonly view: IncidentView }): ReactNode {
  const { playbook, judgement, state } = view;
  const [selected, select] = useState<string | null>(null);
  const progress = useMemo(() => progressOf(view), [view]);
  const check = playbook.checks.find(({ id }) => id === selected);
  const holes = judgement.holes.length;
  return (
    <View
      title="Map"
      layout="fill"
      lead={`${playbook.title} ${playbook.version}, kept with this incident. ${counted(progress.path.length, 'check')} of ${playbook.checks.length} put${holes === 0 ? '' : `, ${counted(holes, 'hole')}`}.`}
    >
      <PlaybookMap
        playbook={playbook}
        progress={progress}
        judgement={judgement}
        selected={selected}
        onSelect={select}
        aside={
          check === undefined ? null : (
            <CheckDetail
              playbook={playbook}
              check={check}
              action={
                isAtRest(state) ? undefined : (
                  <div>
                    <Button
                      onPress={() => {
                        navigate({
                          view: 'incident',
                          id: state.id,
                          tab: 'triage',
                          query: { check: check.id },
                        });
                      }}
                    >
                      {progress.standing.has(check.id) ? 'Look again in triage' : 'Ask it in triage'}
                    </Button>
                  </div>
                )
              }
              onClose={() => {
                select(null);
              }}
            />
          )
        }
      />
    </View>
  );
}
