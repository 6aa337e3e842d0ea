import { useEffect, type ReactNode } from 'react';
import type { IncidentView, VerdictMomentView } from '../../../preload/contract/views.ts';
import { Callout } from '../../components/callout.tsx';
import { SideTag } from '../../components/side-tag.tsx';
import { Table } from '../../components/table.tsx';
import { percent, sinceOnset } from '../../lib/format.ts';
import { SIDE_WORDS } from '../../lib/words.ts';
import { useHistory } from './history-store.ts';
import styles from './history.module.css';
import { HistoryPicture } from './history-picture.tsx';
import { movedBy, SIDES } from './moves.ts';

/** How the probabilities moved since the incident was declared: as a picture over time, and the same as a table. */
export function History({ view }: { readonly view: IncidentView }): ReactNode {
  const { id, entries } = view.state;
  const { moments, fault, load } = useHistory();
  useEffect(() => {
    void load(id);
  }, [id, entries, load]);
  return (
    <section aria-labelledby="history">
      <h2 id="history" className={styles['heading']}>
        How the probabilities moved
      </h2>
      {fault !== null && <Callout kind="fault">{fault}</Callout>}
      {moments === null ? (
        <p className={styles['muted']}>Reading the trail…</p>
      ) : (
        <>
          <p className={styles['muted']}>
            What was held at each moment, judged by what was known then. The table says the same.
          </p>
          {moments.length > 1 && (
            <HistoryPicture moments={moments} declareAt={view.playbook.thresholds.declare} />
          )}
          <div className={styles['scroll']} tabIndex={0} role="group" aria-label="The moments as a table">
            <Numbers moments={moments} />
          </div>
        </>
      )}
    </section>
  );
}

function Numbers({ moments }: { readonly moments: readonly VerdictMomentView[] }): ReactNode {
  return (
    <Table
      columns={[
        'No.',
        'Since onset',
        'What happened',
        'Moved most',
        ...SIDES.map((side) => SIDE_WORDS[side]),
        'Verdict',
      ]}
      dense
      className={styles['table']}
    >
      <tbody>
        {moments.map((moment, at) => {
          const moved = movedBy(moments[at - 1], moment);
          return (
            <tr key={at}>
              <td>{at}</td>
              <td>{sinceOnset(moment.minute)}</td>
              <td className={styles['what']}>{moment.what}</td>
              <td>
                {moved === null ? (
                  <span className={styles['muted']}>nothing</span>
                ) : (
                  <>
                    +{moved.points} <SideTag side={moved.side} />
                  </>
                )}
              </td>
              {SIDES.map((side) => (
                <td key={side}>{percent(moment.probabilities[side])}</td>
              ))}
              <td>{moment.declared ? <SideTag side={moment.verdict} /> : 'inconclusive'}</td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
