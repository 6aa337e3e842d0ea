import { useState, type ReactNode } from 'react';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useIncident } from '../../lib/incident-store.ts';

/** Closes an open incident with a summary, or reopens a closed one with a reason. */
export function CloseDialog({
  view,
  onClose,
}: {
  readonly view: IncidentView;
  readonly onClose: () => void;
}): ReactNode {
  // As it was when the dialog opened: it must not turn into its opposite once the command is done.
  const [closing] = useState(view.state.status === 'open');
  const [text, setText] = useState('');
  const { busy, fault, command } = useIncident();
  const carryOut = async (): Promise<void> => {
    const done = await command(
      closing ? { type: 'close', summary: text.trim() } : { type: 'reopen', reason: text.trim() },
    );
    if (done) onClose();
  };
  return (
    <Dialog
      title={`${closing ? 'Close' : 'Reopen'} ${view.reference}`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isPending={busy} onPress={() => void carryOut()}>
            {closing ? 'Close the incident' : 'Reopen the incident'}
          </Button>
        </>
      }
    >
      {fault !== null && <Callout kind="fault">{fault}</Callout>}
      <TextField
        label={closing ? 'What it was, in a few sentences' : 'Why it is opened again'}
        lines={4}
        autoFocus
        value={text}
        maxLength={closing ? 4000 : 2000}
        description={closing ? 'Nothing more can be recorded until it is reopened.' : undefined}
        onChange={setText}
      />
    </Dialog>
  );
}
