import { useState, type ReactNode } from 'react';
import type { FeedLanes } from '../../../main/core/report/feed-lanes.ts';
import { silenceInWords } from '../../../main/core/feeds/lag.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { NoNetwork } from '../../components/no-network.tsx';
import { StatementButton } from '../../components/statement-button.tsx';
import { View } from '../../components/view.tsx';
import { ask } from '../../lib/api.ts';
import { isAtRest } from '../../lib/at-rest.ts';
import { useCommands } from '../../lib/commands.ts';
import { useFeedLanes } from '../../lib/feed-lanes.ts';
import { inOrderOfWord } from '../../lib/feed-words.ts';
import { duration } from '../../lib/format.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { minutesBetween } from '../../../main/core/instants.ts';
import { navigate, useRoute } from '../../lib/navigation.ts';
import { useNow } from '../../lib/now.ts';
import { FeedList } from './feed-list.tsx';
import { FeedPast } from './feed-past.tsx';
import styles from './provider-view.module.css';

/** What the provider says: every feed with its state and ages, and for the chosen one what it said at any minute. */
export function ProviderView(): ReactNode {
  const view = useIncident((store) => store.view);
  return view === null ? (
    <View title="Provider">Opening the incident…</View>
  ) : (
    <Loaded key={view.state.id} view={view} />
  );
}

function Loaded({ view }: { readonly view: IncidentView }): ReactNode {
  const lanes = useFeedLanes(view);
  const feeds = inOrderOfWord(view.feeds);
  const [chosen, choose] = useChosenFeed(view, feeds[0]?.feedId ?? null);
  const { readAgain, reading } = useReadAgain(view);
  const canRead = !isAtRest(view.state) && feeds.length > 0;
  useCommands([
    {
      id: 'provider.read',
      title: 'Read feeds now',
      keys: ['r'],
      group: 'Incident',
      enabled: canRead && !reading,
      run: () => void readAgain(),
    },
  ]);
  return (
    <View
      title="Provider"
      layout="fill"
      lead={<FirstWord view={view} lanes={lanes} />}
      actions={
        <>
          {!isAtRest(view.state) && <StatementButton />}
          {canRead && (
            <Button keys="r" isDisabled={reading} onPress={() => void readAgain()}>
              {reading ? 'Reading' : 'Read feeds now'}
            </Button>
          )}
        </>
      }
    >
      <NoNetwork view={view} />
      {feeds.length === 0 || chosen === null ? (
        <EmptyState title="No feed for this provider">Add one under Feeds.</EmptyState>
      ) : (
        <div className={styles['columns']}>
          <FeedList view={view} feeds={feeds} chosen={chosen} onChoose={choose} />
          <FeedPast key={chosen} view={view} feedId={chosen} lanes={lanes} />
        </div>
      )}
    </View>
  );
}

/** When the provider first spoke against onset, or what its silence means by now. */
function FirstWord({
  view,
  lanes,
}: {
  readonly view: IncidentView;
  readonly lanes: FeedLanes | null;
}): ReactNode {
  const now = useNow(view.drill);
  const { onset, provider } = view.state.scope;
  const [first] = (lanes?.lanes ?? [])
    .filter(({ side }) => side === 'provider')
    .flatMap(({ name, firstWord }) => (firstWord === null ? [] : [{ ...firstWord, name }]))
    .sort((a, b) => a.at.localeCompare(b.at));
  if (lanes === null) return 'Reading what was said.';
  if (first !== undefined) {
    const side = first.minute < 0 ? 'before' : 'after';
    return `First public word ${duration(first.minute)} ${side} onset, from ${first.name}: ${first.title}`;
  }
  const silence = silenceInWords(provider, minutesBetween(onset, now));
  return `No public word that fits. ${silence.words} ${silence.source}`;
}

/** The feed looked at, kept in the address so that a link opens the same one. */
function useChosenFeed(
  view: IncidentView,
  otherwise: string | null,
): [string | null, (feedId: string) => void] {
  const route = useRoute();
  const asked = route.view === 'incident' ? route.query?.['feed'] : undefined;
  const known = view.feeds.some(({ feedId }) => feedId === asked);
  return [
    known && asked !== undefined ? asked : otherwise,
    (feedId) => {
      navigate({ view: 'incident', id: view.state.id, tab: 'provider', query: { feed: feedId } });
    },
  ];
}

function useReadAgain(view: IncidentView): {
  readonly readAgain: () => Promise<void>;
  readonly reading: boolean;
} {
  const setFault = useIncident((store) => store.setFault);
  const refresh = useIncident((store) => store.refresh);
  const [reading, setReading] = useState(false);
  return {
    reading,
    readAgain: async () => {
      setReading(true);
      await ask('checkFeeds', { incidentId: view.state.id }, setFault);
      await refresh();
      setReading(false);
    },
  };
}
