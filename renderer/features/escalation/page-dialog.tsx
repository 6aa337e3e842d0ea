import { useState, type ReactNode } from 'react';
import type { EscalationLevel, PageOutcome } from '../../../main/core/escalation/escalation.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useIncident } from '../../lib/incident-store.ts';
import { OUTCOMES } from './outcomes.ts';
import styles from './level.module.css';

/** Somebody who is not among the contacts. */
const ELSE = 'someone else';

/** Records one attempt: with whom, and a note. Enter records it. */
export function PageDialog({
  level,
  outcome,
  onClose,
}: {
  readonly level: EscalationLevel;
  readonly outcome: PageOutcome;
  readonly onClose: () => void;
}): ReactNode {
  const command = useIncident((store) => store.command);
  const fault = useIncident((store) => store.fault);
  const [contactId, choose] = useState<string>(level.contacts[0]?.id ?? ELSE);
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const [failed, setFailed] = useState(false);
  const who = level.contacts.find(({ id }) => id === contactId)?.name ?? name.trim();
  const ready = who !== '';
  const title = OUTCOMES.find((one) => one.outcome === outcome)?.title ?? outcome;

  const send = async (): Promise<void> => {
    if (!ready) return;
    const done = await command({
      type: 'page',
      levelId: level.id,
      contactName: who,
      outcome,
      note: note.trim(),
    });
    setFailed(!done);
    if (done) onClose();
  };

  return (
    <Dialog
      title={`${title}: ${level.title}`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button variant="primary" keys="Enter" isDisabled={!ready} onPress={() => void send()}>
            Record
          </Button>
        </>
      }
    >
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {level.contacts.length > 0 && (
          <Select
            label={outcome === 'done' ? 'By whom' : 'Whom you called'}
            items={[
              ...level.contacts.map((contact) => ({
                id: contact.id,
                label: contact.phone === '' ? contact.name : `${contact.name}, ${contact.phone}`,
              })),
              { id: ELSE, label: 'Someone else' },
            ]}
            value={contactId}
            onChange={choose}
          />
        )}
        {contactId === ELSE && (
          <TextField
            label="Name"
            value={name}
            maxLength={200}
            autoFocus={level.contacts.length === 0}
            onChange={setName}
          />
        )}
        <TextField
          label="Note (may be left out)"
          value={note}
          maxLength={2000}
          autoFocus={level.contacts.length > 0}
          onChange={setNote}
        />
        <button type="submit" hidden />
        {failed && <Callout kind="fault">Not recorded{fault === null ? '.' : `: ${fault}`}</Callout>}
      </form>
    </Dialog>
  );
}
