import type { ReactNode } from 'react';
import { Button } from '../../../components/button.tsx';
import { counted } from '../../../lib/format.ts';
import styles from './editor.module.css';
import { useEditor } from './editor-store.ts';
import { placeOfFault } from './sections.ts';

/** What is wrong with the draft, each with its place; pressing one leads to its field. */
export function Faults(): ReactNode {
  const examination = useEditor((store) => store.examination);
  const pending = useEditor((store) => store.pending);
  const { show, aim } = useEditor.getState();
  if (examination === null) return <p role="status">Looking it through…</p>;
  const { faults, usable } = examination;
  return (
    <section className={styles['faults']} aria-label="Faults">
      <p className={styles['sum']} role="status" data-usable={usable}>
        {usable
          ? '● Nothing wrong: it can be saved'
          : `■ ${counted(faults.length, 'fault')}: kept as a draft, not used`}
        {pending && ' · looking again'}
      </p>
      <ul className={styles['faultList']}>
        {faults.map(({ path, message }, at) => (
          <li key={at}>
            <Button
              variant="quiet"
              className={styles['faultRow']}
              onPress={() => {
                const { section, check } = placeOfFault(path);
                show(check === null ? { section } : { section, check });
                aim(path);
              }}
            >
              <code>{path}</code> {message}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
