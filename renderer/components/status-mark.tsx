import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import type { Status } from '../lib/feed-words.ts';
import styles from './status-mark.module.css';

const SHAPES: Readonly<Record<Status, string>> = {
  fine: '●',
  degraded: '▲',
  outage: '■',
  silent: '○',
  could_not_check: '?',
};

const WORDS: Readonly<Record<Status, string>> = {
  fine: 'fine',
  degraded: 'degraded',
  outage: 'outage',
  silent: 'silent',
  could_not_check: 'could not check',
};

/** A state as shape, colour and word. `word` replaces the usual one; `''` only where the same word stands beside it. */
export function StatusMark({ status, word }: { readonly status: Status; readonly word?: string }): ReactNode {
  const text = word ?? WORDS[status];
  return (
    <span className={cx(styles['mark'], styles[status])}>
      <span className={styles['shape']} aria-hidden="true">
        {SHAPES[status]}
      </span>
      {text !== '' && <span className={styles['word']}>{text}</span>}
    </span>
  );
}
