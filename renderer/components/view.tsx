import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import styles from './view.module.css';

export interface ViewProps {
  /** The heading; the shell puts the focus on it when the view changes. */
  readonly title: string;
  /** One line under the heading. */
  readonly lead?: ReactNode;
  /** Buttons at the right of the heading. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** `page`: a column that scrolls. `fill`: the whole area; what is inside scrolls by itself. */
  readonly layout?: 'page' | 'fill';
}

/** A view with its heading. */
export function View({ title, lead, actions, children, layout = 'page' }: ViewProps): ReactNode {
  return (
    <div className={cx(styles['view'], styles[layout])}>
      <div className={styles['top']}>
        <div className={styles['words']}>
          <h1 className={styles['title']} tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <p className={styles['lead']}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}
