import type { ReactNode, Ref } from 'react';
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import { cx } from '../lib/cx.ts';
import styles from './field.module.css';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: string;
  /** Below the field, read out with it. */
  readonly description?: ReactNode;
  /** What is wrong with the content, in one sentence; marks the field as invalid. */
  readonly fault?: string | null;
  /** Number of lines; more than one makes it a text area. */
  readonly lines?: number;
  readonly mono?: boolean;
  readonly placeholder?: string;
  readonly className?: string | undefined;
  readonly inputRef?: Ref<HTMLInputElement & HTMLTextAreaElement>;
}

/** One line of text or several, with its label, hint and fault. */
export function TextField({
  label,
  description,
  fault = null,
  lines = 1,
  mono = false,
  placeholder,
  className,
  inputRef,
  ...rest
}: TextFieldProps): ReactNode {
  const common = {
    className: cx(styles['input'], mono && styles['mono']),
    ...(placeholder !== undefined && { placeholder }),
    ...(inputRef !== undefined && { ref: inputRef }),
  };
  return (
    <AriaTextField {...rest} className={cx(styles['field'], className)} isInvalid={fault !== null}>
      <Label className={cx(styles['label'])}>{label}</Label>
      {lines > 1 ? <TextArea {...common} rows={lines} /> : <Input {...common} />}
      {description !== undefined && (
        <Text slot="description" className={cx(styles['hint'])}>
          {description}
        </Text>
      )}
      <FieldError className={cx(styles['fault'])}>{fault}</FieldError>
    </AriaTextField>
  );
}
