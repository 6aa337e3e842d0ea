import type { ReactNode } from 'react';
import { useEditor } from './editor-store.ts';
import { ListAt, NumberAt, Row, TextAt } from './fields.tsx';
import { textAt } from './json-edit.ts';

/** Groups of checks that tell the same story, and how far each may move the odds together. */
export function GroupsForm(): ReactNode {
  const document = useEditor((store) => store.document);
  return (
    <ListAt
      path={['groups']}
      label="Checks that tell the same story"
      addLabel="Add a group"
      blank={() => ({ id: '', title: '', cap: 2, reason: '' })}
      nameOf={(at) => textAt(document, ['groups', at, 'title']) || `Group ${at + 1}`}
      item={(path) => (
        <>
          <Row>
            <TextAt path={[...path, 'title']} label="Title" />
            <TextAt path={[...path, 'id']} label="Id" mono />
            <NumberAt path={[...path, 'cap']} label="At most together" />
          </Row>
          <TextAt path={[...path, 'reason']} label="Reason" lines={2} />
        </>
      )}
    />
  );
}
