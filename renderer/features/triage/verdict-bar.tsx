import type { ReactNode } from 'react';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { SideTag } from '../../components/side-tag.tsx';
import { percent, sinceOnset } from '../../lib/format.ts';
import { minutesBetween } from '../../../main/core/instants.ts';
import { navigate } from '../../lib/navigation.ts';
import { TRIAGE_KEYS } from './answer-keys.ts';
import { standingVerdict } from './standing-verdict.ts';
import styles from './verdict-bar.module.css';

/** Between the line and the question: that a verdict is clear and can be accepted, or which one was. */
export function VerdictBar({
  view,
  onAccept,
}: {
  readonly view: IncidentView;
  readonly onAccept: () => void;
}): ReactNode {
  const { state, judgement } = view;
  const { accepted } = state;
  const standing = standingVerdict(state, judgement);
  if (standing === 'open') return null;
  if (standing === 'clear')
    return (
      <div className={styles['bar']} data-side={judgement.verdict}>
        <span className={styles['text']}>
          A clear call: <SideTag side={judgement.verdict} />{' '}
          {percent(judgement.probabilities[judgement.leading])}, both sides looked at.
        </span>
        <Button variant="primary" keys={TRIAGE_KEYS.accept} onPress={onAccept}>
          Accept verdict
        </Button>
      </div>
    );
  if (accepted === null) return null;
  const minute = minutesBetween(state.scope.onset, accepted.at);
  return (
    <div className={styles['bar']} data-side={accepted.verdict}>
      <span className={styles['text']}>
        Accepted: <SideTag side={accepted.verdict} /> by {accepted.by}, {sinceOnset(minute)}
        {accepted.verdict !== accepted.engine.verdict && ` (overruled, “${accepted.reason}”)`}
        {standing === 'turned' && (
          <>
            . The answers now say <SideTag side={judgement.verdict} />.
          </>
        )}
      </span>
      {standing === 'turned' && (
        <Button variant="primary" keys={TRIAGE_KEYS.accept} onPress={onAccept}>
          Accept the new verdict
        </Button>
      )}
      <Button
        keys="g p"
        onPress={() => {
          navigate({ view: 'incident', id: state.id, tab: 'escalation' });
        }}
      >
        Escalation
      </Button>
    </div>
  );
}
