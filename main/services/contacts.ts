import type { Contact } from '../core/escalation/contact.ts';
import { ContactId } from '../core/ids.ts';
import { ok, type Result } from '../core/result.ts';
import type { ServiceContext } from './context.ts';

type NewContact = Omit<Contact, 'id'> & { readonly id: ContactId | null };

/** Everybody who can be called, by name. */
export function listContacts({ db }: ServiceContext): Promise<Result<readonly Contact[]>> {
  return db.call('listContacts', {});
}

/** Adds a contact, or changes the one with that id. */
export async function saveContact(context: ServiceContext, input: NewContact): Promise<Result<Contact>> {
  const contact: Contact = { ...input, id: input.id ?? ContactId.parse(context.newId()) };
  const saved = await context.db.call('saveContact', { contact });
  if (!saved.ok) return saved;
  context.publish.changed({ topic: 'contacts' });
  return ok(contact);
}

/** Removes a contact. Escalations under way keep it as it was when they began. */
export async function deleteContact(context: ServiceContext, contactId: ContactId): Promise<Result<null>> {
  const deleted = await context.db.call('deleteContact', { contactId });
  if (deleted.ok) context.publish.changed({ topic: 'contacts' });
  return deleted;
}
