import type { ReactNode } from 'react';
import type { DrillScore } from '../../../main/core/incident/events.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SideTag } from '../../components/side-tag.tsx';
import { duration } from '../../lib/format.ts';
import { useIncident } from '../../lib/incident-store.ts';
import styles from './score-dialog.module.css';

/** Ends a drill, and shows what the truth was and what was done well. */
export function ScoreDialog({
  view,
  onClose,
}: {
  readonly view: IncidentView;
  readonly onClose: () => void;
}): ReactNode {
  const { busy, fault, finishDrill } = useIncident();
  const { score, accepted } = view.state;
  return (
    <Dialog
      title={score === null ? 'End the drill' : 'The drill, scored'}
      isOpen
      width="wide"
      onOpenChange={onClose}
      footer={
        score === null ? (
          <>
            <Button onPress={onClose}>Go on</Button>
            <Button variant="primary" autoFocus isPending={busy} onPress={() => void finishDrill()}>
              End it and show the truth
            </Button>
          </>
        ) : undefined
      }
    >
      {fault !== null && <Callout kind="fault">{fault}</Callout>}
      {score !== null ? (
        <Score score={score} />
      ) : (
        <p>
          {accepted === null
            ? 'No verdict has been accepted yet. Ending now counts as inconclusive.'
            : 'The verdict that was accepted is compared with the truth. After this the drill cannot go on.'}
        </p>
      )}
    </Dialog>
  );
}

function Score({ score }: { readonly score: DrillScore }): ReactNode {
  return (
    <>
      <dl className={styles['facts']}>
        <div>
          <dt>Truth</dt>
          <dd>
            <SideTag side={score.truth} />
          </dd>
        </div>
        <div>
          <dt>Verdict</dt>
          <dd>
            <SideTag side={score.verdict} />
          </dd>
        </div>
        <div>
          <dt>Result</dt>
          <dd>{score.correct ? '✓ right' : '✗ wrong'}</dd>
        </div>
        <div>
          <dt>Time to verdict</dt>
          <dd>{score.minutesToVerdict === null ? 'none accepted' : duration(score.minutesToVerdict)}</dd>
        </div>
        <div>
          <dt>Points</dt>
          <dd>
            {score.points} of {score.outOf}
          </dd>
        </div>
      </dl>
      <table className={styles['lines']}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Points</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {score.lines.map((line) => (
            <tr key={line.what}>
              <th scope="row">{line.what}</th>
              <td className={styles['points']}>
                {line.points} of {line.outOf}
              </td>
              <td>{line.why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
