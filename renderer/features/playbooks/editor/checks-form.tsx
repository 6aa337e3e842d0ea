import type { ReactNode } from 'react';
import { Button } from '../../../components/button.tsx';
import { Select } from '../../../components/select.tsx';
import { CheckForm } from './check-form.tsx';
import { useEditor } from './editor-store.ts';
import styles from './fields.module.css';
import { getAt, isObject, listAt, removeAt, setAt, textAt, textsAt, type Json } from './json-edit.ts';

/** The document's own checks, one at a time. */
export function ChecksForm(): ReactNode {
  const document = useEditor((store) => store.document);
  const at = useEditor((store) => store.check);
  const faults = useEditor((store) => store.examination?.faults) ?? [];
  const { show, change } = useEditor.getState();
  const checks = listAt(document, ['checks']);
  const current = checks[at];
  const add = (): void => {
    change((now) => withCheck(now, freshId(now)));
    show({ check: checks.length });
  };
  return (
    <>
      <div className={styles['row']}>
        {checks.length > 0 && (
          <Select
            label={`Check, ${checks.length} in this document`}
            className={styles['field']}
            items={checks.map((check, index) => {
              const count = faults.filter(({ path }) => path.startsWith(`$.checks[${index}]`)).length;
              const name = textAt(check, ['title']).trim() || textAt(check, ['id']) || `Check ${index + 1}`;
              return { id: String(index), label: count === 0 ? name : `■ ${name}: ${count} to mend` };
            })}
            value={String(Math.min(at, checks.length - 1))}
            onChange={(index) => {
              show({ check: Number(index) });
            }}
          />
        )}
        <Button onPress={add}>Add a check</Button>
        {current !== undefined && (
          <Button
            variant="quiet"
            onPress={() => {
              change((now) => withoutCheck(now, at));
              show({ check: Math.max(0, at - 1) });
            }}
          >
            Remove this check
          </Button>
        )}
      </div>
      {checks.length === 0 && (
        <p className={styles['note']}>
          No check of its own. Those of the playbook it extends are asked all the same; steps can be added to
          them.
        </p>
      )}
      {current !== undefined && <CheckForm key={at} path={['checks', at]} />}
    </>
  );
}

function freshId(document: Json): string {
  const taken = new Set(listAt(document, ['checks']).map((check) => textAt(check, ['id'])));
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? 'own_check' : `own_check_${number}`;
    if (!taken.has(id)) return id;
  }
}

/** The document with a new check, in the order too where it has one of its own. */
function withCheck(document: Json, id: string): Json {
  const check = {
    id,
    title: 'A new check',
    question: 'What do you want to know?',
    why: 'What the answer separates from what.',
    side: 'customer',
    costMinutes: 2,
    answers: [
      { id: 'yes', label: 'Yes', key: '1' },
      { id: 'no', label: 'No', key: '2' },
      { id: 'could_not_check', label: 'Could not check', key: '0', alone: true },
    ],
    weights: [],
  };
  const added = setAt(document, ['checks'], [...listAt(document, ['checks']), check]);
  return hasOrder(document) ? setAt(added, ['order'], [...textsAt(document, ['order']), id]) : added;
}

/** The document without a check, and without it in the order. What else names it is for the linter to say. */
function withoutCheck(document: Json, at: number): Json {
  const id = textAt(document, ['checks', at, 'id']);
  const removed = removeAt(document, ['checks'], at);
  return hasOrder(document)
    ? setAt(
        removed,
        ['order'],
        textsAt(document, ['order']).filter((one) => one !== id),
      )
    : removed;
}

function hasOrder(document: Json): boolean {
  return isObject(document) && getAt(document, ['order']) !== undefined;
}
