import type { ReactNode } from 'react';
import { jsonPath } from '../../../../main/core/playbook/fault.ts';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/checkbox-group.tsx';
import { Select } from '../../../components/select.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { TokenField } from '../../../components/token-field.tsx';
import styles from './fields.module.css';
import { useEditor } from './editor-store.ts';
import {
  appendAt,
  getAt,
  listAt,
  moveAt,
  removeAt,
  textAt,
  textsAt,
  type Json,
  type Path,
} from './json-edit.ts';
import { faultsAt } from './sections.ts';

/** A field of the document: where it stands and what it is called. */
interface FieldProps {
  readonly path: Path;
  readonly label: string;
  readonly hint?: string;
}

/** What the linter says of a place, in one line; null when nothing. */
function useFault(path: Path): string | null {
  const place = jsonPath(...path);
  const faults = useEditor((store) => store.examination?.faults);
  const here = faultsAt(faults ?? [], place);
  return here.length === 0 ? null : here.map(({ message }) => message).join(' ');
}

/** One text, on one line or several. An optional one that is emptied goes out of the document. */
export function TextAt({
  path,
  label,
  hint,
  lines = 1,
  mono = false,
  optional = false,
}: FieldProps & {
  readonly lines?: number;
  readonly mono?: boolean;
  readonly optional?: boolean;
}): ReactNode {
  const value = useEditor((store) => textAt(store.document, path));
  const set = useEditor((store) => store.set);
  const fault = useFault(path);
  return (
    <div data-path={jsonPath(...path)} className={styles['field']}>
      <TextField
        label={label}
        lines={lines}
        mono={mono}
        value={value}
        fault={fault}
        {...(hint !== undefined && { description: hint })}
        onChange={(text) => {
          set(path, optional && text === '' ? undefined : text);
        }}
      />
    </div>
  );
}

/** One number. What is typed and is none stands in the document as typed, so that the linter says so. */
export function NumberAt({
  path,
  label,
  hint,
  optional = false,
}: FieldProps & { readonly optional?: boolean }): ReactNode {
  const value = useEditor((store) => getAt(store.document, path));
  const set = useEditor((store) => store.set);
  const fault = useFault(path);
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return (
    <div data-path={jsonPath(...path)} className={styles['number']}>
      <TextField
        label={label}
        value={text}
        inputMode="decimal"
        fault={fault}
        {...(hint !== undefined && { description: hint })}
        onChange={(typed) => {
          const plain = typed.trim().replace(',', '.').replace('−', '-');
          const number = Number(plain);
          const isNumber = /^-?\d+(\.\d+)?$/.test(plain) && Number.isFinite(number);
          set(path, optional && plain === '' ? undefined : isNumber ? number : typed);
        }}
      />
    </div>
  );
}

/** One of several. */
export function SelectAt<T extends string>({
  path,
  label,
  items,
  none,
}: FieldProps & {
  readonly items: readonly { readonly id: T; readonly label: string }[];
  /** What no choice is called, where there may be none. */
  readonly none?: string;
}): ReactNode {
  const value = useEditor((store) => textAt(store.document, path));
  const set = useEditor((store) => store.set);
  const fault = useFault(path);
  const known = items.some(({ id }) => id === value) || value === '';
  const offered = [
    ...(none === undefined ? [] : [{ id: '', label: none }]),
    ...items,
    ...(known ? [] : [{ id: value, label: `${value} (not there)` }]),
  ];
  return (
    <div data-path={jsonPath(...path)} className={styles['field']}>
      <Select<string>
        label={label}
        items={offered}
        value={value}
        onChange={(id) => {
          set(path, id === '' ? undefined : id);
        }}
      />
      <FaultLine fault={fault} />
    </div>
  );
}

export function CheckAt({ path, label }: FieldProps): ReactNode {
  const value = useEditor((store) => getAt(store.document, path) === true);
  const set = useEditor((store) => store.set);
  return (
    <div data-path={jsonPath(...path)}>
      <Checkbox
        isSelected={value}
        onChange={(isSelected) => {
          set(path, isSelected);
        }}
      >
        {label}
      </Checkbox>
    </div>
  );
}

/** Several names. */
export function TokensAt({
  path,
  label,
  hint,
  suggestions = [],
}: FieldProps & { readonly suggestions?: readonly string[] }): ReactNode {
  const document = useEditor((store) => store.document);
  const set = useEditor((store) => store.set);
  const fault = useFault(path);
  return (
    <div data-path={jsonPath(...path)} className={styles['field']}>
      <TokenField
        label={label}
        {...(hint !== undefined && { hint })}
        suggestions={suggestions.map((name) => ({ name, also: [] }))}
        value={textsAt(document, path)}
        onChange={(value) => {
          set(path, [...value]);
        }}
      />
      <FaultLine fault={fault} />
    </div>
  );
}

/** A list whose items have fields of their own: added at the end, moved, removed. */
export function ListAt({
  path,
  label,
  item,
  nameOf,
  blank,
  addLabel,
}: FieldProps & {
  readonly item: (path: Path) => ReactNode;
  readonly nameOf: (at: number) => string;
  readonly blank: () => Json;
  readonly addLabel: string;
}): ReactNode {
  const count = useEditor((store) => listAt(store.document, path).length);
  const change = useEditor((store) => store.change);
  const fault = useFault(path);
  return (
    <section className={styles['list']} aria-label={label} data-path={jsonPath(...path)}>
      <h2 className={styles['heading']}>{label}</h2>
      <FaultLine fault={fault} />
      {Array.from({ length: count }, (_, at) => (
        <fieldset key={at} className={styles['item']} data-path={jsonPath(...path, at)}>
          <legend className={styles['legend']}>{nameOf(at)}</legend>
          {item([...path, at])}
          <div className={styles['moves']}>
            <Button
              variant="quiet"
              aria-label={`Move ${nameOf(at)} up`}
              isDisabled={at === 0}
              onPress={() => {
                change((document) => moveAt(document, path, at, -1));
              }}
            >
              ↑
            </Button>
            <Button
              variant="quiet"
              aria-label={`Move ${nameOf(at)} down`}
              isDisabled={at === count - 1}
              onPress={() => {
                change((document) => moveAt(document, path, at, 1));
              }}
            >
              ↓
            </Button>
            <Button
              variant="quiet"
              aria-label={`Remove ${nameOf(at)}`}
              onPress={() => {
                change((document) => removeAt(document, path, at));
              }}
            >
              Remove
            </Button>
          </div>
        </fieldset>
      ))}
      <div>
        <Button
          onPress={() => {
            change((document) => appendAt(document, path, blank()));
          }}
        >
          {addLabel}
        </Button>
      </div>
    </section>
  );
}

/** Fields side by side. */
export function Row({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={styles['row']}>{children}</div>;
}

export function FaultLine({ fault }: { readonly fault: string | null }): ReactNode {
  return fault === null ? null : <p className={styles['fault']}>{fault}</p>;
}
