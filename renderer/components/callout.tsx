import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';
import { Button } from './button.tsx';
import styles from './callout.module.css';

export interface CalloutProps {
  /** `fault`: something was not done; announced at once. `notice`: worth knowing; announced politely. */
  readonly kind: 'fault' | 'notice';
  readonly children: ReactNode;
  /** What to do about it. */
  readonly action?: ReactNode;
  readonly onDismiss?: () => void;
}

/** One sentence in plain sight that says what is wrong and what to do. */
export function Callout({ kind, children, action, onDismiss }: CalloutProps): ReactNode {
  return (
    <div className={cx(styles['callout'], styles[kind])} role={kind === 'fault' ? 'alert' : 'status'}>
      <span className={styles['shape']} aria-hidden="true">
        {kind === 'fault' ? '■' : '▲'}
      </span>
      <div className={styles['text']}>{children}</div>
      {action}
      {onDismiss !== undefined && (
        <Button variant="quiet" onPress={onDismiss}>
          Dismiss
        </Button>
      )}
    </div>
  );
}
