import type { ReactNode } from 'react';
import styles from './attach-mark.module.css';
import type { findingAttached } from './finding-groups.ts';

/** At the end of a row: whether it is attached, and what Enter does; the latter only on the row that one is on. */
export function AttachMark({
  attached,
  isOpen,
}: {
  readonly attached: boolean | ReturnType<typeof findingAttached>;
  /** More can be attached to the incident. */
  readonly isOpen: boolean;
}): ReactNode {
  const isEarlier = attached === 'earlier';
  const isWhole = attached === true || attached === 'as_it_stands';
  return (
    <span className={styles['mark']}>
      {isWhole && <span className={styles['attached']}>● attached</span>}
      {isEarlier && <span className={styles['earlier']}>▲ attached as it stood earlier</span>}
      {!isWhole && isOpen && (
        <span className={styles['hint']}>
          {isEarlier ? 'Enter attaches it as it stands' : 'Enter attaches'}
        </span>
      )}
    </span>
  );
}
