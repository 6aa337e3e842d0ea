import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  CheckboxGroup as AriaCheckboxGroup,
  Label,
  type CheckboxProps as AriaCheckboxProps,
} from 'react-aria-components';
import { cx } from '../lib/cx.ts';
import styles from './checkbox-group.module.css';
import fieldStyles from './field.module.css';
import { Kbd } from './kbd.tsx';

export interface CheckboxProps extends Omit<AriaCheckboxProps, 'className' | 'style' | 'children'> {
  readonly children: ReactNode;
  readonly keys?: string;
}

/** A single box with its label; alone or in a `CheckboxGroup`, where it has a `value`. */
export function Checkbox({ children, keys, ...rest }: CheckboxProps): ReactNode {
  return (
    <AriaCheckbox {...rest} className={cx(styles['checkbox'])}>
      <span className={styles['box']} aria-hidden="true" />
      {keys !== undefined && <Kbd keys={keys} />}
      <span>{children}</span>
    </AriaCheckbox>
  );
}

export interface CheckboxGroupProps<T extends string> {
  readonly label: string;
  readonly items: readonly {
    readonly id: T;
    readonly label: string;
    readonly keys?: string;
    readonly isDisabled?: boolean;
  }[];
  readonly value: readonly T[];
  readonly onChange: (value: readonly T[]) => void;
  readonly className?: string | undefined;
}

/** Any number of several choices. */
export function CheckboxGroup<T extends string>({
  label,
  items,
  value,
  onChange,
  className,
}: CheckboxGroupProps<T>): ReactNode {
  return (
    <AriaCheckboxGroup
      className={cx(fieldStyles['field'], className)}
      value={[...value]}
      onChange={(chosen) => {
        onChange(items.filter((item) => chosen.includes(item.id)).map((item) => item.id));
      }}
    >
      <Label className={cx(fieldStyles['label'])}>{label}</Label>
      <div className={styles['items']}>
        {items.map((item) => (
          <Checkbox
            key={item.id}
            value={item.id}
            isDisabled={item.isDisabled ?? false}
            {...(item.keys !== undefined && { keys: item.keys })}
          >
            {item.label}
          </Checkbox>
        ))}
      </div>
    </AriaCheckboxGroup>
  );
}
