import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import {
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Tag,
  TagGroup,
  TagList,
  Button as AriaButton,
} from 'react-aria-components';
import { cx } from '../lib/cx.ts';
import { matchSuggestions, type Suggestion } from '../lib/suggestions.ts';
import fieldStyles from './field.module.css';
import selectStyles from './select.module.css';
import styles from './token-field.module.css';

export type { Suggestion };

export interface TokenFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly suggestions: readonly Suggestion[];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** Several names: chosen from suggestions or typed, each followed by Enter or a comma. Backspace takes the last back. */
export function TokenField({ label, hint, suggestions, value, onChange }: TokenFieldProps): ReactNode {
  const [text, setText] = useState('');
  // Enter on a suggestion in focus is the list's; without one it is what was typed.
  const inFocus = useRef(false);
  const offered = matchSuggestions(
    suggestions.filter(({ name }) => !value.includes(name)),
    text,
  );

  const add = (typed: string): void => {
    const names = typed
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    setText('');
    const fresh = names.filter((name, at) => !value.includes(name) && names.indexOf(name) === at);
    if (fresh.length > 0) onChange([...value, ...fresh]);
  };

  const handleKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    inFocus.current = event.currentTarget.getAttribute('aria-activedescendant') !== null;
    if ((event.key === 'Enter' && text.trim() !== '' && !inFocus.current) || event.key === ',') {
      event.preventDefault();
      add(text);
    } else if (event.key === 'Backspace' && text === '' && value.length > 0) {
      onChange(value.slice(0, -1));
    }
  };

  return (
    <div className={fieldStyles['field']}>
      <ComboBox
        className={cx(fieldStyles['field'])}
        items={offered}
        inputValue={text}
        onInputChange={setText}
        value={null}
        onChange={(key) => {
          if (typeof key === 'string') add(key);
        }}
        allowsCustomValue
        menuTrigger="input"
        onBlur={() => {
          add(text);
        }}
      >
        <Label className={cx(fieldStyles['label'])}>{label}</Label>
        <Input
          className={cx(fieldStyles['input'])}
          onKeyDownCapture={handleKey}
          {...(hint !== undefined && { placeholder: hint })}
        />
        <Popover className={cx(selectStyles['popover'])} offset={4}>
          <ListBox<Suggestion> className={cx(selectStyles['list'])}>
            {(item) => (
              <ListBoxItem id={item.name} textValue={item.name} className={cx(selectStyles['item'])}>
                <span>{item.name}</span>
                {item.also[0] !== undefined && <span className={styles['also']}>{item.also[0]}</span>}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      {value.length > 0 && (
        <TagGroup
          aria-label={label}
          selectionMode="none"
          onRemove={(keys) => {
            onChange(value.filter((name) => !keys.has(name)));
          }}
        >
          <TagList className={cx(styles['tags'])} items={value.map((name) => ({ name }))}>
            {({ name }) => (
              <Tag id={name} textValue={name} className={cx(styles['tag'])}>
                {name}
                <AriaButton slot="remove" className={cx(styles['remove'])} aria-label={`Remove ${name}`}>
                  ×
                </AriaButton>
              </Tag>
            )}
          </TagList>
        </TagGroup>
      )}
    </div>
  );
}
