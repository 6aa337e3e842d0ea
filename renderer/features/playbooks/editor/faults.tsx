import type { ReactNode } from 'react';
import { Button } from '../../../components/button.tsx';
import { Kbd } from '../../../components/kbd.tsx';
import { counted } from '../../../lib/format.ts';
import styles from './editor.module.css';
import { useEditor } from './editor-store.ts';

/** What is wrong with the draft, each with its place; pressing one leads to its field. */
export function Faults(): ReactNode {
  const examination = useEditor((store) => store.examination);
  const pending = useEditor((store) => store.pending);
  const goToFault = useEditor((store) => store.goToFault);
  if (examination === null) return <p role="status">Looking it through…</p>;
  const { faults, usable } = examination;
  return (
    <section className={styles['faults']} aria-label="Faults">
      <p className={styles['sum']} role="status" data-usable={usable}>
        {sumWords(usable, faults.length)}
        {pending && ' · looking again'}
        {faults.length > 0 && (
          <>
            {' '}
            <Kbd keys="$mod+j" />
          </>
        )}
      </p>
      <ul className={styles['faultList']}>
        {faults.map(({ path, message }, at) => (
          <li key={at}>
            <Button
              variant="quiet"
              className={styles['faultRow']}
              onPress={() => {
                goToFault(path);
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

/** Whether the draft can be used, and how much there is to mend: some faults are mended when it is read, and do no harm. */
function sumWords(usable: boolean, count: number): string {
  if (!usable) return `■ ${counted(count, 'fault')}: kept as a draft, not used`;
  return count === 0
    ? '● Nothing wrong: it can be saved'
    : `▲ ${counted(count, 'fault')} that do no harm: it can be saved`;
}
