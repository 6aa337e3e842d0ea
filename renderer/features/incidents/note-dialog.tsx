import type { ReactNode } from 'react';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useCommands } from '../../lib/commands.ts';
import { useDraft } from '../../lib/drafts.ts';
import { useIncident } from '../../lib/incident-store.ts';

/** Writes a note into the trail. What is being typed survives the window. */
export function NoteDialog(props: { readonly view: IncidentView; readonly onClose: () => void }): ReactNode {
  return (
    <Dialog title={`Note on ${props.view.reference}`} isOpen onOpenChange={props.onClose} footer={null}>
      <NoteForm {...props} />
    </Dialog>
  );
}

function NoteForm({
  view,
  onClose,
}: {
  readonly view: IncidentView;
  readonly onClose: () => void;
}): ReactNode {
  const { text, setText, clear } = useDraft(view.state.id, 'note');
  const { busy, fault, command } = useIncident();
  const empty = text.trim() === '';
  const save = async (): Promise<void> => {
    if (empty || !(await command({ type: 'note', text: text.trim() }))) return;
    clear();
    onClose();
  };
  useCommands([
    { id: 'note.save', title: 'Add the note', keys: ['$mod+Enter'], group: 'Window', run: () => void save() },
  ]);
  return (
    <>
      {fault !== null && <Callout kind="fault">{fault}</Callout>}
      <TextField
        label="What was seen, said or done"
        lines={5}
        autoFocus
        value={text}
        maxLength={10_000}
        onChange={setText}
      />
      <p>
        <Button
          variant="primary"
          keys="$mod+Enter"
          isDisabled={empty}
          isPending={busy}
          onPress={() => void save()}
        >
          Add the note
        </Button>
      </p>
    </>
  );
}
