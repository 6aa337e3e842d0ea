import { useState, type ReactNode } from 'react';
import type { Contact } from '../../../main/core/escalation/contact.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { View } from '../../components/view.tsx';
import { request } from '../../lib/api.ts';
import { useCommands } from '../../lib/commands.ts';
import { remoteList } from '../../lib/remote-list.ts';
import { keysOf, ROLE_WORDS } from '../../lib/words.ts';
import { ContactEditor, type ContactDraft } from './contact-editor.tsx';
import { ContactRow } from './contact-row.tsx';
import styles from './contacts-view.module.css';

const useContacts = remoteList(() => request('listContacts', {}), ['contacts']);

const BLANK: Omit<ContactDraft, 'role'> = {
  id: null,
  name: '',
  organisation: '',
  phone: '',
  mail: '',
  note: '',
};

/** Whom an escalation calls, by role. A role with nobody in it is a hole and is shown as one. */
export function ContactsView(): ReactNode {
  const { items, fault, load } = useContacts();
  const [editing, setEditing] = useState<ContactDraft | null>(null);
  const add = (role: Contact['role']): void => {
    setEditing({ ...BLANK, role });
  };
  useCommands([
    {
      id: 'contacts.add',
      title: 'Add a contact',
      keys: ['a'],
      group: 'Window',
      run: () => {
        add('provider_support');
      },
    },
  ]);
  const roles = keysOf(ROLE_WORDS).map((role) => ({
    role,
    contacts: items?.filter((contact) => contact.role === role) ?? [],
  }));
  const holes = roles.filter(({ contacts }) => contacts.length === 0).length;
  return (
    <View
      title="Contacts"
      lead={
        items === null || holes === 0
          ? 'Escalations take them as they are when a verdict is accepted.'
          : `Nobody to call for ${holes} of ${roles.length} roles. Escalations take contacts as they are when a verdict is accepted.`
      }
      actions={
        <Button
          variant="primary"
          keys="a"
          onPress={() => {
            add('provider_support');
          }}
        >
          Add a contact
        </Button>
      }
    >
      {fault !== null && (
        <Callout kind="fault" action={<Button onPress={() => void load()}>Try again</Button>}>
          {fault}
        </Callout>
      )}
      {items !== null && (
        <div className={styles['roles']}>
          {roles.map(({ role, contacts }) => (
            <section key={role} className={styles['role']} aria-label={ROLE_WORDS[role]}>
              <h2 className={styles['name']}>{ROLE_WORDS[role]}</h2>
              {contacts.length === 0 ? (
                <div className={styles['hole']}>
                  <span className={styles['mark']} aria-hidden="true">
                    ?
                  </span>
                  <span className={styles['words']}>Nobody to call for {ROLE_WORDS[role]}</span>
                  <Button
                    aria-label={`Add a contact for ${ROLE_WORDS[role]}`}
                    onPress={() => {
                      add(role);
                    }}
                  >
                    Add
                  </Button>
                </div>
              ) : (
                <ul className={styles['list']}>
                  {contacts.map((contact) => (
                    <ContactRow key={contact.id} contact={contact} onEdit={setEditing} />
                  ))}
                </ul>
              )}
            </section>
          ))}
        </div>
      )}
      {editing !== null && (
        <ContactEditor
          contact={editing}
          onClose={() => {
            setEditing(null);
            void load();
          }}
        />
      )}
    </View>
  );
}
