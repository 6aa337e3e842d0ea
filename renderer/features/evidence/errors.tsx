import type { ReactNode } from 'react';
import type { CustomerSide } from '../../../preload/contract/views.ts';
import { SideTag } from '../../components/side-tag.tsx';
import { Table } from '../../components/table.tsx';
import { Time } from '../../components/time.tsx';
import { count, counted, utcDateTime } from '../../lib/format.ts';
import { nothingLogged } from '../../lib/looked-words.ts';
import styles from './evidence-view.module.css';

/** Errors in the logs by signature: how many, when, on whose side such an error usually is. */
export function Errors({ side }: { readonly side: CustomerSide }): ReactNode {
  const { errors: groups, looked } = side;
  return (
    <section aria-labelledby="errors">
      <h2 id="errors" className={styles['heading']}>
        Errors by signature
      </h2>
      {groups.length === 0 ? (
        <p className={styles['sentence']}>
          {nothingLogged(side) ??
            `No failed call seen between ${utcDateTime(looked.from)} and ${utcDateTime(looked.to)} in these logs.`}
        </p>
      ) : (
        <Table columns={['Error', 'Times', 'Before, after onset', 'First and last', 'Usually', 'Calls']}>
          <tbody>
            {groups.map((group) => (
              <tr key={`${group.errorCode} ${group.family} ${group.first}`}>
                <td>
                  <code>{group.errorCode}</code>
                  <div className={styles['small']}>{group.note}</div>
                </td>
                <td>
                  {count(group.count)}
                  <div className={styles['small']}>{counted(group.principals, 'principal')}</div>
                </td>
                <td>
                  {count(group.before)}, {count(group.after)}
                </td>
                <td>
                  <Time at={group.first} />
                  <div>
                    <Time at={group.last} />
                  </div>
                </td>
                <td>
                  {group.side === 'either' ? (
                    <span className={styles['muted']}>either side</span>
                  ) : (
                    <SideTag side={group.side} />
                  )}
                </td>
                <td className={styles['calls']}>{group.calls.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}
