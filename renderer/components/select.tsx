import type { ReactNode } from 'react';
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components';
import { cx } from '../lib/cx.ts';
import fieldStyles from './field.module.css';
import styles from './select.module.css';

export interface SelectProps<T extends string> {
  readonly label: string;
  readonly items: readonly { readonly id: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly className?: string | undefined;
  readonly isDisabled?: boolean;
}

/** One choice of several, as a list that opens below. */
export function Select<T extends string>({
  label,
  items,
  value,
  onChange,
  className,
  isDisabled = false,
}: SelectProps<T>): ReactNode {
  return (
    <AriaSelect
      className={cx(fieldStyles['field'], className)}
      isDisabled={isDisabled}
      value={value}
      onChange={(key) => {
        const item = items.find((one) => one.id === key);
        if (item !== undefined) onChange(item.id);
      }}
    >
      <Label className={cx(fieldStyles['label'])}>{label}</Label>
      <Button className={cx(fieldStyles['input'], styles['button'])}>
        <SelectValue className={cx(styles['value'])} />
        <span aria-hidden="true">▾</span>
      </Button>
      <Popover className={cx(styles['popover'])} offset={4}>
        <ListBox className={cx(styles['list'])} items={items}>
          {(item) => (
            <ListBoxItem id={item.id} textValue={item.label} className={cx(styles['item'])}>
              {item.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
