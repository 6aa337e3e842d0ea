import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { cx } from '../lib/cx.ts';
import styles from './button.module.css';
import { Kbd } from './kbd.tsx';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  /** `primary`: the one thing to do next. `answer`: 48 px high, one of a check's answers. `quiet`: without a border. */
  readonly variant?: 'plain' | 'primary' | 'quiet' | 'danger' | 'answer';
  /** The shortcut to show beside the label, in tinykeys' grammar; registering it is the command registry's work. */
  readonly keys?: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A button of at least 32 px. */
export function Button({ variant = 'plain', keys, className, children, ...rest }: ButtonProps): ReactNode {
  return (
    <AriaButton {...rest} className={cx(styles['button'], styles[variant], className)}>
      {variant === 'answer' && keys !== undefined && <Kbd keys={keys} />}
      <span className={styles['label']}>{children}</span>
      {variant !== 'answer' && keys !== undefined && <Kbd keys={keys} />}
    </AriaButton>
  );
}
