import { useState, type ReactNode } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import type { RankedChange } from '../../../main/core/evidence/model.ts';
import type { CustomerSide, IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Time } from '../../components/time.tsx';
import { duration } from '../../lib/format.ts';
import { changesRanked, changesUnknown, noChangeSeen } from '../../lib/looked-words.ts';
import { AttachMark } from './attach-mark.tsx';
import styles from './evidence-view.module.css';
import { flagWords, isRecordAttached } from './record-words.ts';
import { useAttachToIncident } from './use-attach-to-incident.ts';
import { isAtRest } from '../../lib/at-rest.ts';

/** How many changes are shown at first; the rest is one press away. */
const FIRST = 10;
/** Of a policy taken from a role both have to be in sight, whichever the record names first. */
const SHOWN_RESOURCES = 3;

/** What changed on our side before onset, nearest and riskiest first, each with why it stands there. */
export function Changes({
  view,
  side,
}: {
  readonly view: IncidentView;
  readonly side: CustomerSide;
}): ReactNode {
  const [all, showAll] = useState(false);
  const attach = useAttachToIncident(view.state.id);
  const { changes } = side;
  const { onset } = view.state.scope;
  const shown = all ? changes : changes.slice(0, FIRST);
  const isOpen = !isAtRest(view.state);
  return (
    <section aria-labelledby="changes">
      <h2 id="changes" className={styles['heading']}>
        Changes before onset <span className={styles['muted']}>nearest and riskiest first</span>
      </h2>
      {changes.length === 0 && (
        <p className={styles['sentence']}>
          {changesUnknown(side, onset) ?? `${noChangeSeen(side, onset)} in these logs.`}
        </p>
      )}
      <GridList
        aria-label="Changes before onset; Enter attaches one as evidence"
        className={styles['list'] ?? ''}
        onAction={(key) => {
          const change = changes.find(({ record }) => record.id === key);
          if (change !== undefined && isOpen) void attach.record(change.record.id, change.record.name);
        }}
      >
        {shown.map((change, at) => (
          <GridListItem
            key={change.record.id}
            id={change.record.id}
            textValue={change.record.name}
            className={styles['item'] ?? ''}
          >
            <Change
              change={change}
              rank={at + 1}
              attached={isRecordAttached(view, change.record)}
              isOpen={isOpen}
            />
          </GridListItem>
        ))}
      </GridList>
      {shown.length < changes.length && (
        <Button
          onPress={() => {
            showAll(true);
          }}
        >
          {changes.length === side.changesRanked.count
            ? `Show all ${changes.length}`
            : `Show ${changes.length} of ${changesRanked(side)}`}
        </Button>
      )}
    </section>
  );
}

function Change({
  change: { record, minutesBefore, kind, reasons, ambiguity, count },
  rank,
  attached,
  isOpen,
}: {
  readonly change: RankedChange;
  readonly rank: number;
  readonly attached: boolean;
  readonly isOpen: boolean;
}): ReactNode {
  return (
    <>
      <span className={styles['rank']}>{rank}</span>
      <div className={styles['before']}>
        <strong>−{duration(minutesBefore < 1 ? minutesBefore : Math.round(minutesBefore))}</strong>
        <div className={styles['small']}>
          <Time at={record.at} />
        </div>
      </div>
      <div className={styles['what']}>
        <div>
          <code className={styles['name']}>{record.name}</code>
          {count > 1 && <span className={styles['muted']}> {count} times</span>}{' '}
          <span className={styles['kind']}>{kind}</span>
          {record.flags.map((flag) => (
            <span key={flag} className={styles['flag']}>
              ▲ {flagWords(flag)}
            </span>
          ))}
        </div>
        {record.detail !== '' && <div className={styles['small']}>{record.detail}</div>}
        <div className={styles['small']}>
          {[
            record.principal || 'unknown principal',
            record.region,
            ...record.resources.slice(0, SHOWN_RESOURCES),
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </div>
        <div className={styles['small']}>
          {reasons.filter((reason) => reason !== record.detail).join(' · ')}
        </div>
        {ambiguity !== null && <div className={styles['small']}>Often harmless: {ambiguity}</div>}
      </div>
      <AttachMark attached={attached} isOpen={isOpen} />
    </>
  );
}
