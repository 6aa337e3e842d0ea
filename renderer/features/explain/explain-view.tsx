import type { ReactNode } from 'react';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { SideTag } from '../../components/side-tag.tsx';
import { View } from '../../components/view.tsx';
import { percent } from '../../lib/format.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { SIDE_WORDS } from '../../lib/words.ts';
import { Contributions } from './contributions.tsx';
import styles from './explain-view.module.css';
import { Groups } from './groups.tsx';
import { History } from './history.tsx';
import { Holes, Missing, Turns, Unchecked } from './open-questions.tsx';

/** Why the verdict is what it is, and what would change it: everything the engine weighed, in words and as a picture. */
export function ExplainView(): ReactNode {
  const view = useIncident((store) => store.view);
  return view === null ? <View title="Verdict">Opening the incident…</View> : <Loaded view={view} />;
}

function Loaded({ view }: { readonly view: IncidentView }): ReactNode {
  return (
    <View title="Verdict" lead={<Standing view={view} />}>
      <div className={styles['columns']}>
        <div className={styles['wide']}>
          <Contributions view={view} />
          <Groups view={view} />
          <History view={view} />
        </div>
        <div className={styles['narrow']}>
          <Missing view={view} />
          <Turns view={view} />
          <Holes view={view} />
          <Unchecked view={view} />
        </div>
      </div>
    </View>
  );
}

function Standing({ view: { judgement, state } }: { readonly view: IncidentView }): ReactNode {
  const { declared, leading, probabilities, spread, trigger } = judgement;
  const sides = ['provider', 'customer', 'shared', 'third_party'] as const;
  return (
    <>
      {declared ? 'Declared: ' : 'Inconclusive, leans to '}
      <SideTag side={leading} />
      {'. '}
      {sides.map((side) => `${SIDE_WORDS[side]} ${percent(probabilities[side])}`).join(' · ')}. Trigger:{' '}
      {trigger === 'inconclusive' ? 'not decided' : <SideTag side={trigger} />}. Spread: {spread.reason}
      {state.accepted !== null &&
        state.accepted.verdict !== state.accepted.engine.verdict &&
        ` ${state.accepted.by} overruled the engine: “${state.accepted.reason}”.`}
    </>
  );
}
