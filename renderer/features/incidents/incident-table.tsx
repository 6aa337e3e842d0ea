import type { ReactNode } from 'react';
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';
import type { IncidentSummary } from '../../../preload/contract/views.ts';
import { SideTag } from '../../components/side-tag.tsx';
import { Time } from '../../components/time.tsx';
import { cx } from '../../lib/cx.ts';
import { age, countdown, percent } from '../../lib/format.ts';
import { epochMs } from '../../../main/core/instants.ts';
import { navigate } from '../../lib/navigation.ts';
import { useNow } from '../../lib/now.ts';
import { PROVIDER_WORDS, SIDE_WORDS } from '../../lib/words.ts';
import { inOrder } from './order.ts';
import styles from './incident-table.module.css';
import type { Instant } from '../../../main/core/time.ts';

/** The incidents as a table: arrow keys move, Enter opens. */
export function IncidentTable({ incidents }: { readonly incidents: readonly IncidentSummary[] }): ReactNode {
  const now = useNow(null);
  return (
    <div className={styles['scroll']}>
      <Table
        aria-label="Incidents"
        className={cx(styles['table'])}
        selectionMode="none"
        onRowAction={(id) => {
          navigate({ view: 'incident', id: String(id), tab: 'triage' });
        }}
      >
        <TableHeader className={cx(styles['header'])}>
          <Column className={cx(styles['column'])}>Reference</Column>
          <Column className={cx(styles['column'], styles['wide'])} isRowHeader>
            Title
          </Column>
          <Column className={cx(styles['column'])}>Severity</Column>
          <Column className={cx(styles['column'])}>Onset</Column>
          <Column className={cx(styles['column'])}>Verdict</Column>
          <Column className={cx(styles['column'])}>Due</Column>
        </TableHeader>
        <TableBody>
          {inOrder(incidents).map((incident) => (
            <Row key={incident.id} id={incident.id} className={cx(styles['row'])}>
              <Cell className={cx(styles['cell'])}>
                <span className={styles['reference']}>{incident.reference}</span>
                <span className={styles['mode']} data-mode={incident.mode}>
                  {incident.mode === 'drill' ? 'DRILL' : 'LIVE'}
                </span>
              </Cell>
              <Cell className={cx(styles['cell'], styles['wide'])}>
                <span className={styles['title']}>{incident.title}</span>
                <span className={styles['second']}>
                  {PROVIDER_WORDS[incident.provider]}
                  {incident.status === 'closed' && ' · closed'}
                </span>
              </Cell>
              <Cell className={cx(styles['cell'])}>SEV {incident.severity}</Cell>
              <Cell className={cx(styles['cell'])}>
                <Time at={incident.onset} withDate />
                <span className={styles['second']}>
                  {incident.mode === 'drill' ? 'on the drill’s clock' : age(incident.onset, now)}
                </span>
              </Cell>
              <Cell className={cx(styles['cell'])}>
                <Verdict incident={incident} />
              </Cell>
              <Cell className={cx(styles['cell'])}>
                <Due incident={incident} now={now} />
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function Verdict({ incident }: { readonly incident: IncidentSummary }): ReactNode {
  const { verdict, probabilities, accepted } = incident;
  if (verdict === null) return <span className={styles['none']}>not judged yet</span>;
  const chance =
    probabilities === null || verdict === 'inconclusive' ? '' : ` ${percent(probabilities[verdict])}`;
  return (
    <>
      <SideTag side={verdict} word={`${SIDE_WORDS[verdict]}${chance}`} />
      <span className={styles['second']}>{accepted ? 'accepted' : 'not accepted'}</span>
    </>
  );
}

function Due({ incident, now }: { readonly incident: IncidentSummary; readonly now: Instant }): ReactNode {
  const { due, status, mode } = incident;
  if (due === null || status === 'closed') return <span className={styles['none']}>nothing due</span>;
  // A drill's deadlines lie on its own clock, which only its own view knows.
  if (mode === 'drill') return <span>{due.title}</span>;
  const left = epochMs(due.at) - epochMs(now);
  return (
    <>
      <span className={styles['due']} data-overdue={left <= 0}>
        {left <= 0 ? `■ Overdue by ${countdown(left)}` : `${countdown(left)} left`}
      </span>
      <span className={styles['second']}>{due.title}</span>
    </>
  );
}
