import type { ReactNode } from 'react';
import { jsonPath } from '../../../../main/core/playbook/fault.ts';
import { Button } from '../../../components/button.tsx';
import { CheckboxGroup } from '../../../components/checkbox-group.tsx';
import { Select } from '../../../components/select.tsx';
import { useEditor } from './editor-store.ts';
import { FaultLine, Row } from './fields.tsx';
import styles from './fields.module.css';
import { appendAt, getAt, listAt, removeAt, textAt, textsAt, type Path } from './json-edit.ts';
import { useKnownChecks, type KnownCheck } from './known.ts';

const HOW = [
  { id: 'is', label: 'is one of' },
  { id: 'isNot', label: 'is none of' },
] as const;

/** Conditions that must all hold: a check, and the answers that satisfy or refuse it. */
export function ConditionsAt({ path, label }: { readonly path: Path; readonly label: string }): ReactNode {
  const count = useEditor((store) => listAt(store.document, path).length);
  const change = useEditor((store) => store.change);
  const faults = useEditor((store) => store.examination?.faults) ?? [];
  const place = jsonPath(...path);
  const here = faults.filter((fault) => fault.path.startsWith(place));
  const checks = useKnownChecks();
  return (
    <div className={styles['conditions']} data-path={place}>
      <span className={styles['legend']}>
        {label}
        {count === 0 && ': always'}
      </span>
      {Array.from({ length: count }, (_, at) => (
        <ConditionAt
          key={at}
          path={[...path, at]}
          checks={checks}
          onRemove={() => {
            change((document) => removeAt(document, path, at));
          }}
        />
      ))}
      <FaultLine fault={here.length === 0 ? null : here.map(({ message }) => message).join(' ')} />
      <div>
        <Button
          variant="quiet"
          aria-label={`${label}: add a condition`}
          onPress={() => {
            change((document) => appendAt(document, path, { check: checks[0]?.id ?? '', is: [] }));
          }}
        >
          Add a condition
        </Button>
      </div>
    </div>
  );
}

function ConditionAt({
  path,
  checks,
  onRemove,
}: {
  readonly path: Path;
  readonly checks: readonly KnownCheck[];
  readonly onRemove: () => void;
}): ReactNode {
  const condition = useEditor((store) => getAt(store.document, path));
  const set = useEditor((store) => store.set);
  const id = textAt(condition, ['check']);
  const how = getAt(condition, ['isNot']) === undefined ? 'is' : 'isNot';
  const answers = textsAt(condition, [how]);
  const check = checks.find((one) => one.id === id);
  return (
    <div className={styles['condition']}>
      <Row>
        <Select
          label="Check"
          className={styles['field']}
          items={[
            ...(check === undefined ? [{ id, label: `${id} (not there)` }] : []),
            ...checks.map((one) => ({ id: one.id, label: one.label })),
          ]}
          value={id}
          onChange={(next) => {
            set(path, { check: next, [how]: [] });
          }}
        />
        <Select
          label="Answer"
          className={styles['number']}
          items={HOW}
          value={how}
          onChange={(next) => {
            set(path, { check: id, [next]: answers });
          }}
        />
        <Button variant="quiet" aria-label="Remove this condition" onPress={onRemove}>
          Remove
        </Button>
      </Row>
      <CheckboxGroup
        label="Answers"
        items={[
          ...(check?.answers ?? []).filter((answer) => answer.id !== 'could_not_check'),
          ...answers
            .filter((answer) => check?.answers.some((one) => one.id === answer) !== true)
            .map((answer) => ({ id: answer, label: `${answer} (not there)` })),
        ]}
        value={answers}
        onChange={(next) => {
          set(path, { check: id, [how]: [...next] });
        }}
      />
    </div>
  );
}
