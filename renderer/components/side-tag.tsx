import type { ReactNode } from 'react';
import type { VerdictLabel } from '../../main/core/sides.ts';
import { cx } from '../lib/cx.ts';
import { SIDE_WORDS } from '../lib/words.ts';
import styles from './side-tag.module.css';

/** Left of the line, right of it, on it, below it, or not yet anywhere. */
const SHAPES: Readonly<Record<VerdictLabel, string>> = {
  provider: '◀',
  customer: '▶',
  shared: '◆',
  third_party: '▼',
  inconclusive: '–',
};

/** A side of the line as shape, colour and word. `word` replaces the usual one. */
export function SideTag({ side, word }: { readonly side: VerdictLabel; readonly word?: string }): ReactNode {
  return (
    <span className={cx(styles['tag'], styles[side])}>
      <span className={styles['shape']} aria-hidden="true">
        {SHAPES[side]}
      </span>
      {word ?? SIDE_WORDS[side]}
    </span>
  );
}
