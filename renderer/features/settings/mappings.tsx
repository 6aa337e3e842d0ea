import { useState, type ReactNode } from 'react';
import type { RowMapping } from '../../../preload/contract/mapping-views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { announce } from '../../lib/announce.ts';
import { ask, request } from '../../lib/api.ts';
import { utcDateTime } from '../../lib/format.ts';
import { remoteList } from '../../lib/remote-list.ts';
import styles from './settings-view.module.css';

const useMappings = remoteList(() => request('listMappings', {}), ['mappings']);

/** The files that are read as somebody once said. Forgetting one leaves the records as they are. */
export function Mappings(): ReactNode {
  const { items, fault } = useMappings();
  const [refused, setRefused] = useState<string | null>(null);
  const forget = async ({ number, mapping }: RowMapping): Promise<void> => {
    const done = await ask('deleteMapping', { number }, setRefused);
    if (done !== null) announce(`Forgotten: ${mapping.name}`);
  };
  const trouble = refused ?? fault;
  return (
    <section aria-labelledby="mappings">
      <h2 id="mappings" className={styles['heading']}>
        Files read as mapped by hand
      </h2>
      {trouble !== null && <Callout kind="fault">{trouble}</Callout>}
      {items?.length === 0 && (
        <p className={styles['hint']}>
          None yet. Drop a log or table that no source is known for: you are asked once which field is what.
        </p>
      )}
      <ul className={styles['mappings']}>
        {items?.map((one) => (
          <li key={one.number} className={styles['mapping']}>
            <div>
              <strong>{one.mapping.name}</strong>
              <p className={styles['hint']}>{mappingWords(one)}</p>
            </div>
            <Button aria-label={`Forget ${one.mapping.name}`} onPress={() => void forget(one)}>
              Forget
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const FORMATS = { json: 'JSON', table: 'table', text: 'text' } as const;

function mappingWords({ mapping, savedAt }: RowMapping): string {
  const { shape, time, rows } = mapping;
  return [
    FORMATS[shape.format],
    `time in ${time.field}, ${time.zone} where no zone is named`,
    rows === 'changes' ? 'changes of ours' : 'tells how things fare',
    `since ${utcDateTime(savedAt)}`,
  ].join(' · ');
}
