import type { ReactNode } from 'react';
import type { Contact } from '../../../main/core/escalation/contact.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import styles from './contacts-view.module.css';

/** One person or desk, with the number in sight. */
export function ContactRow({
  contact,
  onEdit,
}: {
  readonly contact: Contact;
  readonly onEdit: (contact: Contact) => void;
}): ReactNode {
  const { name, organisation, phone, mail, note } = contact;
  return (
    <li className={styles['contact']}>
      <div className={styles['who']}>
        <span className={styles['person']}>{name}</span>
        <span className={styles['second']}>
          {[organisation, note].filter((text) => text !== '').join(' · ')}
        </span>
      </div>
      <span className={styles['phone']}>
        {phone === '' ? (
          <span className={styles['second']}>no phone number</span>
        ) : (
          <>
            {phone} <CopyButton text={phone} what={`the phone number of ${name}`} />
          </>
        )}
      </span>
      <span className={styles['mail']}>
        {mail === '' ? <span className={styles['second']}>no mail</span> : mail}
      </span>
      <Button
        variant="quiet"
        aria-label={`Edit ${name}`}
        onPress={() => {
          onEdit(contact);
        }}
      >
        Edit
      </Button>
    </li>
  );
}
