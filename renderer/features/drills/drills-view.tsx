import { useState, type ReactNode } from 'react';
import type { ScenarioView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Choice } from '../../components/choice.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { View } from '../../components/view.tsx';
import { request } from '../../lib/api.ts';
import { duration } from '../../lib/format.ts';
import { navigate } from '../../lib/navigation.ts';
import { remoteList } from '../../lib/remote-list.ts';
import { PROVIDER_WORDS, SIDE_WORDS } from '../../lib/words.ts';
import styles from './drills-view.module.css';

const useScenarios = remoteList(() => request('listScenarios', {}), ['incidents']);

const SPEEDS = [
  { id: '1', label: '1x' },
  { id: '10', label: '10x' },
  { id: '30', label: '30x' },
  { id: '60', label: '60x' },
] as const;

/** Recorded incidents to rehearse on, offline, on a clock that runs as fast as one likes. */
export function DrillsView(): ReactNode {
  const { items, fault, load } = useScenarios();
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]['id']>('10');
  const [starting, setStarting] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const start = async (scenarioId: string): Promise<void> => {
    setStarting(scenarioId);
    const reply = await request('startDrill', { scenarioId, speed: Number(speed) });
    setStarting(null);
    setRefusal(reply.ok ? null : reply.error.message);
    if (reply.ok) navigate({ view: 'incident', id: reply.value.incidentId, tab: 'triage' });
  };
  const shown = refusal ?? fault;
  return (
    <View
      title="Drills"
      lead="A recorded incident against the clock, without a network. The feeds say at each minute what they said then. A drill is marked as one in every view and every export."
      actions={<Choice label="Speed of the clock" items={SPEEDS} value={speed} onChange={setSpeed} />}
    >
      {shown !== null && (
        <Callout kind="fault" action={<Button onPress={() => void load()}>Try again</Button>}>
          {shown}
        </Callout>
      )}
      {items?.length === 0 && <EmptyState title="No scenario is installed." />}
      <ul className={styles['list']}>
        {items?.map((scenario) => (
          <li key={scenario.id} className={styles['scenario']}>
            <div className={styles['words']}>
              <h2 className={styles['title']}>{scenario.title}</h2>
              <p className={styles['description']}>{scenario.description}</p>
              <p className={styles['facts']}>
                {PROVIDER_WORDS[scenario.provider]} · {duration(scenario.durationMinutes)} of incident,{' '}
                {duration(scenario.durationMinutes / Number(speed))} at {speed}x · {scenario.source}
              </p>
            </div>
            <LastScore scenario={scenario} />
            <Button
              variant="primary"
              aria-label={`Start the drill: ${scenario.title}`}
              isDisabled={starting !== null && starting !== scenario.id}
              isPending={starting === scenario.id}
              onPress={() => void start(scenario.id)}
            >
              {starting === scenario.id ? 'Starting' : 'Start'}
            </Button>
          </li>
        ))}
      </ul>
    </View>
  );
}

function LastScore({ scenario }: { readonly scenario: ScenarioView }): ReactNode {
  const score = scenario.lastScore;
  if (score === null) return <p className={styles['score']}>Not rehearsed yet</p>;
  return (
    <p className={styles['score']}>
      <span className={styles['points']}>
        {score.points} of {score.outOf}
      </span>
      <span>
        {score.correct ? 'Right' : 'Wrong'}: {SIDE_WORDS[score.verdict].toLowerCase()}
        {score.minutesToVerdict !== null && ` after ${duration(score.minutesToVerdict)}`}
      </span>
    </p>
  );
}
