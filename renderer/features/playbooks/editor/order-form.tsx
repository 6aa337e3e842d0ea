import type { ReactNode } from 'react';
import { ConditionsAt } from './conditions.tsx';
import { useEditor } from './editor-store.ts';
import { ListAt, SelectAt } from './fields.tsx';
import styles from './fields.module.css';
import { getAt, textAt, type Path } from './json-edit.ts';
import { useKnownChecks } from './known.ts';

/** What is asked first and in which order, and what decides between checks that tell about equally much. */
export function OrderForm(): ReactNode {
  const document = useEditor((store) => store.document);
  const checks = useKnownChecks().map(({ id, label }) => ({ id, label }));
  const nameAt = (path: Path): string => {
    const id = textAt(document, path);
    return checks.find((check) => check.id === id)?.label ?? id;
  };
  const rest = getAt(document, ['extends']) === undefined ? 'order' : 'first';
  return (
    <>
      <ListAt
        path={['opening']}
        label="Asked first, in this order"
        addLabel="Add to the opening"
        blank={() => ({ check: checks[0]?.id ?? '' })}
        nameOf={(at) => `${at + 1}. ${nameAt(['opening', at, 'check'])}`}
        item={(path) => (
          <>
            <SelectAt path={[...path, 'check']} label="Check" items={checks} />
            <ConditionsAt path={[...path, 'given']} label="Asked first only if" />
          </>
        )}
      />
      <p className={styles['note']}>
        After the opening the engine asks what tells most per minute of work.{' '}
        {rest === 'first'
          ? 'These are moved to the front of the order it goes by between equals:'
          : 'Between checks that tell about equally much this order decides; it names every check once:'}
      </p>
      <ListAt
        path={[rest]}
        label={rest === 'first' ? 'Moved to the front' : 'Order between equals'}
        addLabel="Add a check"
        blank={() => checks[0]?.id ?? ''}
        nameOf={(at) => `${at + 1}. ${nameAt([rest, at])}`}
        item={(path) => <SelectAt path={path} label="Check" items={checks} />}
      />
    </>
  );
}
