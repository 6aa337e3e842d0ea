import type { ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { cx } from '../lib/cx.ts';
import styles from './choice.module.css';
import fieldStyles from './field.module.css';

export interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly items: readonly { readonly id: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly className?: string | undefined;
}

/** One of a few, all in sight, side by side; the arrow keys move between them. */
export function Choice<T extends string>({
  label,
  items,
  value,
  onChange,
  className,
}: ChoiceProps<T>): ReactNode {
  return (
    <RadioGroup
      className={cx(fieldStyles['field'], className)}
      orientation="horizontal"
      value={value}
      onChange={(chosen) => {
        const item = items.find((one) => one.id === chosen);
        if (item !== undefined) onChange(item.id);
      }}
    >
      <Label className={cx(fieldStyles['label'])}>{label}</Label>
      <div className={styles['items']}>
        {items.map((item) => (
          <Radio key={item.id} value={item.id} className={cx(styles['item'])}>
            {item.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
