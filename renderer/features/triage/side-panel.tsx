import { useEffect, useRef, type ReactNode } from 'react';
import type { Side } from '../../../main/core/sides.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../lib/cx.ts';
import styles from './side-panel.module.css';
import { useSession } from './session-store.ts';

/**
 * Detail that lies over one side of the line, never over the question. A check about the provider keeps the
 * provider's side in sight, so its detail opens over ours; every other opens over the provider's.
 */
export function SidePanel({
  title,
  about,
  children,
}: {
  readonly title: string;
  readonly about: Side;
  readonly children: ReactNode;
}): ReactNode {
  const set = useSession((session) => session.set);
  const callFocus = useSession((session) => session.callFocus);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // A list inside has taken the focus already; without one the heading does.
    const panel = heading.current?.closest('aside');
    if (panel?.contains(document.activeElement) !== true) heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <aside
      className={cx(styles['panel'], about === 'provider' ? styles['right'] : styles['left'])}
      aria-labelledby="side-panel"
    >
      <div className={styles['head']}>
        <h2 id="side-panel" ref={heading} tabIndex={-1} className={styles['title']}>
          {title}
        </h2>
        <Button
          variant="quiet"
          keys="Escape"
          onPress={() => {
            set({ panel: null });
            callFocus();
          }}
        >
          Close
        </Button>
      </div>
      <div className={styles['body']}>{children}</div>
    </aside>
  );
}
