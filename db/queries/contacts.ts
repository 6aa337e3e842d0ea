import type { Contact } from '../../main/core/escalation/contact.ts';
import type { ContactId } from '../../main/core/ids.ts';
import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { writeTransaction } from '../database.ts';

/** All contacts, by name. */
export function listContacts(db: ReadableDb): Contact[] {
  return db
    .prepare<[], Contact>(
      `SELECT id, name, role, organisation, phone, mail, note
       FROM contact ORDER BY name COLLATE NOCASE, id`,
    )
    .all();
}

/** Stores a contact, new or changed. */
export function saveContact(db: WritableDb, { contact }: { readonly contact: Contact }): Result<null> {
  return writeTransaction(db, () => {
    db.prepare(
      `INSERT INTO contact (id, name, role, organisation, phone, mail, note)
       VALUES ($id, $name, $role, $organisation, $phone, $mail, $note)
       ON CONFLICT (id) DO UPDATE SET name = $name, role = $role, organisation = $organisation,
         phone = $phone, mail = $mail, note = $note`,
    ).run(contact);
    return ok(null);
  });
}

export function deleteContact(
  db: WritableDb,
  { contactId }: { readonly contactId: ContactId },
): Result<null> {
  return writeTransaction(db, () => {
    const { changes } = db.prepare('DELETE FROM contact WHERE id = ?').run(contactId);
    return changes === 1 ? ok(null) : fail('not_found', `There is no contact ${contactId}.`);
  });
}
