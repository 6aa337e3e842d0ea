import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { TimelineItem, TimelineKind } from '../../../main/core/report/model.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { CheckboxGroup } from '../../components/checkbox-group.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { View } from '../../components/view.tsx';
import { useCommandList } from '../../lib/commands.ts';
import { count, counted } from '../../lib/format.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { navigate, useRoute } from '../../lib/navigation.ts';
import { EntryDetail } from './entry-detail.tsx';
import { FeedLanesBlock } from './feed-lanes.tsx';
import { Lanes } from './lanes.tsx';
import { KIND_WORDS, kindsOf, timelineRows } from './rows.ts';
import styles from './timeline-view.module.css';

/** Every entry of the trail, in its lane: the provider left, we right, what belongs to the incident itself on the line. */
export function TimelineView(): ReactNode {
  const view = useIncident((store) => store.view);
  const items = useIncident((store) => store.timeline);
  const load = useIncident((store) => store.loadTimeline);
  const id = view?.state.id;
  useEffect(() => {
    void load();
  }, [id, load]);
  if (view === null || items === null)
    return (
      <View title="Timeline">
        <p role="status">Reading the trail…</p>
      </View>
    );
  return <Loaded key={view.state.id} view={view} items={items} />;
}

function Loaded({
  view,
  items,
}: {
  readonly view: IncidentView;
  readonly items: readonly TimelineItem[];
}): ReactNode {
  const { id, scope } = view.state;
  const [shown, setShown] = useShownKinds(id);
  const [seq, choose] = useState<number | null>(null);
  const rows = useMemo(() => timelineRows(items, new Set(shown), scope.onset), [items, shown, scope.onset]);
  const kinds = useMemo(() => kindsOf(items), [items]);
  const chosen = items.find((item) => item.seq === seq);
  const superseded = items.filter((item) => item.superseded).length;
  const note = useCommandList().find((command) => command.id === 'incident.note');
  return (
    <View
      title="Timeline"
      layout="fill"
      lead={`${counted(items.length, 'entry', 'entries')}${superseded === 0 ? '' : `, ${count(superseded)} superseded and kept`}. Provider left of the line, customer right.`}
      actions={
        note !== undefined && (
          <Button keys="n" onPress={note.run}>
            Add a note
          </Button>
        )
      }
    >
      <CheckboxGroup
        label={shown.length === 0 ? 'Showing every kind' : 'Showing only'}
        items={kinds.map(({ kind, count: many }) => ({
          id: kind,
          label: `${KIND_WORDS[kind]} ${count(many)}`,
        }))}
        value={shown}
        onChange={setShown}
      />
      <FeedLanesBlock view={view} />
      <div className={styles['columns']}>
        {rows.length === 0 ? (
          <EmptyState
            title="No entry of these kinds"
            action={
              <Button
                onPress={() => {
                  setShown([]);
                }}
              >
                Show every kind
              </Button>
            }
          />
        ) : (
          <Lanes rows={rows} seq={seq} onChoose={choose} />
        )}
        <EntryDetail view={view} item={chosen ?? null} />
      </div>
    </View>
  );
}

/** The kinds to show, kept in the address so that a link opens the same picture. None means every kind. */
function useShownKinds(id: string): [readonly TimelineKind[], (kinds: readonly TimelineKind[]) => void] {
  const route = useRoute();
  const query = route.view === 'incident' ? route.query?.['kinds'] : undefined;
  const shown = useMemo(() => {
    const asked = new Set((query ?? '').split(','));
    return (Object.keys(KIND_WORDS) as TimelineKind[]) // an object literal typed by TimelineKind has no other keys
      .filter((kind) => asked.has(kind));
  }, [query]);
  return [
    shown,
    (kinds) => {
      navigate({
        view: 'incident',
        id,
        tab: 'timeline',
        ...(kinds.length > 0 && { query: { kinds: kinds.join(',') } }),
      });
    },
  ];
}
