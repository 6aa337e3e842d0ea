import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components';
import type { Contact } from '../../../main/core/escalation/contact.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { request } from '../../lib/api.ts';
import { cx } from '../../lib/cx.ts';
import { keysOf, ROLE_WORDS } from '../../lib/words.ts';
import styles from './contacts-view.module.css';

/** A contact while it is typed; `id` is null until it has been saved once. */
export type ContactDraft = Omit<Contact, 'id'> & { readonly id: Contact['id'] | null };

const FORM = 'contact-form';

/** Adds a contact or changes one; Enter saves. */
export function ContactEditor({
  contact,
  onClose,
}: {
  readonly contact: ContactDraft;
  readonly onClose: () => void;
}): ReactNode {
  const [draft, setDraft] = useState(contact);
  const [fault, setFault] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const nameless = draft.name.trim() === '';
  const set = (changes: Partial<ContactDraft>): void => {
    setDraft({ ...draft, ...changes });
  };
  const save = async (): Promise<void> => {
    setTried(true);
    if (nameless) return;
    const reply = await request('saveContact', { contact: draft });
    if (reply.ok) onClose();
    else setFault(reply.error.message);
  };
  const remove = async (id: Contact['id']): Promise<void> => {
    const reply = await request('deleteContact', { id });
    if (reply.ok) onClose();
    else setFault(reply.error.message);
  };
  const { id } = draft;
  return (
    <Dialog
      title={id === null ? 'Add a contact' : `Change ${contact.name}`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          {id !== null && (
            <Button variant="danger" className={styles['remove']} onPress={() => void remove(id)}>
              Remove
            </Button>
          )}
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form={FORM} variant="primary">
            Save
          </Button>
        </>
      }
    >
      <Form
        id={FORM}
        className={cx(styles['form'])}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {fault !== null && <Callout kind="fault">{fault}</Callout>}
        <TextField
          label="Name of the person or desk"
          autoFocus
          value={draft.name}
          maxLength={120}
          fault={tried && nameless ? 'A name is needed.' : null}
          onChange={(name) => {
            set({ name });
          }}
        />
        <Select
          label="Called for"
          items={keysOf(ROLE_WORDS).map((role) => ({ id: role, label: ROLE_WORDS[role] }))}
          value={draft.role}
          onChange={(role) => {
            set({ role });
          }}
        />
        <TextField
          label="Phone"
          type="tel"
          mono
          value={draft.phone}
          maxLength={60}
          onChange={(phone) => {
            set({ phone });
          }}
        />
        <TextField
          label="Mail"
          value={draft.mail}
          maxLength={200}
          onChange={(mail) => {
            set({ mail });
          }}
        />
        <TextField
          label="Organisation"
          value={draft.organisation}
          maxLength={120}
          onChange={(organisation) => {
            set({ organisation });
          }}
        />
        <TextField
          label="Note: contract or customer number, hours, language"
          value={draft.note}
          maxLength={500}
          onChange={(note) => {
            set({ note });
          }}
        />
      </Form>
    </Dialog>
  );
}
