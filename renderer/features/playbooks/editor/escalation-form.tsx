import { useState, type ReactNode } from 'react';
import { Choice } from '../../../components/choice.tsx';
import { keysOf, ROLE_WORDS, SIDE_WORDS } from '../../../lib/words.ts';
import { useEditor } from './editor-store.ts';
import { ListAt, NumberAt, Row, SelectAt, TextAt } from './fields.tsx';
import styles from './fields.module.css';
import { getAt, textAt, type Path } from './json-edit.ts';

/** Whom to reach for each verdict, what to say, and by when. */
export function EscalationForm(): ReactNode {
  const document = useEditor((store) => store.document);
  const [verdict, choose] = useState<keyof typeof SIDE_WORDS>('provider');
  const extended = getAt(document, ['extends']) !== undefined;
  // An extending document lists its levels plainly; a whole one keeps them in a plan.
  const path: Path = extended ? ['escalation', verdict] : ['escalation', verdict, 'levels'];
  return (
    <>
      <Choice
        label="When the verdict is"
        items={keysOf(SIDE_WORDS).map((id) => ({ id, label: SIDE_WORDS[id] }))}
        value={verdict}
        onChange={choose}
      />
      {extended && <p className={styles['note']}>These come before the levels of the playbook it extends.</p>}
      <ListAt
        key={verdict}
        path={path}
        label={`Levels: ${SIDE_WORDS[verdict]}`}
        addLabel="Add a level"
        blank={() => ({ id: '', title: '', who: 'incident_lead', instruction: '', deadlineMinutes: 15 })}
        nameOf={(at) => textAt(document, [...path, at, 'title']) || `Level ${at + 1}`}
        item={(level) => (
          <>
            <Row>
              <TextAt path={[...level, 'title']} label="Title" />
              <TextAt path={[...level, 'id']} label="Id" mono />
            </Row>
            <Row>
              <SelectAt
                path={[...level, 'who']}
                label="Whom to reach"
                items={keysOf(ROLE_WORDS).map((id) => ({ id, label: ROLE_WORDS[id] }))}
              />
              <NumberAt path={[...level, 'deadlineMinutes']} label="Within minutes" />
            </Row>
            <TextAt path={[...level, 'instruction']} label="What to say" lines={2} />
          </>
        )}
      />
    </>
  );
}
