import type { ReactNode } from 'react';
import type { Escalation } from '../../../main/core/escalation/escalation.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Table } from '../../components/table.tsx';
import { Time } from '../../components/time.tsx';
import { sinceOnset } from '../../lib/format.ts';
import { minutesBetween } from '../../../main/core/instants.ts';
import { OUTCOMES } from './outcomes.ts';
import styles from './page-history.module.css';

/** Every attempt to reach somebody, newest first, with who recorded it and when. */
export function PageHistory({
  view,
  escalation,
}: {
  readonly view: IncidentView;
  readonly escalation: Escalation;
}): ReactNode {
  if (escalation.pages.length === 0) return null;
  const { onset } = view.state.scope;
  return (
    <section aria-labelledby="page-history">
      <h2 id="page-history" className={styles['title']}>
        Attempts
      </h2>
      <Table columns={['When', 'Since onset', 'Level', 'Whom', 'What came of it', 'Recorded by']}>
        <tbody>
          {escalation.pages.toReversed().map((page) => (
            <tr key={page.id}>
              <td>
                <Time at={page.at} />
              </td>
              <td>{sinceOnset(minutesBetween(onset, page.at))}</td>
              <td>{escalation.levels.find(({ id }) => id === page.levelId)?.title ?? page.levelId}</td>
              <td>{page.contactName}</td>
              <td>
                {OUTCOMES.find(({ outcome }) => outcome === page.outcome)?.past ?? page.outcome}
                {page.note !== '' && `: ${page.note}`}
              </td>
              <td>{page.by}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
