import { z } from 'zod';
import { ContactId } from '../ids.ts';

/** What somebody is called for. An escalation level names a role; the contacts of that role are shown at it. */
export const ContactRole = z.enum([
  'provider_support',
  'account_manager',
  'incident_lead',
  'service_owner',
  'security',
  'third_party_support',
  'communications',
  'management',
]);
export type ContactRole = z.infer<typeof ContactRole>;

export const ROLE_NAMES: Readonly<Record<ContactRole, string>> = {
  provider_support: 'Provider support',
  account_manager: "Provider's account manager",
  incident_lead: 'Incident lead',
  service_owner: 'Service owner',
  security: 'Security',
  third_party_support: "Third party's support",
  communications: 'Communications',
  management: 'Management',
};

const line = (max: number) => z.string().trim().max(max);

/** A person or desk to call. Phone and mail are kept as typed: nobody knows every numbering plan. */
export const Contact = z.strictObject({
  id: ContactId,
  name: line(120).min(1, 'a name is needed'),
  role: ContactRole,
  organisation: line(120),
  phone: line(60),
  mail: line(200),
  note: line(500),
});
export type Contact = z.infer<typeof Contact>;
