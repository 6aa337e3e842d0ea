import { useState, type ReactNode } from 'react';
import { Choice } from '../../../components/choice.tsx';
import { Select } from '../../../components/select.tsx';
import { keysOf } from '../../../lib/words.ts';
import { useEditor } from './editor-store.ts';
import { ListAt, TextAt } from './fields.tsx';
import styles from './fields.module.css';
import { getAt, isObject, listAt, type Path } from './json-edit.ts';
import { useKnownChecks } from './known.ts';

const WHERE = { all: 'Anywhere', aws: 'AWS', gcp: 'Google Cloud', azure: 'Azure', other: 'Other' } as const;
type Where = keyof typeof WHERE;

/** How to find out, step by step: anywhere, then per provider, each with the command to copy or the page to open. */
export function HowToAt({ path }: { readonly path: Path }): ReactNode {
  const document = useEditor((store) => store.document);
  const [where, setWhere] = useState<Where>('all');
  return (
    <>
      <Choice
        label="How to find out"
        items={keysOf(WHERE).map((id) => {
          const count = listAt(document, [...path, id]).length;
          return { id, label: count === 0 ? WHERE[id] : `${WHERE[id]} ${count}` };
        })}
        value={where}
        onChange={setWhere}
      />
      <ListAt
        key={where}
        path={[...path, where]}
        label={`Steps: ${WHERE[where]}`}
        addLabel="Add a step"
        blank={() => ({ text: '' })}
        nameOf={(at) => `Step ${at + 1}`}
        item={(step) => (
          <>
            <TextAt path={[...step, 'text']} label="What to do" lines={2} />
            <TextAt path={[...step, 'command']} label="Command to copy" mono optional />
            <TextAt path={[...step, 'url']} label="Page to open (https)" mono optional />
          </>
        )}
      />
    </>
  );
}

/** Steps that an extending document puts before those of the playbook it extends. */
export function AddedStepsForm(): ReactNode {
  const document = useEditor((store) => store.document);
  const set = useEditor((store) => store.set);
  const own = new Set(listAt(document, ['checks']).map((check) => getAt(check, ['id'])));
  const checks = useKnownChecks().filter(({ id }) => !own.has(id));
  const added = getAt(document, ['howTo']);
  const ids = isObject(added) ? Object.keys(added) : [];
  const [chosen, choose] = useState(ids[0] ?? checks[0]?.id ?? '');
  return (
    <>
      <Select
        label="Steps to add to the check"
        items={checks.map(({ id, label }) => ({ id, label: ids.includes(id) ? `● ${label}` : label }))}
        value={chosen}
        onChange={(id) => {
          choose(id);
          if (getAt(document, ['howTo', id]) === undefined) set(['howTo', id], {});
        }}
      />
      <p className={styles['note']}>They come before the steps that the check has already.</p>
      {chosen !== '' && <HowToAt key={chosen} path={['howTo', chosen]} />}
    </>
  );
}
