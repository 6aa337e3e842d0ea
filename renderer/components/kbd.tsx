import type { ReactNode } from 'react';
import { keyCaps } from '../lib/keys.ts';
import styles from './kbd.module.css';

/** Keys as they stand on the keyboard. Hidden from screen readers: the control's own name comes first. */
export function Kbd({ keys }: { readonly keys: string }): ReactNode {
  return (
    <span className={styles['keys']} aria-hidden="true">
      {keyCaps(keys).map((cap, at) => (
        <kbd key={at} className={styles['cap']}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}
