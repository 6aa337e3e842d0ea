import type { ReactNode } from 'react';
import { CheckboxGroup } from '../../../components/checkbox-group.tsx';
import { keysOf, PROVIDER_WORDS } from '../../../lib/words.ts';
import { useEditor } from './editor-store.ts';
import { ListAt, Row, TextAt, TokensAt } from './fields.tsx';
import { ConditionsAt } from './conditions.tsx';
import styles from './fields.module.css';
import { getAt, textAt, textsAt } from './json-edit.ts';

const SEVERITIES = [
  { id: 'sev1', label: 'SEV 1' },
  { id: 'sev2', label: 'SEV 2' },
  { id: 'sev3', label: 'SEV 3' },
  { id: 'sev4', label: 'SEV 4' },
] as const;

/** What the playbook is called, what it is for, what makes one think of it, and where its facts come from. */
export function AboutForm(): ReactNode {
  const document = useEditor((store) => store.document);
  const set = useEditor((store) => store.set);
  return (
    <>
      <TextAt path={['title']} label="Title" />
      <TextAt path={['description']} label="What it is for" lines={3} />
      <p className={styles['note']}>
        Id <code>{textAt(document, ['id'])}</code>
        {getAt(document, ['extends']) !== undefined && `, extends “${textAt(document, ['extends'])}”`}. The id
        stays; a version that is not higher than the last is counted up when it is saved.
      </p>
      <TextAt path={['version']} label="Version" />
      <div data-path="$.appliesTo.providers">
        <CheckboxGroup
          label="Providers; none chosen: any"
          items={keysOf(PROVIDER_WORDS).map((id) => ({ id, label: PROVIDER_WORDS[id] }))}
          value={keysOf(PROVIDER_WORDS).filter((id) =>
            textsAt(document, ['appliesTo', 'providers']).includes(id),
          )}
          onChange={(value) => {
            set(['appliesTo', 'providers'], [...value]);
          }}
        />
      </div>
      <TokensAt
        path={['appliesTo', 'services']}
        label="Services"
        hint="Enter or comma after each; none: any"
      />
      <div data-path="$.appliesTo.severities">
        <CheckboxGroup
          label="Severities; none chosen: any"
          items={SEVERITIES}
          value={SEVERITIES.map(({ id }) => id).filter((id) =>
            textsAt(document, ['appliesTo', 'severities']).includes(id),
          )}
          onChange={(value) => {
            set(['appliesTo', 'severities'], [...value]);
          }}
        />
      </div>
      <TokensAt
        path={['symptoms', 'words']}
        label="Words that make one think of it"
        hint="small letters; it is proposed where one is told"
      />
      <ConditionsAt path={['symptoms', 'answers']} label="Answers that make one think of it" />
      <ListAt
        path={['sources']}
        label="Sources"
        addLabel="Add a source"
        blank={() => ({ title: '' })}
        nameOf={(at) => `Source ${at + 1}`}
        item={(path) => (
          <Row>
            <TextAt path={[...path, 'title']} label="Title" />
            <TextAt path={[...path, 'url']} label="Address (https)" mono optional />
          </Row>
        )}
      />
    </>
  );
}
