import type { ReactNode } from 'react';
import type { LogRecord } from '../../../main/core/evidence/model.ts';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Time } from '../../components/time.tsx';
import { sinceOnset } from '../../lib/format.ts';
import { epochMs } from '../../../main/core/instants.ts';
import styles from './logs-view.module.css';
import { flagWords, isRecordAttached } from './record-words.ts';

/** Everything that one record says. */
export function RecordDetail({
  view,
  record,
}: {
  readonly view: IncidentView;
  readonly record: LogRecord | null;
}): ReactNode {
  if (record === null)
    return (
      <aside className={styles['detail']} aria-label="Record" tabIndex={0}>
        <p className={styles['muted']}>Choose a record with the arrow keys to read all of it.</p>
      </aside>
    );
  const minutes = (epochMs(record.at) - epochMs(view.state.scope.onset)) / 60_000;
  return (
    <aside className={styles['detail']} aria-label="Record" aria-live="polite" tabIndex={0}>
      <h2 className={styles['title']}>{record.name}</h2>
      <p>
        <strong>{sinceOnset(minutes)}</strong> <Time at={record.at} withDate />
      </p>
      {isRecordAttached(view, record) && <p className={styles['attached']}>● attached as evidence</p>}
      {record.flags.map((flag) => (
        <p key={flag} className={styles['flag']}>
          ▲ {flagWords(flag)}
        </p>
      ))}
      {record.detail !== '' && <p>{record.detail}</p>}
      <dl className={styles['fields']}>
        {fieldsOf(record).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles['copy']}>
        <span className={styles['muted']}>The record as JSON</span>
        <CopyButton text={JSON.stringify(record, null, 2)} what="the record as JSON" />
      </div>
    </aside>
  );
}

function fieldsOf(record: LogRecord): (readonly [name: string, value: string])[] {
  const { readOnly } = record;
  const fields: readonly (readonly [name: string, value: string])[] = [
    ['principal', record.principal],
    ['actor', record.actor],
    ['source', record.source],
    ['region', record.region],
    ['account', record.account],
    ['resource', record.resources.join('\n')],
    ['error', [record.errorCode, record.errorMessage].filter((part) => part !== null).join(': ')],
    ['only reads', readOnly === null ? 'the record does not say' : readOnly ? 'yes' : 'no'],
    ['address', record.sourceIp],
    ['agent', record.userAgent],
    ['id', record.id],
  ];
  return fields.filter(([, value]) => value !== '');
}
