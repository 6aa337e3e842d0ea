import { useState, type ReactNode } from 'react';
import type { IncidentView } from '../../../preload/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { counted } from '../../lib/format.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { useShelf } from '../../lib/shelf.ts';

/** Goes on with another playbook. Every answer stays; the reason stands in the trail. */
export function SwitchDialog({
  view,
  onClose,
}: {
  readonly view: IncidentView;
  readonly onClose: () => void;
}): ReactNode {
  const { state, proposal } = view;
  const { items, fault: unlisted } = useShelf();
  const { busy, fault, switchPlaybook } = useIncident();
  const others = (items ?? []).filter(({ sha256 }) => sha256 !== state.playbook.sha256);
  const [chosen, choose] = useState(proposal?.sha256 ?? null);
  const [reason, setReason] = useState('');
  const playbook = others.find(({ sha256 }) => sha256 === chosen) ?? others[0];
  const ready = playbook !== undefined && reason.trim() !== '' && !busy;
  const carryOut = async (): Promise<void> => {
    if (ready && (await switchPlaybook(playbook.sha256, reason.trim()))) onClose();
  };
  return (
    <Dialog
      title={`Switch the playbook of ${view.reference}`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" isDisabled={!ready} isPending={busy} onPress={() => void carryOut()}>
            Switch the playbook
          </Button>
        </>
      }
    >
      {(fault ?? unlisted) !== null && <Callout kind="fault">{fault ?? unlisted}</Callout>}
      <p>
        Now followed: {view.playbook.title} {view.playbook.version}.{' '}
        {counted(state.observations.filter(({ status }) => status === 'standing').length, 'answer')} given so
        far; all of them stay.
      </p>
      {playbook !== undefined && (
        <>
          <Select
            label="Go on with"
            items={others.map(({ sha256, title, version, origin }) => ({
              id: sha256,
              label: `${title}${origin === 'own' ? ', ours' : ''}, ${version}`,
            }))}
            value={playbook.sha256}
            onChange={choose}
          />
          <p>{playbook.description}</p>
        </>
      )}
      <TextField
        label="Why"
        autoFocus
        value={reason}
        maxLength={2000}
        onChange={setReason}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void carryOut();
        }}
      />
    </Dialog>
  );
}
