import { memo, type ReactNode } from 'react';
import type { Lane, TimelineItem } from '../../../main/core/report/model.ts';
import type { Instant } from '../../../main/core/time.ts';
import { Time } from '../../components/time.tsx';
import { sinceOnset } from '../../lib/format.ts';
import { KIND_WORDS } from './rows.ts';
import styles from './lanes.module.css';

const LANE_WORDS: Readonly<Record<Lane, string>> = {
  provider: '◀ Provider',
  customer: '▶ Customer',
  line: '◆ Incident',
  third_party: '▼ Third party',
};

/** One entry in its lane, with its moment. Drawn anew only when something about it changes. */
export const EntryRow = memo(function EntryRow({
  id,
  index,
  item,
  newDay,
  isMarked,
  onChoose,
}: {
  readonly id: string;
  readonly index: number;
  readonly item: TimelineItem;
  readonly newDay: boolean;
  readonly isMarked: boolean;
  readonly onChoose: (seq: number) => void;
}): ReactNode {
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index}
      aria-selected={isMarked}
      className={styles['row']}
      data-new-day={newDay}
      onClick={() => {
        onChoose(item.seq);
      }}
    >
      <div role="gridcell" className={styles['cell']}>
        <div className={styles['moment']}>
          <strong className={styles['since']}>{sinceOnset(item.minute)}</strong>
          <Time at={item.at} />
        </div>
        <div className={styles['lane']} data-lane={item.lane}>
          <div className={styles['card']} data-lane={item.lane} data-superseded={item.superseded}>
            <div className={styles['title']}>
              {item.superseded ? <s>{item.title}</s> : item.title}
              {item.superseded && <span className={styles['muted']}> superseded</span>}
            </div>
            <div className={styles['under']}>
              {LANE_WORDS[item.lane]} · {KIND_WORDS[item.kind].toLowerCase()} · {item.actor}
              {item.detail[0] !== undefined && ` · ${item.detail[0]}`}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
});

/** The moment of onset, across all lanes. */
export function OnsetRow({ at, index }: { readonly at: Instant; readonly index: number }): ReactNode {
  return (
    <div role="row" aria-rowindex={index} className={styles['row']} data-onset>
      <div role="gridcell" className={styles['cell']}>
        <div className={styles['moment']}>
          <strong className={styles['since']}>T+0 min</strong>
          <Time at={at} />
        </div>
        <div className={styles['onset']}>
          <span>Onset</span>
        </div>
      </div>
    </div>
  );
}
